import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { git, makeRepository } from './git-repository';
import { bundled } from '../../../src/tools/bundled';
import { openShadow, ShadowRepository } from '../../../src/tools/command/git/shadow';
import { runProcess } from '../../../src/tools/command/run-process';
import { openSandbox, Sandbox } from '../support';

// Thousands of files are written.
vi.setConfig({ testTimeout: 60_000 });

let sandbox: Sandbox;
let repository: string;
let scratch: string;

beforeEach(async () => {
  sandbox = await openSandbox(makeRepository);
  repository = join(sandbox.root, '.git');
  scratch = mkdtempSync(join(tmpdir(), 'gateway-git-'));
});

afterEach(async () => {
  await sandbox.close();
  rmSync(scratch, { recursive: true });
});

async function open(signal: AbortSignal = AbortSignal.timeout(60_000)): Promise<ShadowRepository> {
  const { workspace } = sandbox.environment;
  return openShadow({
    workspace,
    reader: bundled('git-reader.cjs'),
    folder: mkdtempSync(join(scratch, 'call-')),
    signal,
  });
}

/** What git says on the shadow: its output, or its complaint. */
async function onShadow(...args: string[]): Promise<string> {
  const shadow = await open();
  try {
    const { stdout, stderr, exitCode } = await runProcess({
      ...shadow.process,
      file: '/usr/bin/git',
      args,
      maxOutputBytes: 64 * 1024 * 1024,
      signal: AbortSignal.timeout(60_000),
    });
    return exitCode === 0 ? stdout.toString('latin1') : `exit code ${exitCode}: ${stderr.toString()}`;
  } finally {
    await shadow.close();
  }
}

/** Writes a loose object, as git would if it made one like that. */
function writeObject(object: Buffer, id = createHash('sha1').update(object).digest('hex')): string {
  const folder = join(repository, 'objects', id.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, id.slice(2)), deflateSync(object));
  return id;
}

function blob(content: Buffer | string): Buffer {
  return Buffer.concat([Buffer.from(`blob ${content.length}\0`), Buffer.from(content)]);
}

/** Lets the folders of objects look as if nothing had changed in them lately. */
function settle(): void {
  const past = Date.now() / 1000 - 600;
  for (const folder of readdirSync(join(repository, 'objects')).map((name) => join(repository, 'objects', name))) {
    if (statSync(folder).mtimeMs / 1000 > past + 60) {
      utimesSync(folder, past, past);
    }
  }
}

const SIZES = [0, 1, 15, 16, 2047, 2048, 65_534, 65_535, 65_536, 131_070, 131_071, 200_000, 300_000];

describe('objects', () => {
  it.each(['sha1', 'sha256'] as const)(
    'are all there, of every kind and size, in a repository of %s',
    async (format) => {
      rmSync(repository, { recursive: true });
      git(sandbox.root, 'init', '-q', '-b', 'main', `--object-format=${format}`);
      for (const size of SIZES) {
        writeFileSync(join(sandbox.root, `even-${size}`), Buffer.alloc(size, 'ab'));
        writeFileSync(join(sandbox.root, `random-${size}`), randomBytes(size));
      }
      git(sandbox.root, 'add', '-A', '-f');
      git(sandbox.root, 'commit', '-qm', 'first');
      git(sandbox.root, 'tag', '-a', '-m', 'annotated', 'v1');
      const all = ['cat-file', '--batch-all-objects', '--batch'];
      const expected = execFileSync('git', all, { cwd: sandbox.root, maxBuffer: 64 * 1024 * 1024 }).toString('latin1');
      expect(await onShadow(...all)).toBe(expected);
      expect(await onShadow('fsck', '--full', '--strict')).toBe('');
      git(sandbox.root, 'repack', '-adq');
      expect(await onShadow(...all)).toBe(expected);
    },
  );

  it('are left to git to judge when they are not what their name says', async () => {
    const good = writeObject(blob('good'));
    writeObject(blob('other'), 'ab'.repeat(20));
    const empty = 'ac'.repeat(20);
    mkdirSync(join(repository, 'objects', 'ac'), { recursive: true });
    writeFileSync(join(repository, 'objects', 'ac', 'ac'.repeat(19)), '');
    const bomb = writeObject(blob(Buffer.alloc(3_000_000)));
    expect(await onShadow('cat-file', 'blob', good)).toBe('good');
    expect(await onShadow('cat-file', 'blob', bomb)).toHaveLength(3_000_000);
    expect(await onShadow('fsck')).toContain('hash-path mismatch, found at: ');
    expect(await onShadow('cat-file', 'blob', empty)).toMatch(/^exit code 128/);
  });

  it('are copied again only when something was added to or taken from their folders', async () => {
    const id = writeObject(blob('first'));
    const packs = async (): Promise<Map<string, number>> => {
      const shadow = await open();
      const folder = join(shadow.process.cwd, 'objects', 'pack');
      const found = readdirSync(folder).filter((name) => name.includes('loose'));
      await shadow.close();
      return new Map(found.map((name) => [name, statSync(join(folder, name)).ino]));
    };
    settle();
    const before = await packs();
    expect(await packs()).toEqual(before);
    const added = writeObject(blob('second'));
    settle();
    const after = await packs();
    const changed = [...after].filter(([name, inode]) => before.get(name) !== inode).map(([name]) => name);
    expect(changed).toEqual(['idx', 'pack'].map((extension) => `pack-loose-${added[0]}0.${extension}`));
    expect(await onShadow('cat-file', 'blob', added)).toBe('second');
    rmSync(join(repository, 'objects', id.slice(0, 2), id.slice(2)));
    settle();
    expect(await onShadow('cat-file', '-e', id)).toMatch(/^exit code 1/);
    expect(await onShadow('cat-file', 'blob', added)).toBe('second');
  });

  it('are seen at once in a folder that has just changed', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = writeObject(blob(`round ${round}`));
      expect(await onShadow('cat-file', 'blob', id)).toBe(`round ${round}`);
    }
  });

  it('are shared by calls at the same time', async () => {
    settle();
    const answers = await Promise.all(Array.from({ length: 8 }, async () => onShadow('log', '--format=%s')));
    expect(new Set(answers)).toEqual(new Set(['second\nfirst\n']));
  });

  it('are refused when there are more links to them than one', async () => {
    git(sandbox.root, 'repack', '-adq');
    const packs = join(repository, 'objects', 'pack');
    const [pack] = readdirSync(packs).filter((name) => name.endsWith('.pack'));
    linkSync(join(packs, pack), join(sandbox.outside, 'kept'));
    await expect(open()).rejects.toThrow(
      `the repository cannot be read: .git/objects/pack/${pack} has more than one hard link;` +
        ' git clone --no-hardlinks makes a copy that can be read',
    );
    rmSync(join(sandbox.outside, 'kept'));
    expect(await onShadow('log', '--format=%s')).toBe('second\nfirst\n');
    const id = writeObject(blob('loose'));
    linkSync(join(repository, 'objects', id.slice(0, 2), id.slice(2)), join(sandbox.outside, 'kept'));
    await expect(open()).rejects.toThrow('has more than one hard link');
  });

  it('are refused when there are too many that are not copied', async () => {
    const folder = join(repository, 'objects', 'ab');
    mkdirSync(folder);
    for (let number = 0; number <= 4096; number += 1) {
      writeFileSync(join(folder, number.toString(16).padStart(38, '0')), '');
    }
    await expect(open()).rejects
      .toThrow('the repository has more than 4096 files of packs and large loose objects; run git gc in it');
  });
});

describe('refs', () => {
  const refs = async (): Promise<string> => onShadow('for-each-ref', '--format=%(refname) %(objectname) %(symref)');

  it('are those that git sees: loose ones before packed ones, and symbolic ones', async () => {
    git(sandbox.root, 'tag', 'a/b/c', 'HEAD~1');
    git(sandbox.root, 'pack-refs', '--all');
    git(sandbox.root, 'branch', '-f', 'feature/one', 'HEAD');
    git(sandbox.root, 'branch', 'aaa');
    git(sandbox.root, 'branch', 'zzz');
    git(sandbox.root, 'update-ref', 'refs/remotes/origin/main', 'HEAD~1');
    git(sandbox.root, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    const expected = git(sandbox.root, 'for-each-ref', '--format=%(refname) %(objectname) %(symref)');
    expect(expected.split('\n')).toHaveLength(9);
    expect(await refs()).toBe(expected);
    const packed = join(repository, 'packed-refs');
    const [header, ...lines] = readFileSync(packed, 'utf8').trimEnd().split('\n');
    writeFileSync(packed, `${[header, ...lines.reverse()].join('\n')}\n`);
    expect(await refs()).toBe(expected);
  });

  it('are passed on as names and ids only', async () => {
    const id = git(sandbox.root, 'rev-parse', 'HEAD').trim();
    const expected = await refs();
    const hostile = [
      `${id} refs/replace/${id}`,
      `${id} refs/heads/../../../x`,
      `${id} refs/heads/a b`,
      `${id} HEAD`,
      `${id}refs/heads/x`,
      `^${id}`,
      'x'.repeat(4000),
      '',
      `${id} `,
      `${id} refs/heads/.x`,
      `${id} refs/heads/x.lock`,
      `ref: ${id} refs/heads/x`,
      `${id.toUpperCase()} refs/heads/x`,
    ];
    writeFileSync(join(repository, 'packed-refs'), hostile.join('\n'));
    mkdirSync(join(repository, 'refs', 'replace'));
    writeFileSync(join(repository, 'refs', 'replace', id), `${id}\n`);
    writeFileSync(join(repository, 'refs', 'heads', 'one'), 'ref: ../../../etc/passwd\n');
    writeFileSync(join(repository, 'refs', 'heads', 'two'), 'ref: refs/heads/../../x\n');
    symlinkSync('/etc', join(repository, 'refs', 'heads', 'three'));
    expect(await refs()).toBe(expected);
  });

  it('keep the bytes of their names', async () => {
    const name = Buffer.from([...Buffer.from(`${repository}/refs/tags/`), 0xe9, 0x78]);
    writeFileSync(name, git(sandbox.root, 'rev-parse', 'HEAD'));
    expect((await refs()).split('\n').some((line) => line.startsWith('refs/tags/\u00e9x '))).toBe(true);
  });

  it('are read in thousands without the event loop', async () => {
    const id = git(sandbox.root, 'rev-parse', 'HEAD').trim();
    for (let number = 0; number < 19_000; number += 1) {
      const folder = join(repository, 'refs', 'heads', `f${number % 100}`);
      if (number < 100) {
        mkdirSync(folder);
      }
      writeFileSync(join(folder, `b${number}`), `${id}\n`);
    }
    const names = Array.from({ length: 350_000 }, (_, number) => `refs/tags/t${String(number).padStart(8, '0')}`);
    const packed = names.map((name) => `${id} ${name}\n`);
    writeFileSync(join(repository, 'packed-refs'), `# pack-refs with: peeled fully-peeled sorted \n${packed.join('')}`);
    const before = mainThreadMs();
    const shadow = await open();
    const spent = mainThreadMs() - before;
    const lines = readFileSync(join(shadow.process.cwd, 'packed-refs'), 'latin1').trimEnd().split('\n');
    await shadow.close();
    expect(lines).toHaveLength(1 + 350_000 + 19_000 + 3);
    expect(spent).toBeLessThan(1500);
    writeFileSync(join(repository, 'packed-refs'), '\n'.repeat(32 * 1024 * 1024));
    const empty = mainThreadMs();
    await (await open()).close();
    expect(mainThreadMs() - empty).toBeLessThan(1500);
  });

  it('are refused when they are too many or too large', async () => {
    const packed = join(repository, 'packed-refs');
    writeFileSync(packed, '');
    truncateSync(packed, 33 * 1024 * 1024);
    await expect(open()).rejects.toThrow('.git/packed-refs has 34603008 bytes; at most 33554432 are read');
    writeFileSync(packed, 'x'.repeat(2_000_000));
    await expect(open()).rejects.toThrow('.git/packed-refs has a line of more than 4096 bytes');
    rmSync(packed);
    const folder = join(repository, 'refs', 'tags');
    writeFileSync(join(folder, 'x.lock'), '');
    for (let number = 0; number < 20_000; number += 1) {
      linkSync(join(folder, 'x.lock'), join(folder, `${number}.lock`));
    }
    await expect(open()).rejects
      .toThrow('the repository has more than 20000 loose refs; run git pack-refs --all in it');
  });
});

describe('a call', () => {
  const descriptors = (): number => readdirSync('/proc/self/fd').length;

  it('closes what it opened, also when it is stopped or fails half way', async () => {
    git(sandbox.root, 'repack', '-adq');
    await (await open()).close();
    const before = descriptors();
    await (await open()).close();
    for (const delay of [0, 5, 20, 40, 80]) {
      const stop = AbortSignal.timeout(delay);
      const stopped = (error: unknown): void => expect(String(error)).toContain('stopped before it was done');
      await open(stop).then(async (shadow) => shadow.close(), stopped);
    }
    appendFileSync(join(repository, 'HEAD'), 'x');
    await expect(open()).rejects.toThrow('HEAD is missing or broken');
    expect(descriptors()).toBe(before);
  });
});

/** Processor time of the thread of the tests, which is that of the event loop. */
function mainThreadMs(): number {
  return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
}
