import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as ts from 'typescript';

const ROOT = path.resolve(__dirname, '..');
const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');

/** Code blocks of one language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]);
}

/** The model of this repository with what the first ten minutes add to it, word for word. */
function withOwnService(): string {
  const [, names] = /add `([A-Za-z, ]+)` to the names that are\s+imported/.exec(readme)!;
  const model = fs.readFileSync(path.join(ROOT, 'src/main.ts'), 'utf8');
  return model.replace('import {', `import { ${names},`).replace('garvis.synth();', `${blocks('ts')[0]}\ngarvis.synth();`);
}

/** What `toolbox synth` says of a model in a project of its own. */
function synth(model: string): { status: number | null; stderr: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'toolbox-readme-'));
  try {
    fs.mkdirSync(path.join(folder, 'src'));
    fs.mkdirSync(path.join(folder, 'test'));
    ['inventories', 'containers', 'bin', 'test/e2e'].forEach((name) => fs.symlinkSync(path.join(ROOT, name), path.join(folder, name)));
    fs.writeFileSync(path.join(folder, 'src/main.ts'), model.replace('./core', path.join(ROOT, 'src/core')));
    fs.writeFileSync(path.join(folder, 'toolbox.json'), JSON.stringify({ app: `node -r "${path.join(ROOT, 'bin/register.js')}" src/main.ts`, outdir: 'dist' }));
    return spawnSync('node', [path.join(ROOT, 'bin/toolbox'), 'synth'], { cwd: folder, encoding: 'utf8' });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What the compiler has against modules, by their path. */
function compile(modules: Readonly<Record<string, string>>): string[] {
  const files = new Map(Object.entries(modules).map(([name, text]) => [path.join(ROOT, name), text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    types: ['node'],
    ignoreDeprecations: '6.0',
    paths: { 'toolbox-constructs': [path.join(ROOT, 'src/core')] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, language) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, language) : ts.createSourceFile(name, text, language);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host))
    .map((one) => `${one.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`);
}

describe('README', () => {
  test('has samples that compile, held against one that does not', () => {
    const [, ...samples] = blocks('ts');
    const modules = Object.fromEntries(samples.map((text, index) => [`test/sample-${index}.ts`, text]));
    const wrong = 'import { Service } from \'toolbox-constructs\';\nnew Service();';
    const problems = compile({ ...modules, 'src/own-service.ts': withOwnService(), 'test/wrong.ts': wrong });
    expect(samples.length).toBeGreaterThan(0);
    expect(problems).toEqual([expect.stringMatching('wrong.ts: Expected 3 arguments')]);
  }, 120_000);

  test('has a service to add that the model takes, and the finding that comes without its health tools', () => {
    const model = withOwnService();
    expect(synth(model)).toMatchObject({ status: 0, stderr: expect.stringContaining('0 errors') });
    const { status, stderr } = synth(model.replace('    healthTools: [\'curl\'],\n', ''));
    const withoutLine = (text: string): string => text.replace(/main\.ts:\d+/, 'main.ts');
    expect(status).toBe(1);
    expect(withoutLine(stderr)).toContain(withoutLine(blocks('text').find((block) => block.startsWith('error'))!));
  }, 60_000);

  test('names a pin that goes with the others and one that does not', () => {
    const pin = (version: string): string => withOwnService().replace('Versions.fromFile(\'inventories/versions.yaml\')', 'Versions.fromText(text, \'inventories/versions.yaml\')')
      .replace('const garvis', `const text = require('fs').readFileSync('inventories/versions.yaml', 'utf8').replace(/0\\.42\\.0/, '${version}');\nconst garvis`);
    const [kept, refused] = [...readme.matchAll(/`'(0\.\d+\.\d+)'`/g)].map((match) => match[1]);
    expect(synth(pin(kept))).toMatchObject({ status: 0 });
    expect(synth(pin(refused))).toMatchObject({ status: 1, stderr: expect.stringContaining('error codex-compatibility  garvis/codex-cli') });
  }, 60_000);

  test('has a page that lists every rule as the command does', () => {
    const rules = JSON.parse(execFileSync('node', ['bin/toolbox', 'rules', '--json'], { cwd: ROOT, encoding: 'utf8' })) as
      { id: string; severity: string; waivable: boolean; title: string; mend: string }[];
    const rows = rules.map((rule) => `| \`${rule.id}\` | ${rule.severity}${rule.waivable ? ', waivable' : ''} | `);
    const listed = fs.readFileSync(path.join(ROOT, 'docs/rules.md'), 'utf8').split('\n').filter((line) => line.startsWith('| `'));
    expect(listed.map((line, index) => line.startsWith(rows[index]))).toEqual(rules.map(() => true));
  });

  test('names every command and task that there is', () => {
    for (const command of ['synth', 'check', 'diff', 'plan', 'rules', 'doctor', 'explain']) {
      expect(readme).toContain(`toolbox ${command}`);
    }
    const tasks = Object.keys((JSON.parse(fs.readFileSync(path.join(ROOT, '.projen/tasks.json'), 'utf8')) as { tasks: object }).tasks);
    for (const [, task] of readme.matchAll(/npx projen ([a-z:0-9-]+)/g)) {
      expect([...tasks, 'new', 'TASK']).toContain(task);
    }
  });

  test('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]).filter((link) => !link.includes('://'));
    expect(links.filter((link) => !fs.existsSync(path.join(ROOT, link)))).toEqual([]);
  });
});
