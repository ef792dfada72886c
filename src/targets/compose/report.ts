import { sortedBy } from '../../plan/collections';
import { FidelityEntry } from '../../plan/target-output';

/** Collects what Compose cannot simply keep. */
export class Report {
  private readonly found: FidelityEntry[] = [];

  public add(entry: Omit<FidelityEntry, 'target'>): void {
    this.found.push({ target: 'compose', ...entry });
  }

  /** Sorted by construct path, then fact. */
  public get entries(): FidelityEntry[] {
    return sortedBy(this.found, (entry) => `${entry.path}\t${entry.fact}`);
  }
}
