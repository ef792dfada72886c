import { ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ManifestTool } from '../../src/manifest/manifest';
import { createTool } from '../../src/tools/registry';
import { git, makeRepository } from '../tools/command/git-repository';
import { picture } from '../tools/image/pictures';
import { commandTool, fileTool, LIMITS, openSandbox, Sandbox, use } from '../tools/support';

/** How long the race runs, in seconds. */
const SECONDS = Number(process.env.RACE_SECONDS ?? 5);

/** How long a race may go on until it has seen enough, on a machine that is busy. */
const PATIENCE_MS = SECONDS * 1000 + 100_000;

/** What is outside the workspace, as the tools would show it. */
const OUTSIDE = /OUTSIDE|"size":7007|"width":611/;

/** A name in a folder of the workspace that changes places with a link to its likeness outside. */
type Target = readonly [folder: string, name: string, likeness: string];

const target = (folder: string, name: string, likeness = join(folder, name)): Target => [folder, name, likeness];

const PACKS = '.git/objects/pack';
const FILES = [target('', 'f.txt'), target('', 'p.png'), target('d', 'f.txt')];
const FOLDERS = [target('', 'd')];
const GIT_FILES = [
  target('', '.git'),
  target('.git', 'objects'),
  target('.git', 'refs'),
  target('.git', 'HEAD'),
  target('.git', 'packed-refs'),
  target('.git/refs/heads', 'loose'),
];

let sandbox: Sandbox;
/** Commits of the repository outside: one in its pack, one loose. */
let packed: string;
let loose: string;
let exchangers: readonly ChildProcess[] = [];

/** A workspace and a folder outside that look alike. */
beforeAll(async () => {
  sandbox = await openSandbox();
  const { root, outside } = sandbox;
  await fill(root, 'inside', 40);
  await fill(outside, 'OUTSIDE'.repeat(1001), 611);
  packed = git(outside, 'rev-parse', 'HEAD~1').trim();
  loose = git(outside, 'rev-parse', 'HEAD').trim();
  const packs = ['pack', 'idx'].map((extension) => {
    const [[ours], [theirs]] = [root, outside]
      .map((top) => readdirSync(join(top, PACKS)).filter((name) => name.endsWith(`.${extension}`)));
    return target(PACKS, ours, join(PACKS, theirs));
  });
  // An object that the workspace does not have, at the place of one that the repository outside has.
  const object = target(join('.git/objects', loose.slice(0, 2)), loose.slice(2));
  mkdirSync(join(root, object[0]), { recursive: true });
  writeFileSync(join(root, object[0], object[1]), '');
  mkdirSync(join(root, 'aside'));
  exchangers = await Promise.all([
    exchange([0.01, 10], 1, FILES),
    exchange([0.01, 10], 1, FOLDERS),
    exchange([10, 600], 1, [target('.git/objects', 'pack')]),
    exchange([5, 300], 3, [...GIT_FILES, ...packs, object, target('.git/objects', loose.slice(0, 2))]),
  ]);
  exchangers.forEach((child) => child.stdin?.write('\n'));
}, PATIENCE_MS);

afterAll(async () => {
  const ended = exchangers.filter((child) => child.exitCode !== null || child.signalCode !== null);
  exchangers.forEach((child) => child.kill('SIGKILL'));
  await sandbox.close();
  expect(ended.map((child) => child.spawnargs)).toEqual([]);
});

async function fill(top: string, text: string, width: number): Promise<void> {
  makeRepository(top);
  mkdirSync(join(top, 'd'));
  writeFileSync(join(top, 'f.txt'), text);
  writeFileSync(join(top, 'd', 'f.txt'), text);
  writeFileSync(join(top, 'd', `${text.slice(0, 7)}.txt`), text);
  writeFileSync(join(top, 'p.png'), await picture('png', width));
  git(top, 'add', 'f.txt');
  git(top, 'commit', '-q', '-m', text.slice(0, 7));
  git(top, 'repack', '-adq');
  git(top, 'pack-refs', '--all');
  git(top, 'branch', 'loose');
  git(top, 'commit', '-q', '--allow-empty', '-m', `${text.slice(0, 7)} loose`);
}

/** Makes ready a process that exchanges names: Node has no call for it, and a rename is not the same. */
async function exchange(
  ms: readonly [number, number],
  rest: number,
  targets: readonly Target[],
): Promise<ChildProcess> {
  const aside = join(sandbox.root, 'aside');
  const args = targets.flatMap(([folder, name, likeness]) => {
    const other = likeness.replaceAll('/', '+');
    symlinkSync(join(sandbox.outside, likeness), join(aside, other));
    return [join(sandbox.root, folder), name, other];
  });
  const child = spawn(
    'perl',
    [join(import.meta.dirname, 'exchange.pl'), ...[...ms, rest].map(String), aside, ...args],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the exchanger ended')));
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  return child;
}

function imageTool(operation: 'list' | 'extract'): ManifestTool {
  const limits = { ...LIMITS, maxOutputBytes: 4_000_000 };
  return { kind: 'image', name: `image_${operation}`, operation, clients: ['codex'], paths: { allow: ['**'] }, limits };
}

/** Every class of tools, with calls that name what is exchanged. */
const CLASSES: Record<string, () => readonly [ManifestTool, Record<string, unknown>][]> = {
  file: () => [
    [fileTool('read'), { path: 'f.txt' }],
    [fileTool('read'), { path: 'd/f.txt' }],
    [fileTool('list'), { path: 'd' }],
    [fileTool('stat'), { path: 'd/f.txt' }],
  ],
  walk: () => [
    [fileTool('tree'), { path: '' }],
    [fileTool('find'), { path: '', pattern: '**/*.txt' }],
    [fileTool('grep'), { path: '', pattern: '.' }],
  ],
  image: () => [
    [imageTool('list'), { path: 'p.png' }],
    [imageTool('extract'), { path: 'p.png' }],
  ],
  program: () =>
    [
      ['cat', 'f.txt'],
      ['grep', '.', 'd/f.txt'],
      ['diff', 'f.txt', 'd/f.txt'],
      ['rg', '.', 'd/f.txt', 'f.txt'],
    ].map((argv) => [commandTool(argv), {}]),
  git: () =>
    [
      ['show', packed],
      ['log', '-p', '--all'],
      ['show', loose],
      ['show', packed],
      ['grep', 'e', 'HEAD'],
      ['branch', '--list'],
    ].map((argv) => [commandTool(['git', ...argv]), {}]),
};

it('shows nothing of what is outside while names are exchanged for links to it', async () => {
  const end = Date.now() + SECONDS * 1000;
  const last = Date.now() + PATIENCE_MS;
  const counts = await Promise.all(Object.entries(CLASSES).map(async ([name, calls]) => {
    const count = { calls: 0, answered: 0, refused: 0, leaked: 0 };
    const tools = await Promise.all(calls()
      .map(async ([spec, args]) => [await createTool(spec, sandbox.environment), args] as const));
    const seenEnough = (): boolean => Date.now() > end && count.answered > 0 && (count.refused > 0 || name === 'walk');
    const call = async (): Promise<void> => {
      const [tool, args] = tools[count.calls % tools.length];
      count.calls += 1;
      const outcome = await use(tool, args, AbortSignal.timeout(30_000));
      const good = outcome.kind === 'answered' && outcome.result.isError !== true;
      count.answered += good ? 1 : 0;
      count.refused += good ? 0 : 1;
      count.leaked += OUTSIDE.test(JSON.stringify(outcome).replaceAll('\\"', '"')) ? 1 : 0;
    };
    while (!seenEnough() && Date.now() < last) {
      // Git takes long; others would take all there is of the processor.
      await Promise.all(name === 'git' ? [call(), call(), call()] : [call(), sleep(20)]);
    }
    return [name, count] as const;
  }));
  console.info(counts.map(([name, count]) => `${name}: ${JSON.stringify(count)}`).join('\n'));
  for (const [name, { answered, refused, leaked }] of counts) {
    expect({ name, leaked }).toEqual({ name, leaked: 0 });
    expect(answered, name).toBeGreaterThan(0);
    expect(refused > 0 || name === 'walk', name).toBe(true);
  }
}, PATIENCE_MS + 40_000);

it('is a race that a check of the path before the read loses, and git without a shadow too', async () => {
  const naive = async (path: string): Promise<string> => {
    const place = join(sandbox.root, path);
    return (await realpath(place)).startsWith(`${sandbox.root}/`) ? readFile(place, 'utf8') : '';
  };
  const plainGit = async (): Promise<string> => {
    return (await promisify(execFile)('git', ['show', packed], { cwd: sandbox.root })).stdout;
  };
  for (const attempt of [async () => naive('f.txt'), async () => naive('d/f.txt'), plainGit]) {
    const last = Date.now() + PATIENCE_MS;
    let leaked = false;
    while (!leaked && Date.now() < last) {
      leaked = OUTSIDE.test(await attempt().catch(() => ''));
    }
    expect(leaked).toBe(true);
  }
}, 3 * PATIENCE_MS);
