import { ExaminerEntry, examiners } from './checks';
import { Examination, Result } from './examination';
import { engineOf } from './machine/engine';
import { printable } from '../util/printable';

/** A result, with the name of the check that gave it. */
export interface NamedResult extends Result {
  readonly name: string;
}

/** Several programs, each with a time limit of its own, one after the other. */
const MOST_SECONDS = 120;
/** More of what a program prints helps no one. */
const MOST_CHARACTERS = 300;

/**
 * Makes checks concurrently; results come in the order of the checks.
 *
 * @param named whether a person named these checks: then one that has nothing to check says so.
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
    return [notChecked(entry, 'left out by --offline')];
  }
  try {
    const results = await inTime(look(entry, examination));
    return results.length === 0 && named ? [notChecked(entry, 'the model has nothing of the kind')] : results;
  } catch (error) {
    return [notChecked(entry, `the check could not be made: ${(error as Error).message}`)];
  }
}

async function look(entry: ExaminerEntry, examination: Examination): Promise<readonly Result[]> {
  const answer = entry.asks === 'engine' ? await engineOf(examination) : undefined;
  return answer?.kind === 'none'
    ? [notChecked(entry, `the engine could not be asked: ${answer.found}`)]
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

/** Programs and servers may print anything: a terminal must not obey it. */
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
