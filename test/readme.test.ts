import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

const ROOT = path.resolve(__dirname, '..');
const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');

/** Code blocks of one language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]);
}

/** What the compiler has against samples, each a module of its own. */
function compile(samples: readonly string[]): string[] {
  const files = new Map(samples.map((text, index) => [path.join(ROOT, 'test', `sample-${index}.ts`), text]));
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
    const samples = blocks('ts');
    const problems = compile([...samples, 'import { Service } from \'toolbox-constructs\';\nnew Service();']);
    expect(samples.length).toBeGreaterThan(1);
    expect(problems).toEqual([expect.stringMatching(`sample-${samples.length}.ts: Expected 3 arguments`)]);
  }, 120_000);

  test('lists every rule as the command does', () => {
    const rules = JSON.parse(execFileSync('node', ['bin/toolbox', 'rules', '--json'], { cwd: ROOT, encoding: 'utf8' })) as
      { id: string; severity: string; waivable: boolean; title: string; mend: string }[];
    const rows = rules.map((rule) => `| \`${rule.id}\` | ${rule.severity}${rule.waivable ? ', can be waived' : ''} | ${rule.title} | ${rule.mend} |`);
    expect(readme.split('\n').filter((line) => /^\| `[a-z-]+` \| (error|warning)/.test(line))).toEqual(rows);
  });

  test('names every command and task that there is', () => {
    for (const command of ['synth', 'check', 'diff', 'plan', 'rules']) {
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
