import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { codeBlocks, compile, isExcerpt, readPage, ROOT } from './samples';

const readme = readPage('README.md');

/** The hand-written pages. */
const pages = new Map([
  'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md',
  ...fs.readdirSync(path.join(ROOT, 'docs')).map((name) => `docs/${name}`),
].map((page) => [page, readPage(page)]));

/** Returns the code blocks of README. */
function blocks(language: string): string[] {
  return codeBlocks(readme, language);
}

/** Runs `toolbox synth` on a model in a temporary project. */
function synth(model: string): { status: number | null; stderr: string; compose: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'toolbox-readme-'));
  try {
    fs.mkdirSync(path.join(folder, 'src'));
    const imported = model.replace('toolbox-constructs', path.join(ROOT, 'src/core'));
    fs.writeFileSync(path.join(folder, 'src/main.ts'), imported);
    const app = `node -r "${path.join(ROOT, 'bin/register.js')}" src/main.ts`;
    fs.writeFileSync(path.join(folder, 'toolbox.json'), JSON.stringify({ app, outdir: 'dist' }));
    const { status, stderr } = spawnSync('node', [path.join(ROOT, 'bin/toolbox'), 'synth'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const file = path.join(folder, 'dist/compose/docker-compose.draft.yml');
    return { status, stderr, compose: fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '' };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

describe('README', () => {
  test('stays short', () => {
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(10_240);
  });

  test('has samples that compile, unlike a wrong one', () => {
    const samples = blocks('ts');
    const modules = Object.fromEntries(samples.map((text, index) => [`test/sample-${index}.ts`, text]));
    const wrong = 'import { Service } from \'toolbox-constructs\';\nnew Service();';
    expect(samples.length).toBeGreaterThan(1);
    expect(compile({ ...modules, 'test/wrong.ts': wrong })).toEqual([
      expect.stringMatching('wrong.ts: Expected 3 arguments'),
    ]);
  });

  test('shows a model with its output', () => {
    const { status, stderr, compose } = synth(blocks('ts')[0]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(isExcerpt(blocks('yaml')[0], compose)).toBe(true);
    expect(isExcerpt(blocks('yaml')[0].replace('read_only: true', 'read_only: false'), compose)).toBe(false);
  });

  test('shows the finding that the model without its health check has', () => {
    const { status, stderr, compose } = synth(blocks('ts')[0].replace(/ {2}healthCheck: .*\n/, ''));
    expect({ status, compose }).toEqual({ status: 1, compose: '' });
    expect(stderr).toContain(blocks('text')[0]);
  });

  test('has a page that lists every rule as the command does', () => {
    const rules = JSON.parse(
      execFileSync('node', ['bin/toolbox', 'rules', '--json'], { cwd: ROOT, encoding: 'utf8' }),
    ) as { id: string; severity: string; waivable: boolean; title: string; fix: string }[];
    const rows = rules.map((rule) => `| \`${rule.id}\` | ${rule.severity}${rule.waivable ? ', waivable' : ''} | `);
    const listed = fs
      .readFileSync(path.join(ROOT, 'docs/rules.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(listed.map((line, index) => line.startsWith(rows[index]))).toEqual(rules.map(() => true));
  });

  test('names every command, and only commands and tasks that exist', () => {
    const help = execFileSync('node', ['bin/toolbox', '--help'], { cwd: ROOT, encoding: 'utf8' });
    const commands = [...help.matchAll(/^ {2}([a-z]+) {2,}/gm)].map((match) => match[1]);
    const tasks = Object.keys(
      (JSON.parse(fs.readFileSync(path.join(ROOT, '.projen/tasks.json'), 'utf8')) as { tasks: object }).tasks,
    );
    expect(
      commands.filter(
        (command) => !readme.includes(`toolbox-constructs ${command}`) && !readme.includes(`npx projen ${command}`),
      ),
    ).toEqual([]);
    for (const text of pages.values()) {
      expect(
        [...text.matchAll(/npx projen ([a-z:0-9-]+)/g)]
          .map((match) => match[1])
          .filter((task) => ![...tasks, 'new'].includes(task)),
      ).toEqual([]);
      expect(
        [...text.matchAll(/npx toolbox-constructs ([a-z]+)/g)]
          .map((match) => match[1])
          .filter((name) => !commands.includes(name)),
      ).toEqual([]);
    }
  });

  test('and the pages it leads to link to files that exist', () => {
    for (const [page, text] of pages) {
      const links = [...text.matchAll(/\]\(([^)#]+)\)/g)]
        .map((match) => match[1])
        .filter((link) => !link.includes('://'));
      expect({
        page,
        missing: links.filter((link) => !fs.existsSync(path.join(ROOT, path.dirname(page), link))),
      }).toEqual({ page, missing: [] });
    }
  });
});
