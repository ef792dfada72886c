import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { SynthDocument } from './document';
import { Finding } from '../model/finding';
import { outputFinding } from '../rules/reported/output-folder';
import { isUnprintable, printable } from '../util/printable';
import { schemaProblems, Validator } from '../util/schema-problems';
import { judgeFiles, pathProblem } from './private/output-path';
import { lazy } from '../util/lazy';

/** More than any toolbox needs, less than what would fill the memory. */
const MAX_BYTES = 256 * 1024 * 1024;

/** A document that can be used, or what is wrong with it. */
export type ReadResult =
  | { readonly document: SynthDocument; readonly findings: readonly Finding[] }
  | { readonly document?: undefined; readonly findings: readonly Finding[] };

/**
 * Reads the result of an app. It comes from outside: its schema and its paths are checked before it is used.
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
    return refused('The result of the app is not JSON.');
  }
  const document = value as SynthDocument;
  const problem = schemaProblems(validate(), value)[0]?.message ?? unsafePath(document);
  if (problem !== undefined) {
    return refused(`The result of the app cannot be used. ${printable(problem)}`);
  }
  return { document, findings: judgeFiles(document.files) };
}

type Reading =
  { readonly text: string; readonly problem?: undefined } | { readonly text?: undefined; readonly problem: string };

function readLimited(file: string): Reading {
  // a named pipe would otherwise wait for a writer for ever
  const handle = openSync(file, constants.O_RDONLY + (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) { return { problem: 'The result of the app is not a file.' }; }
    if (stats.size > MAX_BYTES) {
      return { problem: `The result of the app has more than ${MAX_BYTES / 1024 / 1024} MiB.` };
    }
    return { text: readFileSync(handle, 'utf8') };
  } finally {
    closeSync(handle);
  }
}

function refused(message: string): ReadResult {
  return { findings: [outputFinding('output-document', message)] };
}

/** Finds what a schema cannot: paths with control characters, and paths that leave the output folder. */
function unsafePath({ source, outdir, kept = [] }: SynthDocument): string | undefined {
  const unprintable = Object.entries({ source, outdir }).find(([, path]) => isUnprintable(path));
  if (unprintable !== undefined) {
    return `\`${unprintable[0]}\` has a control or invisible character.`;
  }
  const index = kept.findIndex(({ path }) => pathProblem(path) !== undefined);
  return index < 0 ? undefined : `\`kept[${index}].path\` ${pathProblem(kept[index].path)}.`;
}

const validate = lazy(
  () => (require('./private/validators') as { readonly validateDocument: Validator }).validateDocument,
);
