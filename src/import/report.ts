import { JudgedDifference } from './imported-model';
import { KeyPath, LedgerEntry, Outcome } from './ledger';
import { printable } from '../util/printable';
import { withoutSecrets } from '../util/secrets';

/** Values of one key that became the same thing. */
export interface ReportRow {
  /** File and line: `docker-compose.yml:12`. */
  readonly place: string;
  /** The key, with dots: `services.web.ports[0]`. */
  readonly key: string;
  readonly outcome: Outcome;
  readonly how: string;
  readonly fix?: string;
}

/** The account of an import, one row for each key. Names keys, never values. */
export function reportRows(entries: readonly LedgerEntry[]): ReportRow[] {
  const rows: { first: LedgerEntry; path: KeyPath }[] = [];
  for (const entry of entries) {
    const last = rows.at(-1);
    if (last !== undefined && isSame(last.first, entry) && common(last.path, entry.path).length >= 3) {
      last.path = common(last.path, entry.path);
    } else {
      rows.push({ first: entry, path: entry.path });
    }
  }
  return rows.map(({ first: { location, outcome, how, fix }, path }) => ({
    place: `${location.file}:${location.line}`,
    key: keyText(path),
    outcome,
    how,
    ...fix === undefined ? {} : { fix },
  }));
}

/** Number of rows of each outcome. */
export function countRows(rows: readonly ReportRow[]): Record<Outcome, number> {
  const counts = Object.fromEntries(Object.values(Outcome).map((one) => [one, 0])) as Record<Outcome, number>;
  rows.forEach(({ outcome }) => counts[outcome]++);
  return counts;
}

/** A path as people write it. Names can hold anything, secrets included. */
export function keyText(path: KeyPath): string {
  const text = path.map((step, index) => {
    if (typeof step === 'number') {
      return `[${step}]`;
    }
    const shown = /^[\w-]+$/.test(step) ? step : JSON.stringify(step);
    return index === 0 ? shown : `.${shown}`;
  });
  return printable(withoutSecrets(text.join('')));
}

/** The place of a difference and why it passes. */
export function differenceText({ path, reason }: JudgedDifference): string {
  return `${keyText(path)}: ${reason ?? 'differs'}`;
}

function isSame(a: LedgerEntry, b: LedgerEntry): boolean {
  return a.outcome === b.outcome && a.how === b.how && a.fix === b.fix
    && a.location.file === b.location.file && a.location.line === b.location.line;
}

function common(a: KeyPath, b: KeyPath): KeyPath {
  const end = a.findIndex((step, index) => step !== b[index]);
  return end < 0 ? a : a.slice(0, end);
}
