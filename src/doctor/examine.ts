import { Examination, Result } from './examination';
import { ExaminerEntry, examiners } from './examiners';
import { printable } from '../util/printable';

/** A result, with the name of the check that gave it. */
export interface NamedResult extends Result {
  readonly name: string;
}

const MOST_SECONDS = 30;
/** More of what a program says helps nobody. */
const MOST_CHARACTERS = 300;

/**
 * Makes checks side by side; results come in the order of the checks.
 *
 * @param named whether a person asked for these: then one that has nothing to look at says so.
 */
export async function examine(names: readonly string[], examination: Examination, named: boolean): Promise<NamedResult[]> {
  const results = await Promise.all(names.map((name) => examineOne(examiners[name], examination, named)));
  return results.flatMap((some, index) => some.map((result) => ({ name: names[index], ...harmless(result) })));
}

async function examineOne(entry: ExaminerEntry, examination: Examination, named: boolean): Promise<readonly Result[]> {
  if (entry.online && examination.offline) return [notChecked(entry, 'left out by --offline')];
  try {
    const results = await inTime(Promise.resolve(entry.load().examine(examination)));
    return results.length === 0 && named ? [notChecked(entry, 'the model asks for nothing of the kind')] : results;
  } catch (error) {
    return [notChecked(entry, `the check could not be made: ${(error as Error).message}`)];
  }
}

function notChecked({ summary }: ExaminerEntry, found: string): Result {
  return { subject: '', status: 'not-checked', found, asked: summary };
}

function inTime<T>(results: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took more than ${MOST_SECONDS} s`)), MOST_SECONDS * 1000);
  });
  return Promise.race([results, late]).finally(() => clearTimeout(timer));
}

/** Programs and servers may say anything: a terminal must not obey it. */
function harmless({ subject, status, found, asked, mend }: Result): Result {
  return { subject: shown(subject), status, found: shown(found), asked: shown(asked), ...(mend === undefined ? {} : { mend: shown(mend) }) };
}

function shown(text: string): string {
  return printable(text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text);
}
