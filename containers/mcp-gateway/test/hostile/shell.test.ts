import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HostileInput, hostileInputs, pairs } from './inputs';
import { ManifestCommandTool } from '../../src/manifest/manifest';
import { answerOf } from '../../src/tools/command/answer';
import { locate } from '../../src/tools/command/program';
import { ProcessOutcome, runProcess } from '../../src/tools/command/run-process';
import { environmentOf } from '../../src/tools/command/stage';
import { createTool, offeredTools } from '../../src/tools/registry';
import { commandTool, openSandbox, Outcome, Sandbox, use } from '../tools/support';

let sandbox: Sandbox;
const ANSWER = { maxOutputBytes: 1000, signal: new AbortController().signal };
const inputs = hostileInputs('shell');
const metacharacters = inputs.filter(({ name }) => name.startsWith('metacharacter'));

beforeAll(async () => {
  sandbox = await openSandbox((root) => {
    writeFileSync(join(root, 'ok.txt'), metacharacters.map(({ input }) => `<${input.args?.[0] ?? ''}>`).join('\n'));
    writeFileSync(join(root, 'bin'), Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
    writeFileSync(join(root, 'f'), 'b\na\n');
    writeFileSync(join(root, '-rf'), 'option-like');
    writeFileSync(join(root, 'x'), '#!/bin/sh\ntouch ran\n', { mode: 0o755 });
  });
});

afterAll(async () => {
  await sandbox.close();
});

type Check = (input: HostileInput) => Promise<void>;

/** A manifest that names the very arguments is refused when the gateway starts. */
const refusedAtStart: Check = async ({ input }) => {
  const argv = [input.command ?? '', ...(input.args ?? [])] as ManifestCommandTool['argv'];
  await expect(createTool(commandTool(argv), sandbox.environment)).rejects.toThrow(
    /is not offered|is not one its "paths" allow|takes .* files/,
  );
};

/** The same program with free text where its arguments stand is refused too: options cannot come from a caller. */
const refusedAsText: Check = async (input) => {
  await refusedAtStart(input);
  const parameter = { parameter: 'text' };
  const spec = commandTool([input.input.command ?? '', parameter, parameter], {
    parameters: { text: { type: 'text', maxLength: 100 } },
  });
  await expect(createTool(spec, sandbox.environment))
    .rejects.toThrow(/is not offered|make it of type path|takes .* files/);
};

/** A caller's text is one literal argument, or refused for its control characters. */
const literal: Check = async ({ input }) => {
  const tool = await createTool(
    commandTool(['grep', '-F', '-x', '--', { parameter: 'pattern' }, { parameter: 'file' }], {
      parameters: { pattern: { type: 'text', maxLength: 100 }, file: { type: 'path' } },
    }),
    sandbox.environment,
  );
  const [text] = input.args ?? [];
  const outcome = await use(tool, { pattern: `<${text}>`, file: 'ok.txt' });
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    expect(outcome).toEqual({ kind: 'refused', rule: 'arguments' });
  } else {
    expect(outcome).toMatchObject({ kind: 'answered', text: `<${text}>\n\nexit code 0` });
  }
};

async function called(
  argv: ManifestCommandTool['argv'],
  args: Record<string, unknown>,
  more: Partial<ManifestCommandTool> = {},
): Promise<Outcome> {
  return use(await createTool(commandTool(argv, more), sandbox.environment), args);
}

async function ran(
  name: string,
  args: readonly string[],
  { time = 5000, maxOutputBytes = 1000 } = {},
): Promise<ProcessOutcome> {
  return runProcess({
    file: locate(name) ?? name,
    args,
    cwd: sandbox.root,
    env: environmentOf(sandbox.root),
    descriptors: [],
    maxOutputBytes,
    signal: AbortSignal.timeout(time),
  });
}

const FILE = { parameters: { file: { type: 'path', optional: true } } } as const;

const CHECKS: Record<string, Check> = {
  ...Object.fromEntries(
    inputs
      .filter(({ expect: expected }) => expected.startsWith('denied by the per-command'))
      .map(({ name }) => [name, refusedAsText]),
  ),
  ...Object.fromEntries(metacharacters.map(({ name }) => [name, literal])),
  'NUL in argument': async () => {
    expect(await called(['cat', { parameter: 'file' }], { file: 'a\0b' }, FILE)).toEqual({
      kind: 'refused',
      rule: 'arguments',
    });
  },
  'relative binary': refusedAtStart,
  '10000 args': async () => {
    const args = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`a${index}`, 'x']));
    expect(await called(['cat', { parameter: 'file' }], args, FILE)).toEqual({ kind: 'refused', rule: 'arguments' });
    expect(await called(['cat', { parameter: 'file' }], { file: Array(10_000).fill('x') }, FILE)).toEqual({
      kind: 'refused',
      rule: 'arguments',
    });
  },
  'option after --': async () => {
    writeFileSync(join(sandbox.root, 'options.txt'), 'grep -f file\n');
    expect(await called(['grep', '--', '-f', 'options.txt'], {})).toMatchObject({
      text: 'grep -f file\n\nexit code 0',
    });
  },
  'option-like file name': async (input) => {
    await refusedAtStart(input);
    expect(await called(['cat', { parameter: 'file' }], { file: '-rf' }, FILE)).toMatchObject({
      text: 'option-like\nexit code 0',
    });
  },
  'combined short options': refusedAtStart,
  'cat without args': refusedAtStart,
  'endless output': async () => {
    const outcome = await ran('yes', []);
    expect(outcome).toMatchObject({ cut: true, stopped: false });
    expect(outcome.stdout).toHaveLength(1000);
    expect(await answerOf(outcome, [0], ANSWER)).toMatchObject({ truncated: true });
  },
  'binary output': async () => {
    const outcome = await called(['cat', { parameter: 'file' }], { file: 'bin' }, FILE);
    expect(outcome).toMatchObject({ kind: 'answered', text: expect.stringContaining('\\x00\\x01') });
    expect(JSON.stringify(outcome)).not.toMatch(/\\u00[01]/);
  },
  'time limit': async () => {
    const outcome = await ran('sleep', ['60'], { time: 200 });
    expect(outcome).toMatchObject({ stopped: true, endedBy: 'SIGTERM' });
    expect(await answerOf(outcome, [0], ANSWER)).toMatchObject({ isError: true });
  },
  'ignores SIGTERM': async () => {
    expect(await ran('sh', ['-c', 'trap "" TERM; sleep 60; sleep 60'], { time: 200 })).toMatchObject({
      stopped: true,
      endedBy: 'SIGKILL',
    });
  },
  'reads stdin': async () => {
    expect(await called(['cat', { parameter: 'file' }], {}, FILE)).toMatchObject({ text: '\nexit code 0' });
  },
  'caller-supplied env': async ({ input }) => {
    expect(await called(['cat', { parameter: 'file' }], { file: 'f', env: input.env }, FILE)).toEqual({
      kind: 'refused',
      rule: 'arguments',
    });
  },
  'cwd outside': async ({ input }) => {
    expect(await called(['cat', { parameter: 'file' }], { file: 'f', cwd: input.cwd }, FILE)).toEqual({
      kind: 'refused',
      rule: 'arguments',
    });
  },
  // The container bounds processes; no program of the list starts others, and a group is ended whole.
  'fork bomb': async () => {
    const outcome = await ran('sh', ['-c', 'for i in 1 2 3 4 5 6 7 8; do sleep 61.7 & done; wait'], { time: 300 });
    expect(outcome.stopped).toBe(true);
    expect(running('61.7')).toEqual([]);
  },
  'disk fill through /tmp': async () => {
    for (const name of [
      'tee',
      'dd',
      'cp',
      'mv',
      'split',
      'truncate',
      'touch',
      'sed',
      'tar',
      'shuf',
      'install',
      'ln',
      'rm',
    ]) {
      expect(offeredTools.command).not.toContain(name);
    }
  },
  'network use': async () => {
    for (const name of ['curl', 'wget', 'nc', 'ssh', 'scp', 'rsync', 'ping', 'dig', 'openssl', 'telnet', 'ftp']) {
      expect(offeredTools.command).not.toContain(name);
    }
  },
  'exit code and signal': async () => {
    const outcome = await ran('false', []);
    expect(await answerOf(outcome, [0], ANSWER)).toMatchObject({
      isError: true,
      content: [{ text: '' }, { text: 'exit code 1' }],
    });
  },
};

function running(argument: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(argument);
    } catch {
      return false;
    }
  });
}

it.each(pairs(inputs, CHECKS))('%s', async (_, input, check) => {
  await check(input);
  expect(existsSync('/tmp/x')).toBe(false);
  expect(existsSync(join(sandbox.root, 'ran'))).toBe(false);
});
