import { ExplainedCheck, Explanation, FileState } from '../../explain/explanation';
import { SourceLocation } from '../../model/finding';
import { printable } from '../../util/printable';
import { styled } from '../../util/styled';

type Row = readonly [label: string, ...cells: string[]];

/** Formats an explanation for people. */
export function formatExplanation(explanation: Explanation, color: boolean): string {
  const { file, line, at, text, state } = explanation;
  const head = [
    styled(printable([`${file}:${line}`, at].join('  ').trim()), 'bold', color),
    `  ${printable(text.trim())}`,
    ...notes(file, state),
    '',
  ];
  return [...head, ...table(rowsOf(explanation)), ''].join('\n');
}

const NOTES: Readonly<Record<FileState, string>> = {
  'current': '',
  'differs':
    'differs from what the model gives now; lines are those of the file. '
    + '"npx toolbox-constructs diff" shows what differs.',
  'approved-before': 'stays as approved until the next approval; the model may have changed since.',
  'not-given': 'is not given by the model at this stage.',
  'not-known': 'may differ from what the model gives: the model has errors. "npx toolbox-constructs check" lists them.',
};

function notes(file: string, state: FileState): string[] {
  return NOTES[state] === '' ? [] : ['', `  ${printable(file)} ${NOTES[state]}`];
}

const STATES: Readonly<Record<ExplainedCheck['state'], string>> = {
  'to-verify': 'to verify',
  'verified': 'verified',
  'failed': 'failed',
  'stale': 'stale: what it covers has changed',
};

function rowsOf({ constructs, pins, checks, rules, waivers, overrides, fidelity }: Explanation): Row[] {
  return [
    ...constructs.map(({ path, kind, location }): Row => [kind, path, place(location)]),
    ...pins.map(({ component, version, status, location }): Row => [
      'pin',
      `${component} ${version ?? ''}${status === 'undecided' ? ' (undecided)' : ''}`,
      place(location),
    ]),
    ...checks.map(({ name, state, location }): Row => [
      'check',
      name,
      location === undefined ? STATES[state] : `${STATES[state]}, ${place(location)}`,
    ]),
    ...overrides.map(({ construct, at, reason }): Row => ['override', `${at} of ${construct}`, reason]),
    ...fidelity.map(({ target, fact, verdict, reason }): Row => [
      target,
      fact,
      `${verdict === 'left-out' ? 'left out' : verdict}: ${reason}`,
    ]),
    ...rules.map(({ id, severity, waivable, title }): Row => [
      'rule',
      id,
      `${title} (${severity}${waivable ? ', waivable' : ''})`,
    ]),
    ...waivers.map(({ path, rule, reason, location }): Row => [
      'waiver',
      path,
      `waives ${rule}, ${place(location)}: ${reason}`,
    ]),
  ];
}

function place(location: SourceLocation | undefined): string {
  return location === undefined ? 'the app does not report where' : `${location.file}:${location.line}`;
}

function table(rows: readonly Row[]): string[] {
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => printable(row[column]).length)));
  return rows.map(([label, name, rest]) =>
    `${printable(label).padEnd(widths[0])}  ${printable(name).padEnd(widths[1])}  ${printable(rest)}`.trimEnd(),
  );
}
