import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { aProject, giveApp, put, removeFolders, toolbox, treeOf } from './support';

jest.setTimeout(60_000);
afterEach(removeFolders);

function written(): string {
  const root = aProject({ files: { 'a.yaml': 'one\ntwo', 'b.yaml': 'b' } });
  toolbox(root, 'synth');
  return root;
}

test('check is silent about what is as it should be, and ends well', () => {
  const root = written();
  expect(toolbox(root, 'check')).toEqual({ code: 0, out: 'dist: all 3 files match the model\n', err: '' });
  expect(toolbox(root, 'check', '--quiet')).toEqual({ code: 0, out: '', err: '' });
  expect(JSON.parse(toolbox(root, 'check', '--json').out)).toEqual({
    findings: [],
    changes: [],
    unread: [],
    drift: [],
    unchanged: 3,
  });
});

test('fails on a hand edit: prints a diff and the command that fixes it, and changes nothing', () => {
  const root = written();
  put(root, 'dist/a.yaml', 'one\n2\n');
  const before = treeOf(root);
  expect(toolbox(root, 'check')).toEqual({
    code: 1,
    err: '',
    out:
      [
        'changed: dist/a.yaml',
        '--- dist/a.yaml',
        '+++ dist/a.yaml',
        '@@ -1,2 +1,2 @@',
        ' one',
        '-2',
        '+two',
        '',
        '',
      ].join('\n') +
      'dist: 1 of 3 files differ from the model. Run "npx toolbox-constructs synth" and commit the result.\n',
  });
  expect(treeOf(root)).toEqual(before);
  expect(toolbox(root, 'check', '-q').out).toMatch(/^dist\/a.yaml\n/);
  expect(JSON.parse(toolbox(root, 'check', '--json').out)).toMatchObject({
    drift: [{ kind: 'changed', path: 'a.yaml', diff: expect.stringContaining('-2\n+two\n') }],
    unchanged: 2,
  });
});

test('fails when a file is missing, or no longer generated', () => {
  const root = written();
  rmSync(join(root, 'dist', 'a.yaml'));
  expect(toolbox(root, 'check').out).toContain('missing: dist/a.yaml\n');
  giveApp(root, { files: { 'b.yaml': 'b' } });
  put(root, 'dist/a.yaml', 'one\ntwo\n');
  expect(toolbox(root, 'check').out).toContain('no longer generated: dist/a.yaml\n');
});

test('files that are not ours are no drift', () => {
  const root = written();
  put(root, 'dist/notes.txt', 'mine');
  expect(toolbox(root, 'check').code).toBe(0);
});

test('fails without calling the files equal when something else is wrong', () => {
  const root = aProject();
  toolbox(root, 'synth');
  const manifest = readFileSync(join(root, 'dist/manifest.json'), 'utf8');
  put(root, 'dist/manifest.json', manifest.replace('  "files"', '  "incomplete": true,\n  "before": {},\n  "files"'));
  expect(toolbox(root, 'check')).toEqual({
    code: 1,
    out: expect.stringContaining('changed: dist/manifest.json'),
    err: expect.stringContaining('error output-interrupted'),
  });
});

test('fails on a model with errors, without comparing', () => {
  const root = aProject({ findings: [{ rule: 'x', severity: 'error', message: 'm', fix: 'n' }], files: {} });
  expect(toolbox(root, 'check')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('error x\n') });
});

test('diff shows what synth would change, and ends with 1 when there is anything', () => {
  const root = written();
  expect(toolbox(root, 'diff')).toEqual({ code: 0, out: '', err: '' });
  giveApp(root, { files: { 'a.yaml': 'one\ntwo\nthree', 'b.yaml': 'b' } });
  const { code, out } = toolbox(root, 'diff');
  expect(code).toBe(1);
  expect(out).toContain('@@ -1,2 +1,3 @@\n one\n two\n+three\n');
  expect(toolbox(root, 'diff', '--quiet').out).toBe('dist/a.yaml\ndist/manifest.json\n');
});
