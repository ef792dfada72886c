import { Outcome } from './examination';
import { NamedResult } from './examine';
import { Style, styled } from '../util/styled';

const WORDS: Readonly<Record<Outcome, string>> = {
  'ok': 'ok',
  'warning': 'warning',
  'failure': 'failure',
  'not-checked': 'not checked',
};
const STYLES: Readonly<Record<Outcome, Style>> = {
  'ok': 'green',
  'warning': 'yellow',
  'failure': 'red',
  'not-checked': 'cyan',
};

/** Formats results as a table. Results that are not ok are followed by the expectation and the fix. */
export function formatResults(results: readonly NamedResult[], color: boolean): string {
  const width = Math.max(0, ...results.map(({ name }) => name.length));
  const lines = results.flatMap((result) => [headLine(result, width, color), ...restLines(result, width)]);
  return lines.map((line) => `${line}\n`).join('');
}

/** Formats the number of results per outcome. */
export function summaryLine(results: readonly NamedResult[]): string {
  const kinds: readonly Outcome[] = ['ok', 'warning', 'failure', 'not-checked'];
  const counts = kinds.map((kind) => `${results.filter(({ status }) => status === kind).length} ${WORDS[kind]}`);
  return `${counts.join(', ')}\n`;
}

function headLine({ name, subject, status, found }: NamedResult, width: number, color: boolean): string {
  const word = WORDS[status].padEnd(MARGIN);
  const what = subject === '' ? found : `${subject}: ${found}`;
  return `${styled(word, STYLES[status], color)}  ${name.padEnd(width)}  ${what}`;
}

const MARGIN = WORDS['not-checked'].length;

function restLines({ status, expected, fix }: NamedResult, width: number): string[] {
  if (status === 'ok') {
    return [];
  }
  const margin = ' '.repeat(MARGIN + width + 4);
  const [first, ...more] = fix?.split('\n') ?? [];
  return [
    `${margin}expected: ${expected}`,
    ...(first === undefined ? [] : [`${margin}fix: ${first}`]),
    ...more.map((line) => `${margin}     ${line}`),
  ];
}
