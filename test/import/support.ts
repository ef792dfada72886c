import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { importCompose, ImportResult } from '../../src/import/import-compose';
import { Finding } from '../../src/model/finding';

/** Runs something in a folder of its own that holds some files. */
export function inProject<T>(files: Readonly<Record<string, string>>, work: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'toolbox-import-'));
  const before = process.cwd();
  const leave = (): void => {
    process.chdir(before);
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  process.chdir(root);
  const result = work(root);
  if (result instanceof Promise) {
    return result.finally(leave) as T;
  }
  leave();
  return result;
}

/** Imports a compose file with this text, beside other files. */
export function importText(
  text: string,
  { name = 'compose.yaml', ...files }: Readonly<Record<string, string>> = {},
): ImportResult {
  return inProject({ ...files, [name]: text }, (root) => importCompose({ files: [name], root }));
}

/** What keeps a result from being used. */
export function problemsOf({ findings, differences }: ImportResult): string[] {
  return [
    ...errorsOf(findings).map(({ rule, path, message }) => `${rule} ${path}: ${message}`),
    ...differences.filter(({ reason }) => reason === undefined).map(({ path }) => path.join('.')),
  ];
}

export function errorsOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined);
}

/** Content of a file that an import makes. */
export function fileOf({ files }: ImportResult, path: string): string {
  return files.find((one) => one.path === path)!.content;
}
