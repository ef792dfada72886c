import { compareText } from '../../plan/collections';
import { FidelityEntry } from '../../plan/target-output';

/** Collects what this target could not simply keep. */
export class Report {
  private readonly entries: FidelityEntry[] = [];

  /** The fact is said in another way. */
  public adapted(path: string, fact: string, reason: string, remedy: string): void {
    this.entries.push({ target: 'kubernetes', path, fact, verdict: 'adapted', reason, remedy });
  }

  /** The fact is not said. */
  public leftOut(path: string, fact: string, reason: string, remedy: string): void {
    this.entries.push({ target: 'kubernetes', path, fact, verdict: 'left-out', reason, remedy });
  }

  /** There is no output for the fact, since output without it would be wrong or unsafe. */
  public refused(path: string, fact: string, reason: string, remedy: string): void {
    this.entries.push({ target: 'kubernetes', path, fact, verdict: 'refused', reason, remedy });
  }

  /** Adds an entry whose verdict depends on the fact. */
  public add(entry: Omit<FidelityEntry, 'target'>): void {
    this.entries.push({ target: 'kubernetes', ...entry });
  }

  /** By path, then fact. */
  public get sorted(): FidelityEntry[] {
    return [...this.entries].sort((a, b) => compareText(a.path, b.path) || compareText(a.fact, b.fact));
  }
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** A person's words with exactly one full stop. */
export function sentence(words: string): string {
  return `${words.replace(/[.\s]+$/, '')}.`;
}
