import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, put } from '../assembly/support';

export { aFolder, files, put, removeFolders, treeOf } from '../assembly/support';

export const ROOT = join(__dirname, '..', '..');
export const TOOLBOX = join(ROOT, 'bin', 'toolbox');

export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What the app of a test hands over; the rest is filled in. */
export interface Given {
  readonly files?: Readonly<Record<string, string>>;
  readonly findings?: readonly object[];
  /** Script that runs first. */
  readonly before?: string;
  readonly plan?: object;
  /** Where the model expects its files to be. */
  readonly outdir?: string;
}

/** A project whose app hands over what is given, without any library: a model may be written in any language. */
export function aProject(given: Given = {}): string {
  const root = aFolder();
  put(root, 'toolbox.json', JSON.stringify({ app: 'node app.js', outdir: 'dist' }));
  giveApp(root, given);
  return root;
}

export function giveApp(
  root: string,
  { files = { 'a.yaml': 'a' }, findings = [], before = '', outdir = 'dist', plan = { name: 'test' } }: Given,
): void {
  const document = {
    schemaVersion: 1,
    source: 'app.js',
    outdir,
    plan,
    findings,
    files: Object.entries(files).map(([path, text]) => ({ path, content: `${text}\n` })),
  };
  writeFileSync(
    join(root, 'app.js'),
    `${before}\nrequire('fs').writeFileSync(process.env.TOOLBOX_ASSEMBLY, ${JSON.stringify(JSON.stringify(document))});\n`,
  );
}

/** Runs the command as a person does. */
export function toolbox(cwd: string, ...args: readonly string[]): Result {
  return toolboxWith({}, cwd, ...args);
}

export function toolboxWith(env: NodeJS.ProcessEnv, cwd: string, ...args: readonly string[]): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOLBOX, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 60_000,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Runs a TypeScript file of a project with the register hook. */
export function runTypeScript(cwd: string, file: string, env: NodeJS.ProcessEnv = {}): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', join(ROOT, 'bin', 'register.js'), file], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

