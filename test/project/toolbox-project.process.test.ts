import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { renderProjenInitOptions } from 'projen/lib/javascript/render-options';
import { synthSnapshot } from 'projen/lib/util/synth';
import { ToolboxProject, ToolboxProjectOptions } from '../../src/project/toolbox-project';

/** Every file of a new project, by its path. */
function filesOf(options: Partial<ToolboxProjectOptions> = {}): Record<string, any> {
  return inScratch(() => synthSnapshot(new ToolboxProject({ name: 'mine', ...options })));
}

function inScratch<T>(work: () => T): T {
  // projen writes to the working folder, and removes it afterwards, wherever a checkout is below the folder for
  // temporary files
  const checkout = process.cwd();
  process.chdir(fs.mkdtempSync(path.join(os.tmpdir(), 'toolbox-project-')));
  try {
    return work();
  } finally {
    process.chdir(checkout);
  }
}

describe('project type', () => {
  test('has a model, its inventory, a test, and the commands as tasks', () => {
    const files = filesOf();
    expect(Object.keys(files)).toEqual(expect.arrayContaining([
      'toolbox.json', 'src/main.ts', 'src/toolbox.ts', 'test/toolbox.test.ts', 'inventories/versions.yaml', 'README.md',
    ]));
    expect(files['toolbox.json']).toEqual({
      app: 'node -r toolbox-constructs/bin/register src/main.ts',
      outdir: 'dist',
    });
    expect(files['.projen/tasks.json'].tasks).toMatchObject({
      synth: {},
      check: {},
      diff: {},
      verify: {},
      status: {},
      approve: {},
    });
  });

  test('runs tasks with the programs of its packages, without asking npx where they are', () => {
    const { env } = filesOf()['.projen/tasks.json'];
    expect(env.PATH).not.toContain('npx');
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'toolbox task path-')));
    const program = path.join(folder, 'node_modules', '.bin', 'only-here');
    fs.mkdirSync(path.dirname(program), { recursive: true });
    fs.writeFileSync(program, '#!/bin/sh\necho "ran with $# arguments"\n', { mode: 0o755 });
    fs.mkdirSync(path.join(folder, '.projen'));
    fs.writeFileSync(
      path.join(folder, '.projen', 'tasks.json'),
      JSON.stringify({ env, tasks: { ask: { name: 'ask', steps: [{ exec: 'only-here a' }] } } }),
    );
    const runner = require.resolve('projen/lib/run-task.cjs');
    expect(execFileSync(process.execPath, [runner, 'ask'], { cwd: folder, encoding: 'utf8' })).toContain(
      'ran with 1 arguments',
    );
  });

  test('has its own README, not the one of projen', () => {
    expect(filesOf()['README.md']).toContain('npx projen synth');
  });

  test('has its definition when projen new makes it, so that it can be changed later', () => {
    const options = { name: 'mine', toolboxdir: 'generated' };
    // projen knows the types of its own packages and of installed ones only: any stands for this one
    const handedOn = renderProjenInitOptions(
      'projen.typescript.TypeScriptAppProject',
      options,
    ) as ToolboxProjectOptions;
    const files = inScratch(() => synthSnapshot(new ToolboxProject(handedOn)));
    expect(files['.projenrc.ts']).toContain('project.synth()');
  });

  test.each([
    '',
    '../x',
    '/x',
    'a/../b',
    './x',
    '.hidden',
    'C:\\x',
    "a'b",
    'src',
    'lib/x',
    'build',
    'node_modules',
    'test',
    'inventories',
  ])('fails with the output folder %j', (toolboxdir) => {
    expect(() => filesOf({ toolboxdir })).toThrow(`toolboxdir ${JSON.stringify(toolboxdir)}`);
  });

  test('names one output folder everywhere', () => {
    const files = filesOf({ toolboxdir: 'generated' });
    expect(files['toolbox.json'].outdir).toBe('generated');
    expect(files['.gitignore']).toContain('!/generated/');
    expect(files['src/toolbox.ts']).toContain('outdir: \'generated\'');
  });

  test('commits what is generated and keeps secrets out', () => {
    expect(filesOf()['.gitignore'].split('\n')).toEqual(
      expect.arrayContaining(['!/dist/', '.env.local', '/dist/compose/.env', '/dist/.toolbox-*', '.toolbox-new-*']),
    );
    expect(filesOf()['.gitattributes']).toMatch(/\/dist\/\*\* .*text eol=lf/);
  });

  test('depends on the library as it was given: by name, by version or as an archive', () => {
    const wanted = (devDeps?: string[]): string =>
      filesOf({ devDeps })['package.json'].dependencies['toolbox-constructs'];
    expect(wanted()).toBe('*');
    expect(wanted(['toolbox-constructs@1.2.3'])).toBe('1.2.3');
    expect(wanted([path.join('/elsewhere', 'library.tgz')])).toBe('file:/elsewhere/library.tgz');
    expect(filesOf({ devDeps: ['toolbox-constructs', 'left-pad'] })['package.json'].devDependencies).toHaveProperty(
      'left-pad',
    );
  });
});
