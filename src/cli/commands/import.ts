import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import { replaceFile } from '../../assembly/replace-file';
import { ComposeError } from '../../import/compose/compose-error';
import { parseEnvFile } from '../../import/compose/env-file';
import { importCompose, ImportedFile, ImportResult } from '../../import/import-compose';
import { countRows, keyText, reportRows } from '../../import/report';
import { Finding } from '../../model/finding';
import { hasErrors } from '../../model/rule-facts';
import { importFinding } from '../../rules/reported/import';
import { UsageError } from '../../util/errors';
import { printable } from '../../util/printable';
import { Arguments } from '../arguments';
import { Command } from '../command';
import { printFindings, printJson } from '../session';
import { ExitCode, Terminal } from '../terminal';

const DESCRIPTION = `Turns compose files into a model: src/main.ts, inventories/versions.yaml, toolbox.json,
.env.local.example, and IMPORT.md with what became of each key. Several files are merged
as Compose merges them. Values of secrets go to .env.local, which is never committed.

The model is run and its compose file compared with the source, key by key. The exit code
is 1 if they differ in more than IMPORT.md lists. Neither Docker nor a network is needed.

  toolbox import docker-compose.yml
  toolbox import compose.yaml compose.override.yaml --check`;

/** `toolbox import` */
export const importCommand: Command = {
  description: DESCRIPTION,
  options: {
    check: { type: 'boolean', help: 'Report only, write nothing' },
    force: { type: 'boolean', help: 'Replace files that exist; .env.local always stays' },
  },
  operands: { usage: 'FILE…', least: 1, most: 64 },
  run(args, terminal, operands) {
    return Promise.resolve(runImport(args, terminal, operands));
  },
};

function runImport(args: Arguments, terminal: Terminal, operands: readonly string[]): ExitCode {
  const root = process.cwd();
  const result = read(operands.map((operand) => withinFolder(operand, root)), root);
  if (!('files' in result)) {
    return report(undefined, result, [], args, terminal);
  }
  const isCheck = args.check === true;
  const existing = isCheck || args.force === true ? [] : existingFiles(result.files, root);
  const written = isCheck || existing.length > 0 ? { paths: [], findings: [] } : write(result.files, root);
  const findings = [
    ...result.findings,
    ...result.differences.filter(({ reason }) => reason === undefined).map(unexpected),
  ];
  return report(result, [...existing, ...findings, ...written.findings], written.paths, args, terminal);
}

function read(files: readonly string[], root: string): ImportResult | Finding[] {
  try {
    const env = join(root, posix.dirname(files[0]), '.env');
    const environment = existsSync(env) && statSync(env).isFile() ? parseEnvFile(readFileSync(env, 'utf8')) : undefined;
    return importCompose({ files, root, environment });
  } catch (error) {
    if (error instanceof ComposeError) {
      return error.problems.map(({ message, location }) => importFinding('import-source', message, { location }));
    }
    throw error;
  }
}

function withinFolder(operand: string, root: string): string {
  const path = relative(root, resolve(root, operand)).split(sep).join('/');
  if (path.startsWith('..') || posix.isAbsolute(path)) {
    throw new UsageError(`"${operand}" is outside of this folder. Run the import in a folder above it.`);
  }
  return path;
}

function existingFiles(files: readonly ImportedFile[], root: string): Finding[] {
  return files.filter(({ path, isSecret }) => isSecret !== true && existsSync(join(root, path)))
    .map(({ path }) => importFinding('import-existing', `"${path}" exists.`));
}

/** Writes the files. Values that a person already keeps stay. */
function write(files: readonly ImportedFile[], root: string): { paths: string[]; findings: Finding[] } {
  const paths: string[] = [];
  const findings: Finding[] = [];
  for (const { path, content, isSecret } of [...files, ...ignored(files, root)]) {
    if (isSecret === true && existsSync(join(root, path))) {
      continue;
    }
    const problems = replaceFile(root, path, content, isSecret === true ? 0o600 : undefined);
    findings.push(...problems);
    if (problems.length === 0) {
      paths.push(path);
    }
  }
  return { paths, findings };
}

/** The list of files that git leaves alone, if secrets have to be added to it. */
function ignored(files: readonly ImportedFile[], root: string): ImportedFile[] {
  const path = join(root, '.gitignore');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const missing = files.filter((one) => one.isSecret === true && !text.split(/\r?\n/).includes(one.path)
    && !text.split(/\r?\n/).includes(`/${one.path}`));
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return missing.length === 0
    ? []
    : [{ path: '.gitignore', content: `${start}${missing.map((one) => `${one.path}\n`).join('')}` }];
}

function unexpected({ path }: ImportResult['differences'][number]): Finding {
  return importFinding('import-difference', `The generated compose file differs at ${keyText(path)}.`);
}

function report(
  result: ImportResult | undefined,
  findings: readonly Finding[],
  written: readonly string[],
  args: Arguments,
  terminal: Terminal,
): ExitCode {
  const rows = reportRows(result?.entries ?? []);
  const onPurpose = (result?.differences ?? []).filter(({ reason }) => reason !== undefined);
  if (args.json === true) {
    printJson({
      schemaVersion: 1,
      keys: rows,
      differentOnPurpose: onPurpose.map(({ path, reason }) => ({ key: keyText(path), reason })),
      findings,
      written,
    }, terminal);
  } else {
    printFindings(findings, args, terminal);
    if (args.quiet !== true && rows.length > 0) {
      terminal.out(summary(rows, written));
    }
  }
  return hasErrors(findings) ? ExitCode.FINDINGS : ExitCode.SUCCESS;
}

function summary(rows: ReturnType<typeof reportRows>, written: readonly string[]): string {
  const counts = Object.entries(countRows(rows)).filter(([, count]) => count > 0);
  return [
    ...written.map((path) => `wrote ${printable(path)}`),
    `${rows.length} keys: ${counts.map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`,
    ...written.length === 0 ? [] : ['next: read IMPORT.md, then run "npx toolbox-constructs synth"'],
    '',
  ].join('\n');
}
