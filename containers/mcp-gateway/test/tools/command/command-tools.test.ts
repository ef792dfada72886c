import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ManifestArgument, ManifestCommandTool } from '../../../src/manifest/manifest';
import { answerOf } from '../../../src/tools/command/answer';
import { PROGRAMS } from '../../../src/tools/command/programs';
import { runProcess } from '../../../src/tools/command/run-process';
import { environmentOf, Stage } from '../../../src/tools/command/stage';
import { readTemplate } from '../../../src/tools/command/template';
import { createTool } from '../../../src/tools/registry';
import { ToolFailure } from '../../../src/tools/tool';
import { OpenedFile, PathPolicy } from '../../../src/workspace';
import { commandTool, LIMITS, openSandbox, Outcome, Sandbox, use } from '../support';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox((root, outside) => {
    mkdirSync(join(root, 'docs'));
    writeFileSync(join(root, 'docs', 'a.md'), 'b\na\n');
    writeFileSync(join(root, 'docs', 'c.md'), 'c\n');
    writeFileSync(join(root, '.env'), 'SECRET');
    writeFileSync(join(outside, 'secret'), 'SECRET');
    symlinkSync(join(outside, 'secret'), join(root, 'docs', 'out.md'));
  });
});

afterAll(async () => {
  await sandbox.close();
});

const FILE = { parameters: { file: { type: 'path' } } } as const;
const PARAMETER = { parameter: 'file' };

async function call(
  argv: ManifestCommandTool['argv'],
  args: Record<string, unknown> = {},
  more: Partial<ManifestCommandTool> = {},
): Promise<Outcome> {
  return use(await createTool(commandTool(argv, more), sandbox.environment), args);
}

async function refusal(argv: ManifestCommandTool['argv'], more: Partial<ManifestCommandTool> = {}): Promise<string> {
  return createTool(commandTool(argv, more), sandbox.environment).then(
    () => 'offered',
    (error: Error) => error.message,
  );
}

describe('a command', () => {
  it('runs on files by the names the caller knows', async () => {
    expect(await call(['wc', '-l', PARAMETER, 'docs/c.md'], { file: 'docs/a.md' }, FILE)).toMatchObject({
      text: expect.stringMatching(/^ *2 docs\/a\.md\n *1 docs\/c\.md\n *3 total\n\nexit code 0$/),
    });
    expect(await call(['head', '-n', '1', PARAMETER], { file: join(sandbox.root, 'docs/a.md') }, FILE)).toMatchObject({
      text: 'b\n\nexit code 0',
    });
    expect(await call(['sort', PARAMETER], { file: 'docs/a.md' }, { ...FILE, workingDirectory: 'docs' })).toMatchObject(
      {
        text: 'a\nb\n\nexit code 0',
      },
    );
    expect(
      await call(['sha256sum', PARAMETER], { file: 'docs/a.md' }, { ...FILE, workingDirectory: 'docs' }),
    ).toMatchObject({ text: expect.stringMatching(/ a\.md\n/) });
    expect(await call(['diff', '-q', PARAMETER, PARAMETER], { file: 'docs/a.md' }, FILE)).toMatchObject({
      text: '\nexit code 0',
    });
  });

  it('takes names for files alone, whatever a program could read into them', async () => {
    for (const name of ['10', '+10', '-', '-n', '+5', '@x', '10.b']) {
      writeFileSync(join(sandbox.root, name), `of ${name}\n`);
    }
    const spec = { parameters: { first: { type: 'path' }, second: { type: 'path' } } } as const;
    const both = [{ parameter: 'first' }, { parameter: 'second' }];
    for (const second of ['10', '+10', '-', '-n', '+5', '@x', '10.b']) {
      for (const argv of [
        ['cat'],
        ['od', '-c'],
        ['od', '-A', 'n', '-c'],
        ['head'],
        ['tail'],
        ['sort'],
        ['nl'],
        ['grep', '-h', ''],
      ]) {
        const outcome = await call([...argv, ...both], { first: 'docs/a.md', second }, spec);
        const text = outcome.kind === 'answered' ? outcome.text.replace(/[ \n\t]/g, '') : '';
        expect([argv, second, text]).toEqual([argv, second, expect.stringContaining(`of${second}`)]);
        expect(text).toContain('exitcode0');
      }
    }
  });

  it('says so when a path is too long for a program, though not for the gateway', async () => {
    const stage = await Stage.create();
    const path = Array.from({ length: 20 }, () => 'd'.repeat(203)).join('/');
    await expect(stage.add({ path, fd: 0, close: async () => undefined } as OpenedFile, '')).rejects.toThrow(
      new ToolFailure('the path is too long for a program; use a file tool'),
    );
    await stage.close();
  });

  it('takes numbers, choices, defaults, and leaves out what was not given', async () => {
    const spec = {
      parameters: {
        count: { type: 'integer', minimum: 1, maximum: 2, default: 1 },
        how: { type: 'choice', values: ['-'], optional: true },
        file: { type: 'path' },
      },
    } as const;
    const argv: ManifestArgument[] = ['head', { parameter: 'count', prefix: '--lines=' }, PARAMETER];
    const { how, ...used } = spec.parameters;
    expect(how.type).toBe('choice');
    expect(await call(argv, { file: 'docs/a.md' }, { parameters: used })).toMatchObject({ text: 'b\n\nexit code 0' });
    expect(await call(argv, { file: 'docs/a.md', count: 2 }, { parameters: used })).toMatchObject({
      text: 'b\na\n\nexit code 0',
    });
    for (const count of [0, 3, 1.5, '1']) {
      expect(await call(argv, { file: 'docs/a.md', count }, { parameters: used })).toEqual({
        kind: 'refused',
        rule: 'arguments',
      });
    }
    const optional = {
      count: { type: 'integer', minimum: 1, maximum: 2, optional: true },
      file: { type: 'path' },
    } as const;
    expect(
      await call(['head', '-n', { parameter: 'count' }, PARAMETER], { file: 'docs/a.md' }, { parameters: optional }),
    ).toMatchObject({ text: 'b\na\n\nexit code 0' });
  });

  it('fails for files the policy closes', async () => {
    for (const [file, rule] of [
      ['.env', 'path.policy'],
      ['../outside/secret', 'path.parent'],
      ['/etc/passwd', 'path.absolute'],
      ['docs/out.md', 'path.outside'],
    ]) {
      expect(await call(['cat', PARAMETER], { file }, FILE)).toEqual({
        kind: 'denied',
        rule,
        message: 'not allowed by the tool policy',
      });
    }
    expect(await call(['cat', PARAMETER], { file: 'docs' }, FILE)).toEqual({
      kind: 'failed',
      message: 'it is a folder',
    });
  });

  it('distinguishes an answer from an error', async () => {
    expect(await call(['grep', 'nothing', PARAMETER], { file: 'docs/a.md' }, FILE)).toMatchObject({
      result: { content: [{ text: '' }, { text: 'exit code 1' }] },
    });
    expect(await call(['grep', 'nothing', PARAMETER], { file: 'docs/a.md' }, FILE)).not.toMatchObject({
      result: { isError: true },
    });
    expect(await call(['cut', '-f', '0', PARAMETER], { file: 'docs/a.md' }, FILE)).toMatchObject({
      result: { isError: true },
      text: expect.stringContaining('stderr: '),
    });
  });

  it('stays within the output limit', async () => {
    writeFileSync(join(sandbox.root, 'docs', 'long.md'), '\u001b'.repeat(10_000));
    const outcome = await call(
      ['cat', PARAMETER],
      { file: 'docs/long.md' },
      { ...FILE, limits: { ...LIMITS, maxOutputBytes: 400 } },
    );
    expect(outcome).toMatchObject({
      result: { truncated: true },
      text: expect.stringContaining('[cut: the output limit was reached]'),
    });
    expect(outcome.kind === 'answered' && Buffer.byteLength(outcome.text)).toBeLessThanOrEqual(400);
  });

  it('leaves no temporary folder and no descriptor', async () => {
    vi.stubEnv('TMPDIR', sandbox.outside);
    const count = () => [readdirSync(sandbox.outside).length, readdirSync('/proc/self/fd').length];
    await call(['cat', PARAMETER], { file: 'docs/a.md' }, FILE);
    const before = count();
    await call(['cat', PARAMETER, 'docs/c.md'], { file: 'docs/a.md' }, FILE);
    await call(['cat', 'docs/c.md', PARAMETER], { file: 'docs/out.md' }, FILE);
    const after = count();
    expect(after[0]).toBeLessThanOrEqual(before[0]);
    expect(after[1]).toBeLessThanOrEqual(before[1]);
    vi.unstubAllEnvs();
  });

  it('reads the file that was judged while its name is swapped', async () => {
    const [name, away] = [join(sandbox.root, 'docs', 'swap.md'), join(sandbox.root, 'docs', 'away.md')];
    writeFileSync(name, 'inside');
    const tool = await createTool(commandTool(['cat', PARAMETER], FILE), sandbox.environment);
    for (let round = 0; round < 20; round += 1) {
      const pending = use(tool, { file: 'docs/swap.md' });
      setTimeout(() => {
        renameSync(name, away);
        symlinkSync(join(sandbox.outside, 'secret'), name);
      }, round % 5);
      expect(JSON.stringify(await pending)).not.toContain('SECRET');
      await new Promise((resolve) => setTimeout(resolve, 10));
      renameSync(away, name);
    }
  });
});

describe('a template', () => {
  it.each<[string, ManifestArgument[], RegExp]>([
    ['an unknown program', ['gti', 'log'], /Did you mean "git"/],
    ['a program that cannot be made safe', ['ls'], /Use a file tool with operation list/],
    ['a shell', ['sh', '-c', 'id'], /is not offered/],
    ['an option that is not offered', ['sort', '--parallel=2', PARAMETER], /the option "--parallel" is not offered/],
    ['an abbreviated option', ['wc', '--line', PARAMETER], /is not offered/],
    ['joined short options', ['wc', '-lw', PARAMETER], /is not offered/],
    ['a joined short value', ['head', '-n5', PARAMETER], /is not offered/],
    ['a value where none is taken', ['wc', '--lines=1', PARAMETER], /takes no value/],
    ['a value of the wrong kind', ['head', '-n', 'x', PARAMETER], /is no value for -n/],
    [
      'a path as the value of an option',
      ['head', { parameter: 'file', prefix: '--lines=' }, PARAMETER],
      /cannot be the value/,
    ],
    [
      'text as the value of a number',
      ['head', { parameter: 'text', prefix: '--lines=' }, PARAMETER],
      /does not take any text/,
    ],
    [
      'a parameter before the equals sign',
      ['head', { parameter: 'text', prefix: '--' }, PARAMETER],
      /must be a long option/,
    ],
    ['text where a file is named', ['cat', { parameter: 'text' }], /make it of type path/],
    ['an option without its value', ['cat', PARAMETER, '-n', '-A', 'docs/a.md', '--nope'], /is not offered/],
    ['an option at the end without its value', ['head', PARAMETER, '-n'], /needs a value/],
    ['a literal file outside', ['cat', '/etc/passwd'], /is not one its "paths" allow/],
    ['a literal file the policy closes', ['cat', '.env'], /is not one its "paths" allow/],
    ['the output file of uniq', ['uniq', PARAMETER, 'docs/c.md'], /takes 1 files/],
    ['git without a command', ['git', '--version'], /is not offered/],
    ['a signature in a format', ['git', 'log', '--format=%H %G?'], /is no value for --format/],
    ['a branch that is made', ['git', 'branch', 'new'], /needs one of --list/],
  ])('fails for %s', async (_, argv, message) => {
    const parameters = { file: { type: 'path' }, text: { type: 'text', maxLength: 10 } } as const;
    expect(await refusal(argv, { parameters })).toMatch(message);
  });

  it('fails for git without its shadow, for writing on a read-only workspace and for files without paths', async () => {
    expect(await refusal(['git', 'log'], { gitHistory: false })).toMatch('"gitHistory": true');
    expect(await refusal(['cat', 'docs/a.md'], { writes: true })).toMatch('the workspace is read-only');
    expect(await refusal(['cat', 'docs/a.md'], { paths: undefined })).toMatch('so "paths" is required');
    expect(
      await refusal(['head', '-n', { parameter: 'n' }, 'docs/a.md'], {
        parameters: { n: { type: 'integer', minimum: -1, maximum: 1 } },
      }),
    ).toMatch('looks like an option');
    expect(
      await refusal(['grep', { parameter: 'c' }, 'docs/a.md'], {
        parameters: { c: { type: 'choice', values: ['-f'] } },
      }),
    ).toMatch('looks like an option');
  });

  it('knows, for any arguments, only options of the list', () => {
    const word = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom('--', '-n', '-o', '--output=x', '-f', '--pre', '-', '--files0-from=x', 'docs/a.md'),
    );
    fc.assert(fc.property(fc.constantFrom(...PROGRAMS), fc.array(word, { maxLength: 6 }), (program, words) => {
      let template;
      try {
        template = readTemplate(commandTool([program.name, ...words]), words, program, program.name);
      } catch {
        return;
      }
      expect(template.options.every(({ name }) => Object.hasOwn(program.options, name))).toBe(true);
      const dashes = words.indexOf('--');
      const before = dashes === -1 ? words : words.slice(0, dashes);
      expect(
        before
          .filter((text) => text.startsWith('-'))
          .every(
            (text) =>
              Object.hasOwn(program.options, text.split('=')[0]) ||
              template.options.some(({ value }) => value !== undefined && 'literal' in value && value.literal === text),
          ),
      ).toBe(true);
    }), { numRuns: 3000 });
  });

  it('gives a text, whatever it is, to grep as the pattern', async () => {
    const tool = await createTool(
      commandTool(['grep', '-c', '-F', { parameter: 'text' }, 'docs/a.md'], {
        parameters: { text: { type: 'text', maxLength: 50 } },
      }),
      sandbox.environment,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ minLength: 1, unit: 'binary' }),
          fc.constantFrom('-f', '--file=x', '-', '--', '-e', 'docs/c.md'),
        ),
        async (text) => {
          const outcome = await use(tool, { text });
          if (outcome.kind === 'refused') {
            expect(/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) || text.startsWith('-') || text.length > 50).toBe(true);
          } else {
            expect(outcome).toMatchObject({
              kind: 'answered',
              text: expect.stringMatching(/^[012]\n\nexit code [01]$/),
            });
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** The command lines of running processes, from /proc. */
function processesOf(pattern: RegExp): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).flatMap((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return pattern.test(line) ? [line] : [];
    } catch {
      return [];
    }
  });
}

describe('a process', () => {
  const run = async (script: string, time = 5000, descriptors: number[] = []) =>
    runProcess({
      file: '/bin/sh',
      args: ['-c', script],
      cwd: sandbox.root,
      env: environmentOf('/nowhere'),
      descriptors,
      maxOutputBytes: 10_000,
      signal: AbortSignal.timeout(time),
    });

  it('sees an environment of five names', async () => {
    process.env.GATEWAY_TEST_TOKEN = 'SECRET';
    const { stdout } = await run('exec /usr/bin/env');
    delete process.env.GATEWAY_TEST_TOKEN;
    expect(
      stdout
        .toString()
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('PWD='))
        .sort(),
    ).toEqual(['HOME=/nowhere', 'LANG=C.UTF-8', 'PATH=/usr/bin:/bin', 'TMPDIR=/nowhere', 'TZ=UTC']);
  });

  it('has nothing on standard input and no descriptor of the gateway', async () => {
    expect((await run('cat; echo end')).stdout.toString()).toBe('end\n');
    const held = await sandbox.environment.workspace.openFile('docs/a.md', { paths: PathPolicy.of({ allow: ['**'] }) });
    const { stdout } = await run('readlink /proc/self/fd/0; cd /; for fd in /proc/$$/fd/*; do readlink $fd; done');
    await held.close();
    expect(stdout.toString()).toMatch(/^\/dev\/null\n/);
    expect(stdout.toString()).not.toContain(sandbox.root);
  });

  it('takes its children along when it is stopped, and when it ends', async () => {
    await run('sleep 71.3 & sleep 71.3 & wait', 200);
    await run('sleep 72.4 >/dev/null 2>&1 & exit 0');
    // The kernel ends a killed process when it next gives it time.
    await vi.waitFor(() => expect(processesOf(/^sleep\0(71\.3|72\.4)\0/)).toEqual([]), {
      timeout: 10_000,
      interval: 20,
    });
  });

  it('is ended when it takes more memory than it may, as patterns of a caller can make it', async () => {
    const outcome = await runProcess({
      file: '/usr/bin/grep',
      args: ['-E', '-e', '((a{1,500}){1,500}){1,50}', '/proc/self/status'],
      cwd: '/',
      env: environmentOf('/nowhere'),
      descriptors: [],
      maxOutputBytes: 1000,
      maxMemoryBytes: 64 * 1024 * 1024,
      signal: AbortSignal.timeout(20_000),
    });
    expect(outcome).toMatchObject({ tooLarge: true, stopped: false, endedBy: 'SIGKILL' });
    expect(await answerOf(outcome, [0, 1], { maxOutputBytes: 1000, signal: AbortSignal.timeout(5000) })).toMatchObject({
      isError: true,
      content: [{ text: '' }, { text: 'stopped: it needed more memory than it may have' }],
    });
  });

  it('is what the kernel ends first when memory runs out, and gets the processor after the gateway', async () => {
    const settled = 'until [ "$(cat /proc/self/oom_score_adj) $(nice)" = "1000 10" ]; do sleep 0.01; done; echo behind';
    expect((await run(settled, 15_000)).stdout.toString()).toBe('behind\n');
  });

  it('is not started when the call is over already', async () => {
    await expect(runProcess({
      file: '/bin/true', args: [], cwd: '/', env: {}, descriptors: [], maxOutputBytes: 1, signal: AbortSignal.abort(),
    })).rejects.toThrow('stopped before it was done');
  });

  it('fails cleanly when there is no such program', async () => {
    await expect(
      runProcess({
        file: '/nowhere/x',
        args: [],
        cwd: '/',
        env: {},
        descriptors: [],
        maxOutputBytes: 1,
        signal: AbortSignal.timeout(1000),
      }),
    ).rejects.toThrow('the program could not be started');
  });
});
