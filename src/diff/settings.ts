import { Subject } from './subject';
import { textOf, Tree } from './tree';

/** Which keys of a map have readers of their own, and which of the others can open nothing. */
export interface Keys {
  readonly read: readonly string[];
  readonly harmless: readonly string[];
}

/**
 * Every key that no reader takes, so that no change passes in silence. A key that nobody knows is taken for one that
 * opens something.
 */
export function saySettings(subject: Subject, values: Tree, { read, harmless }: Keys, prefix = ''): void {
  const known = new Set(read);
  const safe = new Set(harmless);
  for (const [key, value] of Object.entries(values)) {
    if (known.has(key) || value === undefined) { continue; }
    const text = textOf(value);
    subject.say({
      kind: 'setting',
      item: `${prefix}${key}`,
      text,
      power: safe.has(key) ? undefined : { gives: [`${prefix}${key}=${text}`] },
    });
  }
}
