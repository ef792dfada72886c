import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, aProject, giveApp, put, removeFolders, toolbox, toolboxWith, treeOf } from './support';

jest.setTimeout(60_000);
afterEach(removeFolders);

const ERROR = {
  rule: 'image-digest',
  severity: 'error',
  path: 'garvis/ollama',
  location: { file: 'src/main.ts', line: 31 },
  message: 'No digest.',
  fix: 'Look it up.',
};

test('synth writes what the app hands over and says what it did', () => {
  const root = aProject({ files: { 'a.yaml': 'a', 'sub/b.md': 'b' } });
  expect(toolbox(root, 'synth')).toEqual({
    code: 0,
    err: '',
    out: 'wrote dist/a.yaml\nwrote dist/sub/b.md\nwrote dist/manifest.json\ndist: 3 written, 0 removed, 0 unchanged\n',
  });
  expect(Object.keys(treeOf(join(root, 'dist')))).toEqual(['a.yaml', 'manifest.json', 'sub/b.md']);
  giveApp(root, { files: { 'a.yaml': 'a' } });
  expect(toolbox(root, 'synth').out).toContain('removed dist/sub/b.md, which is no longer generated\n');
});

test('the project is found from a folder below it', () => {
  const root = aProject();
  put(root, 'deep/er/x', '');
  expect(toolbox(join(root, 'deep', 'er'), 'synth').code).toBe(0);
  expect(Object.keys(treeOf(join(root, 'dist')))).toEqual(['a.yaml', 'manifest.json']);
});

test('synth --json prints one object, whatever the app prints', () => {
  const root = aProject({ before: 'console.log("hello from the app")' });
  const { out, err } = toolbox(root, 'synth', '--json');
  expect(JSON.parse(out)).toEqual({ findings: [], written: ['a.yaml', 'manifest.json'], removed: [], unchanged: 0 });
  expect(err).toBe('hello from the app\n');
});

test('fails on a finding that is an error: it is printed, and nothing is written', () => {
  const root = aProject({ findings: [ERROR] });
  const { code, out, err } = toolbox(root, 'synth');
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: 'error image-digest  garvis/ollama  src/main.ts:31\n  No digest.\n  fix: Look it up.\n\n1 error, 0 warnings\n',
  });
  expect(Object.keys(treeOf(root))).toEqual(['app.js', 'toolbox.json']);
  expect(JSON.parse(toolbox(root, 'synth', '--json').out)).toMatchObject({ findings: [ERROR], written: [] });
});

test('warnings and waived findings do not stop it; waived ones are counted, and shown with --verbose', () => {
  const root = aProject({ findings: [{ ...ERROR, severity: 'warning' }, { ...ERROR, waived: 'because' }] });
  const { code, err } = toolbox(root, 'synth');
  expect(code).toBe(0);
  expect(err).toContain('0 errors, 1 warning, 1 waived\n');
  expect(err).not.toContain('because');
  expect(toolbox(root, 'synth', '--verbose').err).toContain('waived: because');
});

test('--quiet prints nothing when all is well', () => {
  expect(toolbox(aProject(), 'synth', '-q')).toEqual({ code: 0, out: '', err: '' });
});

test('a model with errors changes nothing, not even after an interrupted synth', () => {
  const root = aProject({ findings: [ERROR] });
  put(root, 'dist/manifest.json', '{\n  "incomplete": true,\n  "before": {},\n  "files": {}\n}\n');
  const before = treeOf(root);
  expect(toolbox(root, 'synth').code).toBe(1);
  expect(treeOf(root)).toEqual(before);
});

test('fails on a path from the app that leads out', () => {
  const root = aProject({ files: { '../evil.txt': 'x', 'ok.txt': 'x' } });
  const { code, err } = toolbox(root, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('error output-path\n  The path of the generated file "../evil.txt" has the part ".."');
  expect(Object.keys(treeOf(root))).toEqual(['app.js', 'toolbox.json']);
});

test('fails on an app that throws: message and place without a stack, and the stack with --verbose', () => {
  const root = aProject({
    before: 'function build() {\n  throw new TypeError("no such volume\\nsecond line");\n}\nbuild();',
  });
  const { code, err } = toolbox(root, 'synth');
  expect(code).toBe(1);
  expect(err).toBe(
    'error app-failed  app.js:2:9\n  The app failed (exit code 1): TypeError: no such volume\n  second '
      + 'line\n  fix: Fix the error in the app. Use --verbose for its full output.\n\n1 error, 0 warnings\n',
  );
  expect(toolbox(root, 'synth', '--verbose').err).toContain('    at build (');
});

test('fails on an app in another language', () => {
  const root = aProject();
  put(root, 'toolbox.json', JSON.stringify({ app: 'sh app.sh', outdir: 'dist' }));
  put(root, 'app.sh', 'echo "Traceback: python says no" >&2; exit 3');
  expect(toolbox(root, 'synth').err).toContain('The app failed (exit code 3): Traceback: python says no\n');
  put(root, 'app.sh', 'kill -9 $$');
  expect(toolbox(root, 'synth').err).toContain('The app failed (SIGKILL): It printed nothing.\n');
});

test('fails on an app that hands nothing over', () => {
  const root = aProject();
  writeFileSync(join(root, 'app.js'), '');
  expect(toolbox(root, 'synth')).toMatchObject({
    code: 1,
    err: expect.stringContaining(
      'error app-silent  toolbox.json:1:2\n  The app ended without a result: node app.js\n  fix: Call synth()',
    ),
  });
});

test('fails on an app that ends with an exit code, that throws later, or that throws what is no error', () => {
  const root = aProject({ before: 'console.error("giving up"); process.exit(3);' });
  expect(toolbox(root, 'synth')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^giving up\nerror app-failed {2}toolbox\.json:1(?::\d+)?\n {2}The app failed \(exit code 3\)/),
  });
  giveApp(root, { before: 'process.exitCode = 4;' });
  expect(toolbox(root, 'synth')).toMatchObject({ code: 1, err: expect.stringContaining('(exit code 4)') });
  giveApp(root, { before: 'setTimeout(() => { throw new Error("later"); }, 10);' });
  expect(toolbox(root, 'synth')).toMatchObject({
    code: 1,
    err: expect.stringContaining('app.js:1:26\n  The app failed (exit code 1): Error: later'),
  });
  giveApp(root, { before: 'Promise.reject(new Error("rejected"));' });
  expect(toolbox(root, 'synth')).toMatchObject({ code: 1, err: expect.stringContaining('Error: rejected') });
  giveApp(root, { before: 'throw "just text";' });
  expect(toolbox(root, 'synth')).toMatchObject({
    code: 1,
    err: expect.stringContaining(
      'error app-failed  toolbox.json:1:2\n  The app failed (exit code 1): Uncaught just text\n',
    ),
  });
  giveApp(root, { before: 'throw { code: 7 };' });
  expect(toolbox(root, 'synth')).toMatchObject({ code: 1, err: expect.stringContaining('Uncaught { code: 7 }\n') });
});

test('an app may end itself, do something later, and leave something running', () => {
  const root = aProject();
  writeFileSync(
    join(root, 'app.js'),
    `setInterval(() => {}, 1000);\nsetTimeout(() => {\n${readFileSync(join(root, 'app.js'), 'utf8')}\n`
      + 'process.exit(0);\n}, 10);',
  );
  expect(toolbox(root, 'synth')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('2 written') });
});

test.each(['node app.mjs', 'node --no-warnings app.mjs'])('an app may be an ES module (%s)', (app) => {
  const root = aProject();
  put(root, 'toolbox.json', JSON.stringify({ app, outdir: 'dist' }));
  put(root, 'app.mjs', 'import "./app.js"; await null;');
  expect(toolbox(root, 'synth')).toMatchObject({ code: 0, err: '' });
});

test('an app sees what it would see when run by node', () => {
  const root = aProject({
    before:
      'if (require.main !== module || process.argv[1] !== __filename || process.argv[2] !== "x" || '
        + 'process.cwd() !== __dirname) throw new Error(JSON.stringify([process.argv, process.cwd()]));',
  });
  put(root, 'toolbox.json', JSON.stringify({ app: 'node -r ./hook.js app.js x', outdir: 'dist' }));
  put(root, 'hook.js', 'globalThis.hooked = true;');
  put(root, 'deep/x', '');
  expect(toolbox(join(root, 'deep'), 'synth')).toMatchObject({ code: 0, err: '' });
});

test('fails on an app that Node cannot parse, at its line', () => {
  const root = aProject();
  writeFileSync(join(root, 'app.js'), '\nlet = ;;; (');
  expect(toolbox(root, 'synth')).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /^error app-failed {2}app\.js:2\n {2}The app failed \(exit code 1\): SyntaxError: Unexpected token ';'\n/,
    ),
  });
});

test.each([
  ['a folder', 'require("fs").mkdirSync(process.env.TOOLBOX_ASSEMBLY)'],
  ['a device', 'require("fs").symlinkSync("/dev/zero", process.env.TOOLBOX_ASSEMBLY)'],
  ['a pipe', 'require("child_process").execFileSync("mkfifo", [process.env.TOOLBOX_ASSEMBLY])'],
])('fails on an app that hands over %s', (_, code) => {
  const root = aProject();
  writeFileSync(join(root, 'app.js'), code);
  expect(toolbox(root, 'synth')).toMatchObject({
    code: 1,
    err: expect.stringContaining('error output-document  toolbox.json:1:2\n  The result of the app is not a file.\n'),
  });
});

test('fails on an app that hangs', () => {
  const root = aProject({ before: 'setInterval(() => {}, 1000);' });
  expect(toolbox(root, 'synth', '--timeout', '0.3')).toMatchObject({
    code: 1,
    err: expect.stringContaining('The app did not end within 0.3 s: node app.js'),
  });
});

test.each([
  ['a loop', 'for (;;);'],
  ['a loop that catches everything', 'for (;;) { try { throw 1; } catch { /* go on */ } }'],
  ['an expression that never ends', '/(a+)+$/.test("a".repeat(60) + "b");'],
  ['a loop after an await', '(async () => { await 0; for (;;); })();'],
  ['a loop in a timer', 'setTimeout(() => { for (;;); });'],
  ['a loop after the imports of a module', 'import("node:fs").then(() => { for (;;); });'],
])('fails on an app that never gives way: %s', (_, before) => {
  const root = aProject({ before });
  const { code, out, err } = toolbox(root, 'synth', '--timeout', '0.3');
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: expect.stringMatching(
      /^error app-timeout {2}toolbox\.json:1(?::\d+)?\n {2}The app did not end within 0\.3 s: node app\.js\n.*\n\n1 error, 0 warnings\n$/,
    ),
  });
  expect(JSON.parse(toolbox(root, 'check', '--timeout', '0.3', '--json').out)).toMatchObject({
    findings: [{ rule: 'app-timeout' }],
  });
  expect(Object.keys(treeOf(root))).not.toContain('dist');
});

test('an app that runs as a process of its own is ended with its children, even in the middle of a loop', () => {
  const root = aProject({
    before:
      'require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: '
        + '"inherit" }); for (;;);',
  });
  put(root, 'toolbox.json', JSON.stringify({ app: 'node --no-warnings app.js', outdir: 'dist' }));
  const begin = Date.now();
  expect(toolbox(root, 'synth', '--timeout', '1')).toMatchObject({
    code: 1,
    err: expect.stringContaining('The app did not end within 1 s'),
  });
  expect(Date.now() - begin).toBeLessThan(20_000);
});

test('a process that the app leaves behind does not hold the command up', () => {
  const root = aProject({
    before:
      'require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 20000)"], { stdio: '
        + '["ignore", "ignore", "inherit"], detached: true }).unref();',
  });
  put(root, 'toolbox.json', JSON.stringify({ app: 'node --no-warnings app.js', outdir: 'dist' }));
  const begin = Date.now();
  expect(toolbox(root, 'synth').code).toBe(0);
  expect(Date.now() - begin).toBeLessThan(15_000);
});

test.each([
  ['not-installed-anywhere x', 'The app\'s program "not-installed-anywhere" was not found.'],
  ['./app.txt', 'The app\'s program "./app.txt" may not be executed.'],
])('fails on the app %j with one sentence', (app, sentence) => {
  const root = aProject();
  put(root, 'toolbox.json', JSON.stringify({ app, outdir: 'dist' }));
  put(root, 'app.txt', '');
  expect(toolbox(root, 'synth')).toMatchObject({
    code: 1,
    err: expect.stringContaining(`error app-start  toolbox.json:1:2\n  ${sentence}\n`),
  });
});

test('fails on a document that cannot be used', () => {
  const root = aProject();
  writeFileSync(join(root, 'app.js'), 'require("fs").writeFileSync(process.env.TOOLBOX_ASSEMBLY, "[1]")');
  expect(toolbox(root, 'synth').err).toContain('error output-document  toolbox.json:1:2\n');
});

test('the app gets its words as they are, without a shell', () => {
  const root = aProject({ outdir: 'out' });
  put(root, 'toolbox.json', JSON.stringify({ app: 'node "my app.js" $HOME \'a  b\'', outdir: 'out' }));
  put(
    root,
    'my app.js',
    'if (process.argv.slice(2).join("|") !== "$HOME|a  b") throw new '
      + 'Error(process.argv.join("|"));\nrequire("./app.js");',
  );
  expect(toolbox(root, 'synth')).toMatchObject({ code: 0, err: '' });
  expect(Object.keys(treeOf(join(root, 'out')))).toEqual(['a.yaml', 'manifest.json']);
});

test('no scratch file is left behind, whatever happens', () => {
  const scratch = aFolder();
  const root = aProject({ findings: [ERROR] });
  toolboxWith({ TMPDIR: scratch }, root, 'synth');
  giveApp(root, { before: 'throw new Error()' });
  toolboxWith({ TMPDIR: scratch }, root, 'synth');
  expect(readdirSync(scratch)).toEqual([]);
  rmSync(scratch, { recursive: true });
});

test('fails when toolbox.json and the toolbox name different folders', () => {
  const root = aProject({ outdir: 'generated' });
  expect(toolbox(root, 'synth')).toMatchObject({
    code: 1,
    err: expect.stringContaining(
      'error project-file  toolbox.json:1:22\n  toolbox.json has the "outdir" "dist", and the toolbox has "generated"',
    ),
  });
  expect(toolbox(root, 'check').code).toBe(1);
  expect(treeOf(root)).not.toHaveProperty('dist');
});
