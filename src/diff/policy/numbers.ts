import { Subject } from '../subject';
import { textOf, Tree } from '../tree';

/** A number of which more is wider; its value when the file does not say it. */
export interface NumberSpec {
  readonly kind: string;
  readonly item?: string;
  readonly key: string;
  readonly unit: string;
  readonly otherwise: number;
}

/** Says numbers that a file may leave out. */
export function sayNumbers(subject: Subject, values: Tree, specs: readonly NumberSpec[]): void {
  for (const { kind, item, key, unit, otherwise } of specs) {
    const value = values[key] ?? otherwise;
    const text = value === Infinity ? 'none' : `${textOf(value)}${unit}`;
    const level = typeof value === 'number' ? value : Infinity;
    subject.say({ kind, item, text, power: { level } });
  }
}
