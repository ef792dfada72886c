import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ComposeError } from '../../../src/import/compose/compose-error';
import { importCompose, ImportResult } from '../../../src/import/import-compose';
import { Outcome } from '../../../src/import/ledger';
import { keyText } from '../../../src/import/report';

/** Files of the corpus that keep their meaning. Two include files that the corpus does not have. */
const LEAST = 38;

/** What came of one file. */
interface Row {
  readonly file: string;
  readonly milliseconds: number;
  readonly problems: readonly string[];
  readonly values: number;
  readonly overrides: number;
}

/** Imports every compose file of a folder, each in an empty project, and prints a table. */
function main(folder: string): void {
  const rows = readdirSync(folder).sort().map((file) => importFile(file, readFileSync(join(folder, file), 'utf8')));
  for (const { file, milliseconds, values, overrides, problems } of rows) {
    const state = problems.length === 0 ? 'ok  ' : 'FAIL';
    process.stdout.write(`${state} ${file}: ${values} values, ${overrides} overridden, ${milliseconds} ms\n`);
    problems.forEach((one) => process.stdout.write(`       ${one}\n`));
  }
  const good = rows.filter(({ problems }) => problems.length === 0).length;
  const total = (amount: (row: Row) => number): number => rows.reduce((sum, row) => sum + amount(row), 0);
  process.stdout.write(
    `${good} of ${rows.length} files keep their meaning without errors (at least ${LEAST}); `
      + `${total(({ values }) => values)} values, ${total(({ overrides }) => overrides)} as overrides\n`,
  );
  process.exitCode = good >= LEAST ? 0 : 1;
}

function importFile(file: string, text: string): Row {
  const root = mkdtempSync(join(tmpdir(), 'toolbox-import-'));
  writeFileSync(join(root, file), text);
  process.chdir(root);
  const start = Date.now();
  try {
    const result = importCompose({ files: [file], root });
    const overrides = result.entries.filter(({ outcome }) => outcome === Outcome.OVERRIDE).length;
    const problems = problemsOf(result);
    return { file, milliseconds: Date.now() - start, values: result.entries.length, overrides, problems };
  } catch (error) {
    const problem = error instanceof ComposeError ? error.message : `crash: ${String((error as Error).stack)}`;
    return { file, milliseconds: Date.now() - start, values: 0, overrides: 0, problems: [problem] };
  }
}

function problemsOf({ findings, differences, files, entries }: ImportResult): string[] {
  const page = files.find(({ path }) => path === 'IMPORT.md')!.content;
  const keys = new Set(entries.flatMap(({ path: [, , key] }) => (typeof key === 'string' ? [keyText([key])] : [])));
  return [
    ...findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined)
      .map(({ rule, path, message }) => `${rule} at ${path}: ${message}`),
    ...differences.filter(({ reason }) => reason === undefined).map(({ path }) => `differs: ${keyText(path)}`),
    ...[...keys].filter((key) => !page.includes(key)).map((key) => `IMPORT.md lacks ${key}`),
  ];
}

main(resolve(process.argv[2]));
