import { pathProblem } from './output-path';
import { MANIFEST } from './reserved';

/** What a committed run still has to do, or to take back. */
export interface Journal {
  readonly version: 1;
  /** Staged files in order: the place in the list is the name in the staging folder. */
  readonly writes: readonly { readonly path: string; readonly replaces: boolean }[];
  readonly removes: readonly string[];
  /** New folders, outermost first. */
  readonly makes: readonly string[];
}

/** A journal as text. */
export function renderJournal(journal: Journal): string {
  return `${JSON.stringify(journal)}\n`;
}

/** Reads a journal; undefined when it is none of ours: it may have come with a checkout, so it is not believed. */
export function parseJournal(text: string): Journal | undefined {
  let value: Partial<Journal> | null;
  try {
    value = JSON.parse(text) as Partial<Journal> | null;
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value?.version !== 1) { return undefined; }
  const { writes, removes, makes } = value;
  const whole = isList(writes, isWrite) && isList(removes, isPath) && isList(makes, isPath);
  return whole ? value as Journal : undefined;
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isWrite(value: unknown): boolean {
  const write = value as { path?: unknown; replaces?: unknown } | null;
  return typeof write === 'object' && write !== null && isPath(write.path) && typeof write.replaces === 'boolean';
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && (value === MANIFEST || pathProblem(value) === undefined);
}
