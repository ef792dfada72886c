import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HostileInput, hostileInputs, pairs } from './inputs';
import { ManifestFileTool, ManifestTool } from '../../src/manifest/manifest';
import { createTool, offeredTools } from '../../src/tools/registry';
import { cpuMs } from '../cpu';
import { fileTool, openSandbox, Outcome, Sandbox, use } from '../tools/support';

type Check = (outcome: Outcome) => void | Promise<void>;

const OPERATIONS: Record<string, ManifestFileTool['operation']> = { read_file: 'read', search: 'find', tree: 'tree' };
let sandbox: Sandbox;
let server: Server;

beforeAll(async () => {
  sandbox = await openSandbox((root, outside) => {
    writeFileSync(join(root, 'ok.txt'), 'ok content');
    writeFileSync(join(outside, 'secret.txt'), 'SECRET');
    mkdirSync(`${root}_evil`);
    writeFileSync(`${root}_evil/e.txt`, 'SECRET');
    mkdirSync(join(root, 'sub'));
    writeFileSync(join(root, '-rf'), 'a name');
    writeFileSync(join(root, 'line1\nline2.md'), 'two lines');
    const links = { l: '/etc/passwd', l2: 'l', loop: 'loop', in: 'ok.txt', zero: '/dev/zero', up: '..' };
    for (const [name, target] of Object.entries(links)) {
      symlinkSync(target, join(root, name));
    }
    symlinkSync('/etc', join(root, 'd'));
    writeFileSync(join(root, 's'), '');
    truncateSync(join(root, 's'), 2 * 1024 ** 3);
    writeFileSync(join(root, 'bin'), Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
    writeFileSync(join(root, 'f'), Buffer.from([0x66, 0xfc, 0x72]));
    writeFileSync(join(root, 'x'), 'closed');
    chmodSync(join(root, 'x'), 0o000);
    mkdirSync(join(root, '.git'));
    writeFileSync(join(root, '.git', 'config'), 'SECRET');
    writeFileSync(join(root, '.ENV'), 'SECRET');
    nest(root, 5000);
  });
  server = createServer().listen(join(sandbox.root, 'sock'));
  await new Promise((resolve) => server.once('listening', resolve));
});

afterAll(async () => {
  server.close();
  execFileSync('rm', ['-rf', join(sandbox.root, 'n')]);
  await sandbox.close();
});

/** Folders deeper than a path can be long, made step by step. */
function nest(root: string, depth: number): void {
  execFileSync(
    process.execPath,
    ['-e', `for (let i = 0; i < ${depth}; i += 1) { require('fs').mkdirSync('n'); process.chdir('n'); }`],
    { cwd: root },
  );
}

const denied: Check = (outcome) =>
  expect(outcome).toMatchObject({ kind: 'denied', message: 'not allowed by the tool policy' });
const failed = (message: string): Check => (outcome) => expect(outcome).toEqual({ kind: 'failed', message });
const missing = failed('no such file or folder');
const answers =
  (text: string): Check =>
    (outcome) =>
      expect(outcome).toMatchObject({ kind: 'answered', text: expect.stringContaining(text) });

const CHECKS: Record<string, Check> = {
  // Decided: a path with .. is refused whatever it leads to.
  'dot segments inside': denied,
  'absolute outside': denied,
  'prefix sibling': denied,
  'root itself': failed('it is a folder'),
  'mixed encoding': missing,
  'backslash': denied,
  'UNC / device path': denied,
  // Not expanded: refused for the names it holds.
  'tilde': denied,
  'env var': denied,
  'trailing slash on a file': failed('a part of the path is not a folder'),
  'many slashes': denied,
  '300 char name': failed('a name in the path is too long'),
  'leading dash': answers('a name'),
  'newline in name': async (outcome) => {
    await answers('two lines')(outcome);
    const listed = await use(await createTool(fileTool('list'), sandbox.environment), {});
    expect(listed).toMatchObject({ text: expect.stringContaining('file\t"line1\\nline2.md"') });
  },
  'symlink to outside': denied,
  'symlink chain': denied,
  'symlinked directory': denied,
  'symlink loop': failed('too many symbolic links'),
  // Decided: links that stay inside are followed.
  'symlink inside the root': answers('ok content'),
  // Ten seconds of it are in test/workspace/race.test.ts; here the folder is the link already.
  'parent directory swap race': denied,
  'unix socket': denied,
  'device node': denied,
  'file without newline, head=1': failed('it is a binary file of 2147483648 bytes; a picture may have 67108864'),
  'binary file': failed(
    'it is a binary file, and cannot be given as a picture: the file is of no format this tool reads, judged by its ' +
    'content; it reads image',
  ),
  'invalid UTF-8 text': answers('"invalidUtf8":true'),
  'no read permission': failed('the gateway has no permission to read it'),
  '.git internals': denied,
  'secret file names with case': denied,
  'write attempt on read-only root': async () => {
    expect(Object.values(offeredTools).flat()).not.toContain('write_file');
    await expect(
      createTool({ ...fileTool('read'), operation: 'write' } as unknown as ManifestTool, sandbox.environment),
    ).rejects.toThrow('the operation "write" is not offered');
  },
  'search: glob bomb': failed('the pattern is too large; use fewer alternatives'),
  'search: symlinked dir': answers('[cut: folders deeper than 65 are not entered]'),
  'tree: depth 5000': answers('[cut: '),
  'offset beyond end': answers('"eof":true'),
};

async function run({ input }: HostileInput): Promise<Outcome> {
  const args = Object.fromEntries(Object.entries(input.arguments ?? {}).map(([key, value]) => [
    key, typeof value === 'string' ? value.replace(/^\/workspace/, sandbox.root) : value,
  ]));
  const operation = OPERATIONS[input.tool ?? ''] ?? 'read';
  if (input.tool === 'write_file') {
    return { kind: 'refused', rule: 'not offered' };
  }
  const tool = await createTool(fileTool(operation), sandbox.environment);
  return asNobody(input.arguments?.path === 'x', async () =>
    use(tool, operation === 'tree' ? { path: 'n', depth: 64, ...args } : args),
  );
}

/** Root may read everything; the file without permission is asked for by another uid. */
async function asNobody<T>(really: boolean, work: () => Promise<T>): Promise<T> {
  if (!really || process.geteuid?.() !== 0 || process.seteuid === undefined) {
    return work();
  }
  chmodSync(join(sandbox.root, '..'), 0o755);
  process.seteuid(12345);
  try {
    return await work();
  } finally {
    process.seteuid(0);
  }
}

it.each(pairs(hostileInputs('path'), CHECKS))('%s', async (_, input, check) => {
  let outcome: unknown;
  expect(await cpuMs(async () => (outcome = await run(input)))).toBeLessThan(3000);
  await check(outcome as Awaited<ReturnType<typeof run>>);
  expect(JSON.stringify(outcome)).not.toMatch(/SECRET|root:|\/etc\/|\u0000/);
  expect(JSON.stringify(outcome)).not.toContain(sandbox.root);
});
