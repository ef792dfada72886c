import { Subject } from './subject';
import { textOf } from './tree';

/** A limit guards: without it a service takes what it likes. How high it is makes nothing wider that others have. */
export function sayLimit(
  subject: Subject,
  item: string,
  value: unknown,
  wording: (text: string) => string = String,
): void {
  const text = textOf(value);
  if (text !== '') {
    subject.say({ kind: 'limit', item, text: wording(text), power: { guard: true } });
  }
}

/** What is set aside for a service. */
export function sayRequest(
  subject: Subject,
  item: string,
  value: unknown,
  wording: (text: string) => string = String,
): void {
  const text = textOf(value);
  if (text !== '') {
    subject.say({ kind: 'request', item, text: wording(text) });
  }
}
