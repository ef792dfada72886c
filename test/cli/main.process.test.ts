import { spawnSync } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, aProject, put, removeFolders, ROOT, toolbox, TOOLBOX } from './support';

jest.setTimeout(60_000);
afterEach(removeFolders);

test('--version prints the version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(toolbox(aFolder(), '--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test('--help lists every command, and each command has its own', () => {
  const { code, out } = toolbox(aFolder(), '--help');
  expect(code).toBe(0);
  for (const command of ['synth', 'check', 'diff', 'plan', 'rules']) {
    expect(out).toContain(`  ${command}  `);
    const help = toolbox(aFolder(), command, '--help');
    expect(help).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining(`Usage: toolbox ${command} [OPTIONS]`),
    });
    expect(help.out).toContain('--json');
  }
  expect(toolbox(aFolder(), 'help', 'synth').out).toContain('Usage: toolbox synth');
});

test.each([
  [[], 'missing command.'],
  [['snyth'], 'unknown command "snyth". Did you mean "synth"?'],
  [['--jsno'], 'unknown option "--jsno".'],
  [['constructor'], 'unknown command "constructor".'],
  [['synth', '--jsno'], '"toolbox synth" has no option "--jsno". Did you mean "--json"?'],
  [['synth', '-x'], '"toolbox synth" has no option "-x".'],
  [['check', 'dist'], '"toolbox check" does not take the argument "dist".'],
  [['check', '--json=yes'], 'the option "--json" takes no value.'],
  [['check', '--timeout'], 'the option "--timeout" requires a value.'],
  [
    ['approve', '--by', '--json', '--reason', 'x'],
    'the option "--by" requires a value. If the value begins with a dash, write --by=--json',
  ],
  [['check', '--timeout=-1'], '--timeout must be a number of seconds up to one day, not "-1".'],
  [['check', '--timeout', 'soon'], '--timeout must be a number of seconds up to one day, not "soon".'],
])('fails with exit code 2 and one sentence on %j', (args, sentence) => {
  const { code, out, err } = toolbox(aProject(), ...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test('fails with exit code 2 where there is no project', () => {
  expect(toolbox(aFolder(), 'synth')).toMatchObject({ code: 2, err: expect.stringContaining('no toolbox.json in ') });
});

test.each([
  ['{\n  "app": "node app.js",\n}', /error project-file  toolbox\.json:3(:\d+)?\n/],
  ['[]', /The file must be a mapping, and is a list/],
  ['{"outdir":"dist"}', /`app` is missing.*\n.*fix: Add `app`, for example "node app.js"/],
  ['{"app":"node","outdir":""}', /`outdir` is empty/],
  ['{"app":"node","outdir":"../x"}', /is not a folder of the project/],
  ['{"app":"node","outdir":"/x"}', /is not a folder of the project/],
  ['{"app":"node","outdir":"C:/x"}', /is not a folder of the project/],
  ['{"app":"node \\"x","outdir":"dist"}', /a quote or backslash is not finished/],
  ['{"app":"a && b","outdir":"dist"}', /no shell runs it/],
  ['{"app":"node",\n"outdri":"dist"}', /toolbox\.json:2:1\n.*no key "outdri".*\n.*Did you mean `outdir`\?/],
])('fails on the project file %j', (text, sentence) => {
  const root = aFolder();
  put(root, 'toolbox.json', text);
  const { code, err } = toolbox(root, 'synth');
  expect(code).toBe(1);
  expect(err).toMatch(sentence);
});

test('fails with all that is wrong in the project file at once', () => {
  const root = aFolder();
  put(root, 'toolbox.json', '{\n  "app": 5,\n  "outdir": "../x",\n  "oudir": "x",\n  "name": "x"\n}');
  const { findings } = JSON.parse(toolbox(root, 'check', '--json').out) as {
    readonly findings: readonly { readonly location: { readonly line: number } }[];
  };
  expect(findings.map(({ location }) => location).sort((a, b) => a.line - b.line)).toEqual(
    [2, 3, 4, 5].map((line) => ({ file: 'toolbox.json', line, column: expect.any(Number) as number })),
  );
});

test('fails when what was asked for cannot be printed: it is told, without a stack', () => {
  const root = aProject();
  const { status, stderr } = spawnSync(process.execPath, [TOOLBOX, 'rules'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', openSync(join(root, 'app.js'), 'r'), 'pipe'],
  });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'toolbox: the output could not be printed: the system refused (EBADF).\n',
  });
});

test('what is wrong may go where nobody reads it', () => {
  const root = aProject({ findings: [{ rule: 'x', severity: 'warning', message: 'm', fix: 'n' }] });
  const { status, stdout } = spawnSync(process.execPath, [TOOLBOX, 'synth'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', openSync(join(root, 'app.js'), 'r')],
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('dist: 2 written') });
});

test('fails when the project file is a folder, and when its program is no name', () => {
  const root = aFolder();
  put(root, 'toolbox.json/x', '');
  expect(toolbox(root, 'synth')).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /^error project-file {2}toolbox\.json:1(?::\d+)?\n {2}toolbox\.json cannot be read: there is a folder in place of a file \(EISDIR\)\.\n/,
    ),
  });
  const other = aFolder();
  put(other, 'toolbox.json', JSON.stringify({ app: 'x'.repeat(1_000_000), outdir: 'dist' }));
  const { code, err } = toolbox(other, 'synth');
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringMatching(
      /^error app-start {2}toolbox\.json:1(?::\d+)?\n {2}The app's program "x{97}\.\.\." could not be started: .*\n/,
    ),
  });
});

test('fails without a stack where nobody thought of it, and with one when asked', () => {
  const root = aFolder();
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  put(root, 'toolbox.json', '{ "app": "node app.js", "outdir": "dist" }');
  put(
    root,
    'app.js',
    `require('fs').writeFileSync(process.env.TOOLBOX_ASSEMBLY, '{"schemaVersion":1,"source":"a","outdir":"dist","findings":[],"files":[],"plan":${deep}}');`,
  );
  expect(toolbox(root, 'plan')).toEqual({
    code: 1,
    out: '',
    err: 'toolbox: unexpected error: Maximum call stack size exceeded\n  Use --verbose for the stack trace.\n',
  });
  expect(toolbox(root, 'plan', '--verbose').err).toContain('    at ');
});

test('a double dash that a task runner passes on is ignored', () => {
  expect(toolbox(aProject(), 'synth', '--', '--json').out).toMatch(/^\{/);
});

test('plan prints the plan as JSON, and findings beside it', () => {
  const root = aProject({ findings: [{ rule: 'x', severity: 'warning', message: 'm', fix: 'n' }] });
  const { code, out, err } = toolbox(root, 'plan');
  expect({ code, plan: JSON.parse(out) as unknown }).toEqual({ code: 0, plan: { name: 'test' } });
  expect(err).toContain('warning x');
});

test('rules lists every rule with how to fix it', () => {
  const { code, out } = toolbox(aFolder(), 'rules', '--json');
  const rows = JSON.parse(out) as readonly { id: string; severity: string; title: string; fix: string }[];
  expect(code).toBe(0);
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['image-digest', 'output-foreign', 'app-failed']));
  expect(rows.map(({ id }) => id)).toEqual([...new Set(rows.map(({ id }) => id))].sort());
  expect(
    rows.filter(({ title, fix, severity }) => title === '' || fix === '' || !/^(error|warning)$/.test(severity)),
  ).toEqual([]);
  expect(toolbox(aFolder(), 'rules').out).toContain('image-digest (error, waivable)\n');
});

test('no command loads constructs, cdk8s, yaml, diff or TypeScript before it needs them', () => {
  const root = aProject();
  const all = [['--version'], ['--help'], ['synth'], ['check'], ['rules']];
  // sources that changed are compiled on the first run
  all.forEach((command) => void toolbox(root, ...command));
  put(
    root,
    'spy.js',
    'process.on("exit", () => console.error(Object.keys(require.cache).filter((file) => /node_modules/.test(file)).join("\\n")));',
  );
  process.env.NODE_OPTIONS = `--require=${join(root, 'spy.js')}`;
  try {
    for (const command of all) { expect(toolbox(root, ...command).err.trim()).toBe(''); }
  } finally {
    delete process.env.NODE_OPTIONS;
  }
});
