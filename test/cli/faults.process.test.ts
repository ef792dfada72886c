import { join } from 'node:path';
import { aProject, giveApp, removeFolders, ROOT, toolbox, toolboxWith, treeOf } from './support';

jest.setTimeout(300_000);
afterEach(removeFolders);

const DISK = JSON.stringify(join(ROOT, 'test', 'assembly', 'fixtures', 'faulty-disk.js'));
const OLD = { 'a.yaml': 'old', 'b/c.yaml': 'old', 'gone.yaml': 'old' };
const NEW = { 'a.yaml': 'new', 'b/c.yaml': 'new', 'd/e.yaml': 'new' };

/** A project that was generated once, and whose model has changed since. */
function aChangedProject(): string {
  const root = aProject({ files: OLD });
  expect(toolbox(root, 'synth').code).toBe(0);
  giveApp(root, { files: NEW });
  return root;
}

/** Runs synth; the app, which shares a process with the command, makes the disk misbehave. */
function synthOnFaultyDisk(root: string, fault: string, at: number) {
  const report =
    'process.on("exit", () => { disk.at = Infinity; require("fs").writeFileSync("calls", String(disk.count)); });';
  giveApp(root, {
    files: NEW,
    before: `const disk = require(${DISK}).misbehave(${JSON.stringify(fault)}); disk.at = ${at}; ${report}`,
  });
  const result = toolbox(root, 'synth');
  const calls = Number(treeOf(root).calls);
  giveApp(root, { files: NEW });
  return { ...result, calls };
}

function outputOf(root: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(treeOf(root)).filter(([path]) => path.startsWith('dist/') && !path.startsWith('dist/.toolbox-')),
  );
}

test.each([
  ['ENOSPC', 5],
  ['EACCES', 12],
  ['EROFS', 7],
  ['EMFILE', 9],
  ['EIO', 29],
  ['EIO:once', 23],
  ['kill', 9],
])(
  'synth with %s at calls of the disk leaves the old files or the new ones, says so in a sentence, and the next run is fine',
  (fault, step) => {
    const measured = aChangedProject();
    const before = outputOf(measured);
    const { calls, code } = synthOnFaultyDisk(measured, fault, Infinity);
    const after = outputOf(measured);
    expect(code).toBe(0);
    expect(calls).toBeGreaterThan(10);

    for (let at = 1; at <= calls; at += step) {
      const root = aChangedProject();
      const { code: ending, err } = synthOnFaultyDisk(root, fault, at);
      expect({ at, trace: /^ +at /m.exec(err) }).toEqual({ at, trace: null });
      if (ending === 0) {
        expect({ at, files: outputOf(root) }).toEqual({ at, files: after });
      }
      if (ending === 1) {
        expect({ at, err }).toEqual({
          at,
          err: expect.stringMatching(/^(error [a-z-]+\n {2}\S.*\n|toolbox: [a-z ,-]+ \([A-Z]+\): )/),
        });
      }
      expect([0, 1, null]).toContain(ending);
      if (err.includes('is as it was')) {
        expect({ at, files: outputOf(root) }).toEqual({ at, files: before });
      }

      expect({ at, ...toolbox(root, 'synth') }).toMatchObject({ at, code: 0, err: '' });
      expect(treeOf(root)).toMatchObject(after);
      expect(Object.keys(treeOf(root)).filter((path) => path.includes('.toolbox-'))).toEqual([]);
      expect(toolbox(root, 'check').code).toBe(0);
    }
  },
);

test('fails in a sentence where nothing temporary can be written', () => {
  const root = aChangedProject();
  const before = treeOf(root);
  const { code, err } = toolboxWith({ TMPDIR: join(root, 'nowhere') }, root, 'synth');
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringMatching(
      /^error output-system\n {2}No folder could be made in ".*\/nowhere", where temporary files belong: .* \(ENOENT\)\.\n/,
    ),
  });
  expect(treeOf(root)).toEqual(before);
});
