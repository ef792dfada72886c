import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { SynthDocument } from './document';
import { Finding, Severity } from '../model/finding';
import { outputFinding } from '../rules/reported/output';
import { printable } from '../util/printable';
import { judgeFiles, pathProblem } from './private/output-path';

/** More than any toolbox needs, less than what would fill the memory. */
const MAX_BYTES = 256 * 1024 * 1024;

/** A document that can be used, or what is wrong with it. */
export type ReadResult =
  | { readonly document: SynthDocument; readonly findings: readonly Finding[] }
  | { readonly document?: undefined; readonly findings: readonly Finding[] };

/**
 * Reads what an app handed over. It is input from outside: nothing in it is believed before it was looked at.
 *
 * @param file the file that was passed to the app.
 * @throws the system's error when the file cannot be read.
 */
export function readDocument(file: string): ReadResult {
  const { text, problem: unread } = readLimited(file);
  if (unread !== undefined) { return refused(unread); }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('What the app handed over is not JSON.');
  }
  const problem = problemOf(value);
  if (problem !== undefined) { return refused(`What the app handed over cannot be used: ${printable(problem)}.`); }
  const document = value as SynthDocument;
  return { document, findings: judgeFiles(document.files) };
}

type Reading =
  { readonly text: string; readonly problem?: undefined } | { readonly text?: undefined; readonly problem: string };

function readLimited(file: string): Reading {
  // a named pipe would otherwise wait for a writer for ever
  const handle = openSync(file, constants.O_RDONLY + (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) { return { problem: 'What the app handed over is not a file.' }; }
    if (stats.size > MAX_BYTES) { return { problem: `The app handed over more than ${MAX_BYTES / 1024 / 1024} MiB.` }; }
    return { text: readFileSync(handle, 'utf8') };
  } finally {
    closeSync(handle);
  }
}

function refused(message: string): ReadResult {
  return { findings: [outputFinding('output-document', message)] };
}

function problemOf(value: unknown): string | undefined {
  if (!isObject(value)) { return 'it is not an object'; }
  if (value.schemaVersion !== 1) {
    return `"schemaVersion" is ${JSON.stringify(value.schemaVersion) ?? 'missing'}, this command knows 1`;
  }
  if (!isText(value.source) || value.source === '') { return '"source" is not a path'; }
  if (!isText(value.outdir) || value.outdir === '') { return '"outdir" is not a path'; }
  if (!('plan' in value)) { return '"plan" is missing'; }
  return listProblem('findings', value.findings, findingProblem)
    ?? listProblem('files', value.files, fileProblem)
    ?? (value.kept === undefined ? undefined : listProblem('kept', value.kept, keptProblem))
    ?? sourcesProblem(value.sources);
}

function listProblem(
  name: string,
  list: unknown,
  itemProblem: (item: unknown) => string | undefined,
): string | undefined {
  if (!Array.isArray(list)) {
    return `"${name}" is not a list`;
  }
  for (const [index, item] of list.entries()) {
    const problem = itemProblem(item);
    if (problem !== undefined) {
      return `"${name}[${index}]" ${problem}`;
    }
  }
  return undefined;
}

function findingProblem(value: unknown): string | undefined {
  if (!isObject(value)) { return 'is not an object'; }
  const wrong = ['rule', 'message', 'fix'].find((key) => typeof value[key] !== 'string');
  if (wrong !== undefined) { return `has no text "${wrong}"`; }
  if (value.severity !== Severity.ERROR && value.severity !== Severity.WARNING) {
    return 'has a "severity" that is neither "error" nor "warning"';
  }
  const odd = ['path', 'waived'].find((key) => value[key] !== undefined && typeof value[key] !== 'string');
  if (odd !== undefined) { return `has a "${odd}" that is not a text`; }
  return value.location === undefined || isLocation(value.location)
    ? undefined
    : 'has a "location" without "file" and "line"';
}

function isLocation(value: unknown): boolean {
  const isCount = (count: unknown) => Number.isSafeInteger(count) && Number(count) >= 0;
  return (
    isObject(value) &&
    typeof value.file === 'string' &&
    isCount(value.line) &&
    (value.column === undefined || isCount(value.column))
  );
}

function fileProblem(value: unknown): string | undefined {
  if (!isObject(value)) { return 'is not an object'; }
  if (typeof value.path !== 'string') { return 'has no text "path"'; }
  return typeof value.content === 'string' ? undefined : 'has no text "content"';
}

function keptProblem(value: unknown): string | undefined {
  if (!isObject(value)) { return 'is not an object'; }
  if (typeof value.path !== 'string' || pathProblem(value.path) !== undefined) { return 'has no safe "path"'; }
  return typeof value.digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(value.digest) ? undefined : 'has no "digest"';
}

function sourcesProblem(value: unknown): string | undefined {
  return value === undefined || (isObject(value) && Object.values(value).every(isLocation))
    ? undefined
    : '"sources" is not a map of places';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && printable(value) === value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
