import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { aFolder, modeOf, put, removeFolders, treeOf } from './support';
import { replaceFile } from '../../src/assembly/replace-file';
import { Finding } from '../../src/model/finding';

jest.setTimeout(120_000);
afterEach(removeFolders);

const FILE = 'inventories/evidence/gateway-health.yaml';
const SCRIPT = join(__dirname, 'fixtures', 'faulty-replacer.js');

function aProject(content?: string): string {
  const root = aFolder();
  put(root, 'notes.txt', 'mine');
  if (content !== undefined) { put(root, FILE, content); }
  return root;
}

interface Run {
  readonly findings: readonly Finding[];
  readonly count: number;
}

function run(
  fault: string,
  content: string,
  ...runs: readonly (readonly [root: string, at: number])[]
): Run[] | 'killed' {
  const { stdout, stderr, signal } = spawnSync(
    process.execPath,
    [SCRIPT, fault, FILE, content, ...runs.flat().map(String)],
    { encoding: 'utf8' },
  );
  if (signal === 'SIGKILL') {
    return 'killed';
  }
  if (stderr !== '') {
    throw new Error(stderr);
  }
  return JSON.parse(stdout) as Run[];
}

/** A process that has ended, so that its number is that of nobody. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

function temporaryName(pid: number, host = hostname()): string {
  return `.toolbox-new-${createHash('sha256').update(host).digest('hex').slice(0, 8)}-${pid}-0123456789abcdef`;
}

describe('a file', () => {
  test('is made with its folders, and nothing else is', () => {
    const root = aProject();
    expect(replaceFile(root, FILE, 'new\n')).toEqual([]);
    expect(treeOf(root)).toEqual({ 'notes.txt': 'mine', [FILE]: 'new\n' });
    expect([modeOf(join(root, FILE)), modeOf(join(root, 'inventories'))]).toEqual(['644', '755']);
  });

  test('is replaced, and keeps its rights', () => {
    const root = aProject('old\n');
    chmodSync(join(root, FILE), 0o600);
    expect(replaceFile(root, FILE, 'new\n')).toEqual([]);
    expect([readFileSync(join(root, FILE), 'utf8'), modeOf(join(root, FILE))]).toEqual(['new\n', '600']);
  });

  test('with the same bytes is left alone', () => {
    const root = aProject('same\n');
    const before = lstatSync(join(root, FILE));
    expect(replaceFile(root, FILE, 'same\n')).toEqual([]);
    expect(lstatSync(join(root, FILE))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  test('is not written through a second name of it', () => {
    const root = aProject('old\n');
    linkSync(join(root, FILE), join(root, 'kept.yaml'));
    replaceFile(root, FILE, 'new\n');
    expect(readFileSync(join(root, 'kept.yaml'), 'utf8')).toBe('old\n');
  });

  test('is written below a project\'s folder that is a link itself', () => {
    const root = aProject();
    const link = join(aFolder(), 'project');
    symlinkSync(root, link);
    expect(replaceFile(link, FILE, 'new\n')).toEqual([]);
    expect(treeOf(root)[FILE]).toBe('new\n');
  });
});

describe('an obstacle is reported and left alone:', () => {
  test.each<[string, string, (root: string) => void]>([
    ['a link to a file outside', FILE, (root) => {
      mkdirSync(join(root, 'inventories/evidence'), { recursive: true });
      symlinkSync('../../notes.txt', join(root, FILE));
    }],
    ['a link to nowhere', FILE, (root) => {
      mkdirSync(join(root, 'inventories/evidence'), { recursive: true });
      symlinkSync('nowhere', join(root, FILE));
    }],
    ['a folder', FILE, (root) => mkdirSync(join(root, FILE), { recursive: true })],
    ['a named pipe', FILE, (root) => {
      mkdirSync(join(root, 'inventories/evidence'), { recursive: true });
      spawnSync('mkfifo', [join(root, FILE)]);
    }],
    ['a link in place of a folder', 'inventories/evidence', (root) => {
      mkdirSync(join(root, 'inventories'));
      mkdirSync(join(root, 'elsewhere'));
      symlinkSync('../elsewhere', join(root, 'inventories/evidence'));
    }],
    ['a file in place of a folder', 'inventories', (root) => put(root, 'inventories', 'a file')],
  ])('%s', (_, blocking, block) => {
    const root = aProject();
    block(root);
    const before = namesBelow(root);
    expect(replaceFile(root, FILE, 'new\n')).toEqual([
      {
        rule: 'output-blocked',
        severity: 'error',
        message: `"${blocking}" is in the way of the file "${FILE}".`,
        fix: 'Move it away; then run the command again.',
      },
    ]);
    expect(namesBelow(root)).toEqual(before);
    expect(readFileSync(join(root, 'notes.txt'), 'utf8')).toBe('mine');
  });

  function namesBelow(root: string): string[] {
    return readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  }

  test.each([
    '../outside.yaml',
    '/etc/outside.yaml',
    'a/../../outside.yaml',
    'a/./b',
    '',
    'a//b',
    'a\\..\\b',
    'C:/b',
    '.git/hooks/pre-commit',
    'a/.GIT/config',
    'a\nb',
    'a\0b',
    '~/.profile',
    'con',
    'a/nul.txt',
    'x'.repeat(300),
  ])('the path %j', (path) => {
    const root = aProject();
    expect(replaceFile(root, path, 'new\n')).toMatchObject([
      { rule: 'output-path', severity: 'error', fix: "Name a file below the project's folder." },
    ]);
    expect(treeOf(root)).toEqual({ 'notes.txt': 'mine' });
  });
});

describe('what a killed run left', () => {
  test('is removed by the next run, even when there is nothing to write', () => {
    const root = aProject('same\n');
    const folder = join(root, 'inventories/evidence');
    writeFileSync(join(folder, temporaryName(deadProcess())), 'ha');
    writeFileSync(join(folder, temporaryName(process.pid)), 'ha');
    const old = join(folder, temporaryName(1, 'another-host'));
    writeFileSync(old, 'ha');
    utimesSync(old, 1, 1);
    expect(replaceFile(root, FILE, 'same\n')).toEqual([]);
    expect(readdirSync(folder)).toEqual(['gateway-health.yaml']);
  });

  test('is distinguished from the files of a live run, another machine or a person', () => {
    const root = aProject('old\n');
    const folder = join(root, 'inventories/evidence');
    const names = [
      temporaryName(process.ppid),
      temporaryName(deadProcess(), 'another-host'),
      '.toolbox-new-mine',
      '.gitkeep',
    ];
    names.forEach((name) => writeFileSync(join(folder, name), ''));
    mkdirSync(join(folder, temporaryName(deadProcess()).replace('0123', '9999')));
    expect(replaceFile(root, FILE, 'new\n')).toEqual([]);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(names));
    expect(readdirSync(folder)).toHaveLength(names.length + 2);
  });
});

const OLD = `${'old\n'.repeat(50)}`;
const NEW = `${'new text\n'.repeat(50)}`;

describe.each([['replaced', OLD], ['made', undefined]])('a file that is %s', (_, old) => {
  const before = old === undefined ? {} : { [FILE]: old };
  const steps = (fault: string): number => (run(fault, NEW, [aProject(old), Infinity]) as Run[])[0].count;
  const seen = (root: string): Record<string, string> => {
    return Object.fromEntries(
      Object.entries(treeOf(root)).filter(
        ([path]) => path !== 'notes.txt' && !path.endsWith('/') && !path.includes('.toolbox-new-'),
      ),
    );
  };

  test('is the old one or the new one when the run is killed at any write, or in the middle of one', () => {
    const count = steps('none');
    expect(count).toBeGreaterThan(5);
    const states = { old: 0, fresh: 0 };
    for (let at = 1; at <= count; at++) {
      const root = aProject(old);
      expect(run('kill', NEW, [root, at])).toBe('killed');
      const isNew = JSON.stringify(seen(root)) === JSON.stringify({ [FILE]: NEW });
      expect({ at, files: seen(root) }).toEqual({ at, files: isNew ? { [FILE]: NEW } : before });
      states[isNew ? 'fresh' : 'old'] += 1;

      expect(replaceFile(root, FILE, NEW)).toEqual([]);
      expect(treeOf(root)).toEqual({ 'notes.txt': 'mine', [FILE]: NEW });
    }
    expect(states.old).toBeGreaterThan(3);
    expect(states.fresh).toBeGreaterThan(0);
  });

  test.each([
    ['ENOSPC', /the disk is full \(ENOSPC\)/],
    ['EACCES', /permission denied \(EACCES\)/],
    ['EPERM', /permission denied \(EPERM\)/],
    ['EROFS', /the file system is read-only \(EROFS\)/],
    ['EMFILE', /too many files are open \(EMFILE\)/],
    ['EIO', /the disk does not answer \(EIO\)/],
    ['EMFILE:once', /too many files are open \(EMFILE\)/],
    ['EIO:once', /the disk does not answer \(EIO\)/],
  ])(
    'is as it was when the disk misbehaves (%s) at any call, or the message says that it is new',
    (fault, sentence) => {
      const places = Array.from({ length: steps(fault) }, (__, index): [string, number] => [aProject(old), index + 1]);
      const results = run(fault, NEW, ...places) as Run[];
      results.forEach(({ findings }, index) => {
        const [root, at] = places[index];
        const isNew =
          findings.length === 0 ||
          findings[0].message.startsWith(`"${FILE}" was replaced, but the disk does not confirm it: `);
        expect({ at, files: seen(root) }).toEqual({ at, files: isNew ? { [FILE]: NEW } : before });
        for (const finding of findings) {
          expect(finding).toMatchObject({
            rule: 'output-system',
            severity: 'error',
            message: expect.stringMatching(sentence),
          });
        }
        expect(replaceFile(root, FILE, NEW)).toEqual([]);
        expect(treeOf(root)).toEqual({ 'notes.txt': 'mine', [FILE]: NEW });
      });
      expect(results.filter(({ findings }) => findings.length > 0).length).toBeGreaterThan(0);
    },
  );
});

test('a full disk leaves neither half a file nor a folder behind', () => {
  const root = aProject();
  const [{ findings }] = run('ENOSPC', NEW, [root, 4]) as Run[];
  expect(findings).toMatchObject([
    { rule: 'output-system', message: `"${FILE}" could not be written and is as it was: the disk is full (ENOSPC).` },
  ]);
  expect(treeOf(root)).toEqual({ 'notes.txt': 'mine' });
});

test('of many writers at once the last one wins, and the file is never half', async () => {
  const root = aProject('old\n');
  const texts = Array.from({ length: 4 }, (_, index) => `writer ${index}\n`.repeat(2000));
  const writers = texts.map((text) =>
    spawn(process.execPath, [
      SCRIPT,
      'none',
      FILE,
      text,
      ...Array.from({ length: 40 }, () => [root, 'Infinity']).flat(),
    ]),
  );
  let running = writers.length;
  const ended = writers.map((writer) => new Promise<number | null>((resolve) => writer.once('close', (code) => {
    running -= 1;
    resolve(code);
  })));
  const whole = new Set(['old\n', ...texts]);
  while (running > 0) {
    expect(whole.has(readFileSync(join(root, FILE), 'utf8'))).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await Promise.all(ended)).toEqual([0, 0, 0, 0]);
  expect(readdirSync(join(root, 'inventories/evidence'))).toEqual(['gateway-health.yaml']);
  expect(texts).toContain(readFileSync(join(root, FILE), 'utf8'));
});
