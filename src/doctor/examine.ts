import { ExaminerEntry, examiners } from './checks';
import { Examination, Result } from './examination';
import { engineOf } from './machine/engine';
import { printable } from '../util/printable';

/** A result with the name of its check. */
export interface NamedResult extends Result {
  readonly name: string;
}

/** Timeout of a check in seconds: several programs with their own timeouts, one after another. */
const MOST_SECONDS = 120;
/** Maximum number of characters shown. */
const MOST_CHARACTERS = 300;

/**
 * Runs checks concurrently. Results are in the order of the checks.
 *
 * @param named whether the checks were named on the command line; then checks without results are reported
 */
export async function examine(
  names: readonly string[],
  examination: Examination,
  named: boolean,
): Promise<NamedResult[]> {
  const results = await Promise.all(names.map((name) => examineOne(examiners[name], examination, named)));
  return results.flatMap((some, index) => some.map((result) => ({ name: names[index], ...harmless(result) })));
}

async function examineOne(entry: ExaminerEntry, examination: Examination, named: boolean): Promise<readonly Result[]> {
  if (entry.asks !== 'nothing' && examination.props.offline) {
    return [notChecked(entry, 'skipped by --offline')];
  }
  try {
    const results = await inTime(look(entry, examination));
    return results.length === 0 && named ? [notChecked(entry, 'the model has nothing to check')] : results;
  } catch (error) {
    return [notChecked(entry, `the check failed to run: ${(error as Error).message}`)];
  }
}

async function look(entry: ExaminerEntry, examination: Examination): Promise<readonly Result[]> {
  const answer = entry.asks === 'engine' ? await engineOf(examination) : undefined;
  return answer?.kind === 'none'
    ? [notChecked(entry, `the engine is not available: ${answer.found}`)]
    : entry.load().examine(examination);
}

function notChecked({ summary }: ExaminerEntry, found: string): Result {
  return { subject: '', status: 'not-checked', found, expected: summary };
}

function inTime<T>(results: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took more than ${MOST_SECONDS} s`)), MOST_SECONDS * 1000);
  });
  return Promise.race([results, late]).finally(() => clearTimeout(timer));
}

/** Escapes control characters in untrusted output. */
function harmless({ subject, status, found, expected, fix }: Result): Result {
  const lines = fix?.split('\n').map(printable).join('\n');
  return {
    subject: shown(subject),
    status,
    found: shown(found),
    expected: shown(expected),
    ...(lines === undefined ? {} : { fix: lines }),
  };
}

function shown(text: string): string {
  return printable(text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text);
}
