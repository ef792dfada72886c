import { Finding, Severity } from '../model/finding';
import { printable } from '../util/printable';
import { styled } from '../util/styled';

export interface FormatOptions {
  /**
   * Whether to use colors.
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

const STYLES = { error: 'red', warning: 'yellow', waived: 'cyan' } as const;

/**
 * Findings as text for people: errors first, then warnings, then what was waived, and a closing line with the counts.
 */
export function formatFindings(findings: readonly Finding[], options: FormatOptions = {}): string {
  const groups = grouped(findings);
  if (findings.length === 0) { return ''; }
  const shown = [...groups.error, ...groups.warning, ...(options.waived ? groups.waived : [])];
  return (
    shown.map((finding) => `${formatFinding(finding, options.color === true)}\n\n`).join('') +
    `${closingLine(groups)}\n`
  );
}

function grouped(findings: readonly Finding[]) {
  const open = findings.filter((finding) => finding.waived === undefined);
  return {
    error: open.filter((finding) => finding.severity === Severity.ERROR),
    warning: open.filter((finding) => finding.severity === Severity.WARNING),
    waived: findings.filter((finding) => finding.waived !== undefined),
  };
}

function formatFinding(finding: Finding, color: boolean): string {
  const kind = finding.waived === undefined ? finding.severity : 'waived';
  const head = [
    `${styled(kind, STYLES[kind], color)} ${printable(finding.rule)}`,
    finding.path && printable(finding.path),
    place(finding),
  ];
  return [
    head.filter((part) => part).join('  '),
    indented(finding.message),
    ...(finding.waived === undefined ? [] : [indented(`waived: ${finding.waived}`)]),
    ...(finding.fix === '' ? [] : [styled(indented(`fix: ${finding.fix}`), 'dim', color)]),
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
