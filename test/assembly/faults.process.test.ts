import { spawnSync } from 'node:child_process';
import fs, { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, files, put, removeFolders, SOURCE, treeOf } from './support';
import { checkOutput } from '../../src/assembly/check-output';
import { KeptFile } from '../../src/assembly/document';
import { sha256 } from '../../src/assembly/private/manifest';
import { writeOutput, WriteResult } from '../../src/assembly/write-output';

jest.setTimeout(300_000);
beforeAll(() => void jest.spyOn(fs, 'fsyncSync').mockImplementation(() => undefined));
afterEach(removeFolders);

const SCRIPT = join(__dirname, 'fixtures', 'faulty-writer.js');
const APPROVED = 'compose/docker-compose.yml';
const KEPT: KeptFile[] = [{ path: APPROVED, digest: `sha256:${sha256('approved\n')}` }];
const options = { source: SOURCE, label: 'dist', kept: KEPT };
const OLD = files({
  'same.yaml': 'same',
  'changed.yaml': 'old',
  'gone/a.yaml': 'a',
  'turns': 'file',
  'flat/x': 'x',
  'compose/docker-compose.draft.yml': 'old',
});
const NEW = files({
  'same.yaml': 'same',
  'changed.yaml': 'new',
  'fresh/er/c.yaml': 'c',
  'turns/into': 'folder',
  'flat': 'file',
  'link.yaml': 'no link',
  'compose/docker-compose.draft.yml': 'new',
});

/** A project with an approved file, a foreign file, and a link in place of a generated file. */
function aProject(): string {
  const root = aFolder();
  const outdir = join(root, 'dist');
  writeOutput(outdir, files({ [APPROVED]: 'approved' }), { source: SOURCE });
  writeOutput(outdir, OLD, options);
  put(outdir, 'notes.txt', 'mine');
  put(root, 'target.txt', 'untouched');
  symlinkSync('../target.txt', join(outdir, 'link.yaml'));
  return root;
}

interface Run {
  readonly count: number;
  readonly result: WriteResult;
}

function run(fault: string, ...runs: readonly (readonly [root: string, at: number])[]): Run[] {
  const given = join(aFolder(), 'given.json');
  writeFileSync(given, JSON.stringify({ files: NEW, kept: KEPT }));
  const args = [SCRIPT, fault, given, ...runs.flatMap(([root, at]) => [join(root, 'dist'), String(at)])];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (stderr !== '') { throw new Error(stderr); }
  return JSON.parse(stdout) as Run[];
}

/** A temporary file or the lock may stay when it cannot be removed; the next run removes it. */
function withoutLeftovers(tree: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.startsWith('dist/.toolbox-')));
}

/** Every generated file has its old or its new text, and other files are as they were. */
function expectWholeFiles(tree: Record<string, string>, before: Record<string, string>, after: Record<string, string>) {
  for (const [path, text] of Object.entries(withoutLeftovers(tree))) {
    if (path !== 'dist/manifest.json' && !path.endsWith('/')) { expect([before[path], after[path]]).toContain(text); }
  }
  for (const path of ['target.txt', 'dist/notes.txt', `dist/${APPROVED}`]) { expect(tree[path]).toBe(before[path]); }
}

const AS_IT_WAS = 'could not be written and is as it was';
const WRITTEN = 'was written, but the disk does not confirm it';
const PARTIAL = 'was written only in part, and the next synth completes it';

const SENTENCES: readonly (readonly [fault: string, reason: string])[] = [
  ['ENOSPC', 'the disk is full'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['EMFILE', 'too many files are open'],
  ['EIO', 'the disk does not answer'],
];

describe.each(
  SENTENCES.flatMap(([code, reason]) => [
    [code, code, reason],
    [`${code}:once`, code, reason],
  ]),
)('%s at any call of the disk', (fault, code, reason) => {
  test('leaves whole files, reports the state of the folder, and the next synth completes it', () => {
    const before = treeOf(aProject());
    const measured = aProject();
    const [{ count }] = run(fault, [measured, Infinity]);
    const after = treeOf(measured);
    const places = Array.from({ length: count }, (_, index): [string, number] => [aProject(), index + 1]);
    const results = run(fault, ...places);
    expect(count).toBeGreaterThan(10);
    const states = new Set<string>();

    results.forEach(({ result: { findings, written } }, index) => {
      const [root, at] = places[index];
      const tree = treeOf(root);
      expectWholeFiles(tree, before, after);
      if (findings.length === 0) {
        // the fault came when everything was written, or had a fallback
        expect({ at, tree: withoutLeftovers(tree) }).toEqual({ at, tree: after });
      } else {
        expect({ at, findings, written }).toEqual({
          at,
          findings: [
            expect.objectContaining({
              rule: 'output-system',
              message: expect.stringMatching(`: ${reason} \\(${code}\\)\\.$`),
            }),
          ],
          written: [],
        });
        const [, state] = /^"dist" (.*): /.exec(findings[0].message) ?? [];
        expect([AS_IT_WAS, WRITTEN, PARTIAL]).toContain(state);
        states.add(state);
        const { findings: checked } = checkOutput(join(root, 'dist'), NEW, options);
        expect(checked.map(({ rule }) => rule)).toEqual(state === PARTIAL ? ['output-interrupted'] : []);
        if (state !== PARTIAL) {
          expect({ at, tree: withoutLeftovers(tree) }).toEqual({ at, tree: state === WRITTEN ? after : before });
        }
        // a full disk still lets temporary files be removed
        if (code === 'ENOSPC') { expect({ at, tree }).toEqual({ at, tree: withoutLeftovers(tree) }); }
      }
      expect(writeOutput(join(root, 'dist'), NEW, options).findings).toEqual([]);
      expect({ at, tree: treeOf(root) }).toEqual({ at, tree: after });
    });
    expect(states).toContain(AS_IT_WAS);
    expect(results.filter(({ result }) => result.findings.length > 0).length).toBeGreaterThan(5);
  });
});
