import { Spot } from './tree';
import { Finding, Severity } from '../../model/finding';

/** Ids of the rules an inventory can break. */
export type InventoryRule = 'inventory-unreadable' | 'inventory-syntax' | 'inventory-duplicate' | 'inventory-schema';

/** More than this helps nobody, and a hostile file could cause any number. */
const MOST = 50;

/** Collects what is wrong with one file. */
export class Report {
  private readonly collected: Finding[] = [];
  private dropped = 0;

  /** @param file relative to the project's folder, with forward slashes */
  constructor(public readonly file: string) {}

  public add(rule: InventoryRule, at: Spot, message: string, mend: string): void {
    if (this.collected.length === MOST) {
      this.dropped += 1;
      return;
    }
    this.collected.push({ rule, severity: Severity.ERROR, location: { file: this.file, line: at.line, column: at.column }, message, mend });
  }

  public get isEmpty(): boolean {
    return this.collected.length === 0;
  }

  /** In the order of the file; the last one tells how many were not listed. */
  public get findings(): Finding[] {
    const sorted = [...this.collected].sort((a, b) => lineOf(a) - lineOf(b) || columnOf(a) - columnOf(b));
    const last = sorted.at(-1);
    if (last && this.dropped > 0) {
      sorted.push({ ...last, message: `${this.dropped} more findings are not listed.`, mend: 'Mend the ones above first.' });
    }
    return sorted;
  }
}

function lineOf(finding: Finding): number {
  return finding.location?.line ?? 0;
}

function columnOf(finding: Finding): number {
  return finding.location?.column ?? 0;
}
