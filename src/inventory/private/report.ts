import { Spot } from './tree';
import { Finding, Severity } from '../../model/finding';
import { INVENTORY_RULES, InventoryRule } from '../inventory-rules';

/** Most findings that are listed: a hostile file could cause any number. */
const MOST = 50;

/** Errors in the content of a file. In files that only a command writes, they are not fixed one by one. */
const OF_CONTENT: ReadonlySet<InventoryRule> = new Set([
  'inventory-duplicate',
  'inventory-schema',
  'inventory-syntax',
  'evidence-seal',
  'approval-seal',
]);

/** Collects what is wrong with one file. */
export class Report {
  private readonly collected: Finding[] = [];
  private dropped = 0;

  /**
   * @param file relative to the project's folder, with forward slashes
   * @param redo how to get a good file again, when only a command writes it
   */
  constructor(public readonly file: string, public readonly redo?: string) {}

  public add(rule: InventoryRule, at: Spot, message: string, fix: string): void {
    if (this.collected.length === MOST) {
      this.dropped += 1;
      return;
    }
    const { severity } = INVENTORY_RULES.find(({ id }) => id === rule)!;
    const location = { file: this.file, line: at.line, column: at.column };
    this.collected.push({ rule, severity, location, message, fix: this.fixOf(rule) ?? fix });
  }

  private fixOf(rule: InventoryRule): string | undefined {
    return OF_CONTENT.has(rule) ? this.redo : undefined;
  }

  /** Whether what was read can be believed. */
  public get isClean(): boolean {
    return !this.collected.some(({ severity }) => severity === Severity.ERROR);
  }

  /** Returns the findings in the order of the file; the last one says how many were not listed. */
  public get findings(): Finding[] {
    const sorted = [...this.collected].sort((a, b) => lineOf(a) - lineOf(b) || columnOf(a) - columnOf(b));
    const last = sorted.at(-1);
    if (last && this.dropped > 0) {
      sorted.push({
        ...last,
        message: `${this.dropped} more findings are not listed.`,
        fix: 'Fix the ones above first.',
      });
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
