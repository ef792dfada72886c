import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { aFolder, files, put, removeFolders, SOURCE, treeOf } from './support';
import { checkOutput } from '../../src/assembly/check-output';
import { KeptFile } from '../../src/assembly/document';
import { sha256 } from '../../src/assembly/private/manifest';
import { writeOutput, WriteResult } from '../../src/assembly/write-output';

jest.setTimeout(120_000);
afterEach(removeFolders);

const SCRIPT = join(__dirname, 'fixtures', 'faulty-writer.js');
const APPROVED = 'compose/docker-compose.yml';
const KEPT: KeptFile[] = [{ path: APPROVED, digest: `sha256:${sha256('approved\n')}` }];
const options = { source: SOURCE, label: 'dist', kept: KEPT };
const OLD = files({ 'changed.yaml': 'old', 'deep/changed.json': '{"old":true}', 'gone/a.yaml': 'a' });
const NEW = files({ 'changed.yaml': 'new', 'deep/changed.json': '{"new":true}', 'fresh/er.yaml': 'fresh' });

const OBSTACLES: Readonly<Record<string, (path: string) => void>> = {
  'a link to a file outside': (path) => symlinkSync(join(rootOf(path), 'target.txt'), path),
  'a link to a folder outside': (path) => symlinkSync(join(rootOf(path), 'elsewhere'), path),
  'a link to nowhere': (path) => symlinkSync(join(rootOf(path), 'nowhere'), path),
  'a link to itself': (path) => symlinkSync(path, path),
  'an empty folder': (path) => mkdirSync(path),
  'a folder with a file of somebody': (path) => put(path, 'mine.txt', 'mine'),
  'a file of somebody': (path) => writeFileSync(path, 'mine'),
  'a named pipe': (path) => void spawnSync('mkfifo', [path]),
};

function rootOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/dist'));
}

function aProject(place: string, obstacle: string): string {
  const root = aFolder();
  const outdir = join(root, 'dist');
  writeOutput(outdir, files({ [APPROVED]: 'approved' }), { source: SOURCE });
  writeOutput(outdir, OLD, options);
  put(root, 'target.txt', 'untouched');
  put(root, 'elsewhere/mine.json', 'untouched');
  const path = join(outdir, place);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  OBSTACLES[obstacle](path);
  return root;
}

interface Given {
  readonly place: string;
  /** Undefined: the files are written, and the obstacle gave way or was no obstacle. */
  readonly rule?: string;
  readonly obstacles: readonly string[];
}

const ALL = Object.keys(OBSTACLES);
const LINKS = ALL.filter((name) => name.startsWith('a link'));
const FOLDERS = ['an empty folder', 'a folder with a file of somebody'];
const NO_FOLDER = ALL.filter((name) => !FOLDERS.includes(name));
const NO_FILE = [...FOLDERS, 'a named pipe'];
const FILE = ['a file of somebody'];
/** The name of a temporary file of a process that has ended. */
const TEMPORARY = `.toolbox-new-${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}-${process.pid}-`
  + '0123456789abcdef';

const MATRIX: readonly Given[] = [
  { place: 'changed.yaml', obstacles: [...LINKS, ...FILE] },
  { place: 'changed.yaml', obstacles: NO_FILE, rule: 'output-blocked' },
  { place: 'fresh/er.yaml', obstacles: LINKS },
  { place: 'fresh/er.yaml', obstacles: NO_FILE, rule: 'output-blocked' },
  { place: 'fresh/er.yaml', obstacles: FILE, rule: 'output-foreign' },
  ...['deep', 'fresh'].flatMap((place) => [
    { place, obstacles: FOLDERS },
    { place, obstacles: NO_FOLDER, rule: 'output-blocked' },
  ]),
  ...['gone', 'gone/a.yaml'].map((place) => ({ place, obstacles: ALL })),
  ...[APPROVED, 'compose'].map((place) => ({ place, obstacles: ALL, rule: 'output-approved' })),
  // without a manifest nothing says that files without a header are ours
  { place: 'manifest.json', obstacles: ALL, rule: 'output-foreign' },
  { place: '.toolbox-lock', obstacles: FILE },
  { place: '.toolbox-lock', obstacles: ALL.filter((name) => !FILE.includes(name)), rule: 'output-blocked' },
  { place: '.toolbox-lock.mine', obstacles: ALL },
  { place: TEMPORARY, obstacles: ALL },
];

/** In a process of its own, which can be ended when it waits for a pipe. */
function write(root: string): WriteResult {
  const given = join(aFolder(), 'given.json');
  writeFileSync(given, JSON.stringify({ files: NEW, kept: KEPT }));
  const { stdout, stderr, signal } = spawnSync(
    process.execPath,
    [SCRIPT, 'none', given, join(root, 'dist'), 'Infinity'],
    { encoding: 'utf8', timeout: 30_000, killSignal: 'SIGKILL' },
  );
  expect({ stderr, signal }).toEqual({ stderr: '', signal: null });
  return (JSON.parse(stdout) as { result: WriteResult }[])[0].result;
}

describe.each(MATRIX.flatMap(({ place, rule, obstacles }) => obstacles.map((obstacle) => ({ obstacle, place, rule }))))(
  '$obstacle at $place',
  ({ obstacle, place, rule }) => {
    test(rule === undefined ? 'gives way, or is left alone' : `fails with ${rule} and stays as it is`, () => {
      const root = aProject(place, obstacle);
      const before = treeOf(root);
      checkOutput(join(root, 'dist'), NEW, options);
      expect(treeOf(root)).toEqual(before);

      const { findings } = write(root);
      const after = treeOf(root);
      const errors = findings.filter(({ severity }) => severity === 'error');
      expect(after).toMatchObject({ 'target.txt': 'untouched', 'elsewhere/mine.json': 'untouched' });
      if (rule === undefined) {
        expect(errors).toEqual([]);
        expect(after).toMatchObject(Object.fromEntries(NEW.map(({ path, content }) => [`dist/${path}`, content])));
        expect(Object.keys(after).filter((path) => path.endsWith('/.toolbox-lock'))).toEqual([]);
      } else {
        expect(errors.map((finding) => finding.rule)).toContain(rule);
        expect(errors.map(({ message }) => message).join('\n')).not.toMatch(/the system refused/);
        expect(after).toEqual(before);
      }
      const others = (tree: Record<string, string>): string[] =>
        Object.keys(tree)
          .filter((path) => !path.startsWith('dist/'))
          .sort();
      expect(others(after)).toEqual(others(before));
    });
  },
);

describe('in place of the output folder', () => {
  test.each([
    ['a link to a file outside', 'output-blocked', '"dist" is not a folder.'],
    ['a link to nowhere', 'output-blocked', '"dist" is a symbolic link that leads nowhere.'],
    ['a link to itself', 'output-blocked', '"dist" is a symbolic link that leads nowhere.'],
    ['a file of somebody', 'output-blocked', '"dist" is not a folder.'],
    ['a named pipe', 'output-blocked', '"dist" is not a folder.'],
  ])('fails: %s', (obstacle, rule, message) => {
    const root = aFolder();
    put(root, 'target.txt', 'untouched');
    OBSTACLES[obstacle](join(root, 'dist'));
    const before = treeOf(root);
    expect(writeOutput(join(root, 'dist'), NEW, { source: SOURCE, label: 'dist' }).findings).toMatchObject([
      { rule, message },
    ]);
    expect(treeOf(root)).toEqual(before);
  });
});
