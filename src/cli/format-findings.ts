import { Finding, Severity } from '../model/finding';
import { printable } from '../util/printable';

export interface FormatOptions {
  /**
   * Colours for a terminal.
   *
   * @default false
   */
  readonly color?: boolean;
  /**
   * Also show each waived finding with its reason.
   *
   * @default false - waived findings are only counted
   */
  readonly waived?: boolean;
}

const PLAIN = { error: '', warning: '', waived: '', dim: '', end: '' };
const COLORED: typeof PLAIN = {
  error: '\u001b[31m',
  warning: '\u001b[33m',
  waived: '\u001b[36m',
  dim: '\u001b[2m',
  end: '\u001b[39;22m',
};

/**
 * Findings as text for people: errors first, then warnings, then what was waived, and a closing line with the counts.
 */
export function formatFindings(findings: readonly Finding[], options: FormatOptions = {}): string {
  const groups = grouped(findings);
  if (findings.length === 0) { return ''; }
  const paint = options.color ? COLORED : PLAIN;
  const shown = [...groups.error, ...groups.warning, ...(options.waived ? groups.waived : [])];
  return shown.map((finding) => `${formatFinding(finding, paint)}\n\n`).join('') + `${closingLine(groups)}\n`;
}

function grouped(findings: readonly Finding[]) {
  const open = findings.filter((finding) => finding.waived === undefined);
  return {
    error: open.filter((finding) => finding.severity === Severity.ERROR),
    warning: open.filter((finding) => finding.severity === Severity.WARNING),
    waived: findings.filter((finding) => finding.waived !== undefined),
  };
}

function formatFinding(finding: Finding, paint: typeof PLAIN): string {
  const kind = finding.waived === undefined ? finding.severity : 'waived';
  const head = [
    `${paint[kind]}${kind}${paint.end} ${printable(finding.rule)}`,
    finding.path && printable(finding.path),
    place(finding),
  ];
  return [
    head.filter((part) => part).join('  '),
    indented(finding.message),
    ...(finding.waived === undefined ? [] : [indented(`waived: ${finding.waived}`)]),
    ...(finding.fix === '' ? [] : [`${paint.dim}${indented(`fix: ${finding.fix}`)}${paint.end}`]),
  ].join('\n');
}

function place({ location }: Finding): string {
  if (location === undefined) { return ''; }
  return printable(
    [location.file, location.line, ...(location.column === undefined ? [] : [location.column])].join(':'),
  );
}

/** A message may have several lines, for example a part of a file. */
function indented(text: string): string {
  return text.split('\n').map((line) => `  ${printable(line)}`).join('\n');
}

function closingLine(groups: ReturnType<typeof grouped>): string {
  const counts = [count(groups.error.length, 'error'), count(groups.warning.length, 'warning')];
  return [...counts, ...(groups.waived.length === 0 ? [] : [`${groups.waived.length} waived`])].join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
