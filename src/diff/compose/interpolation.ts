import { sayRight } from '../security';
import { Subject } from '../subject';
import { isMap } from '../tree';

/** The value with `$$` read as Compose reads it; a variable of the caller's environment stays as it is. */
export function plain(value: unknown): unknown {
  if (typeof value === 'string') { return value.replaceAll('$$', '$'); }
  if (Array.isArray(value)) { return value.map(plain); }
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)])) : value;
}

/** Every place that Compose fills in from the environment it is started in: whoever sets that decides. */
export function sayInterpolations(subject: Subject, value: unknown, place = ''): void {
  if (typeof value === 'string') {
    if (value.replaceAll('$$', '').includes('$')) { sayRight(subject, 'filled-in', value, place); }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      sayInterpolations(subject, item, place === '' ? key : `${place}.${key}`);
    }
  }
}
