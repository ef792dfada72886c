import { Severity } from '../../model/finding';
import { printable } from '../../util/printable';
import { ImportedModel, JudgedDifference } from '../imported-model';
import { Outcome } from '../ledger';
import { countRows, keyText, ReportRow, reportRows } from '../report';

const MEANINGS: Readonly<Record<Outcome, string>> = {
  [Outcome.KEPT]: 'the model has it as it was',
  [Outcome.SAID]: 'the model has it in another form',
  [Outcome.TIGHTENED]: 'the model is stricter',
  [Outcome.OVERRIDE]: 'handed to Compose as it was; a cluster does not get it',
  [Outcome.DECISION]: 'a person has to look at it',
  [Outcome.REFUSED]: 'not in the model',
};

/** `IMPORT.md`: what became of each key of the source, and what is left to do. */
export function importPage({ entries, differences, findings, sources, madeUp }: ImportedModel): string {
  const rows = reportRows(entries);
  const counts = countRows(rows);
  const errors = findings.filter(({ severity, waived }) => severity === Severity.ERROR && waived === undefined);
  const waived = findings.filter((one) => one.waived !== undefined);
  return [
    '# Import',
    '',
    `The model in \`src/main.ts\` was made of ${sources.map((one) => code(one)).join(', ')}.`,
    'This page accounts for every key. Delete it when nothing is left to do.',
    '',
    ...table(
      ['keys', 'outcome', ''],
      Object.values(Outcome)
        .filter((one) => counts[one] > 0)
        .map((one) => [String(counts[one]), one, MEANINGS[one]]),
    ),
    '',
    ...section('To do', [
      ...toDo(rows),
      ...madeUp.map(
        (one) => `- [ ] ${code(one)} has no default in the source. Set it in .env.local, or change the made-up one.`,
      ),
    ]),
    ...section('Not reproduced', [
      ...errors.map(
        ({ rule, path = '', message, fix }) => `- ${rule} at ${code(path)}: ${prose(message)} ${prose(fix)}`,
      ),
      ...differences
        .filter(({ reason }) => reason === undefined)
        .map(({ path }) => `- ${code(keyText(path))} differs.`),
    ]),
    ...section('Different on purpose', onPurpose(differences)),
    ...section('Waived', waivedRules(waived.map(({ rule, path = '', message }) => ({ rule, path, message })))),
    ...section(
      'Every key',
      table(
        ['line', 'key', 'outcome', 'in the model'],
        rows.map(({ place, key, outcome, how }) => [code(place), code(key), outcome, prose(how)]),
      ),
    ),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

/** One entry for each fix, with the keys that it is for. */
function toDo(rows: readonly ReportRow[]): string[] {
  const byFix = new Map<string, string[]>();
  for (const { fix, key, place } of rows) {
    if (fix !== undefined) {
      byFix.set(fix, [...byFix.get(fix) ?? [], `${code(key)} (${code(place)})`]);
    }
  }
  return [...byFix].map(([fix, keys]) => `- [ ] ${prose(fix)} ${keys.join(', ')}`);
}

function onPurpose(differences: readonly JudgedDifference[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { reason, path } of differences) {
    if (reason !== undefined) {
      byReason.set(reason, [...byReason.get(reason) ?? [], code(keyText(path))]);
    }
  }
  return [...byReason].map(([reason, paths]) => `- ${prose(reason)} ${paths.join(', ')}`);
}

function waivedRules(findings: readonly { rule: string; path: string; message: string }[]): string[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return rules.map((rule) => {
    const paths = findings.filter((one) => one.rule === rule).map(({ path }) => code(path));
    return `- [ ] ${rule}: ${[...new Set(paths)].join(', ')}. Fix each, then remove the waiver.`;
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function code(text: string): string {
  const plain = printable(text).replaceAll('|', '\\|');
  return plain.includes('`') ? `\`\` ${plain} \`\`` : `\`${plain}\``;
}

function prose(text: string): string {
  return printable(text).replace(/[\\`*_<>|[\]]/g, (char) => `\\${char}`);
}
