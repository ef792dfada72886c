import { textOf } from './tree';
import { Quantity } from '../plan/target-facts';

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  'b': 1,
  'k': 1024,
  'kb': 1024,
  'ki': 1024,
  'm': 1024 ** 2,
  'mb': 1024 ** 2,
  'mi': 1024 ** 2,
  'g': 1024 ** 3,
  'gb': 1024 ** 3,
  'gi': 1024 ** 3,
  't': 1024 ** 4,
  'tb': 1024 ** 4,
  'ti': 1024 ** 4,
};

/** Reads a size as `512m` of Compose or `512Mi` of Kubernetes. Undefined when nothing is stated. */
export function bytesOf(value: unknown): Quantity | undefined {
  return quantityOf(value, (text) => {
    const match = /^(\d{1,15}(?:\.\d{1,9})?)([a-z]{0,2})$/i.exec(text);
    const factor = match === null ? undefined : BYTES[match[2].toLowerCase()];
    return match === null || factor === undefined ? undefined : Number(match[1]) * factor;
  });
}

/** Reads processors as `0.5` of Compose or `500m` of Kubernetes. */
export function processorsOf(value: unknown): Quantity | undefined {
  return quantityOf(value, (text) => {
    const [, number, milli] = /^(\d{1,15}(?:\.\d{1,9})?)(m?)$/.exec(text) ?? [];
    return number === undefined ? undefined : Number(number) / (milli === '' ? 1 : 1000);
  });
}

const SECONDS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Reads a duration as `1m30s` of Compose or a number of seconds of Kubernetes. */
export function secondsOf(value: unknown): Quantity | undefined {
  return quantityOf(value, (text) => {
    if (/^\d{1,15}$/.test(text)) { return Number(text); }
    if (text.length > 100 || !/^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/.test(text)) { return undefined; }
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g)];
    return parts.reduce((sum, [, number, unit]) => sum + Number(number) * SECONDS[unit], 0);
  });
}

/** Reads a number without a unit. */
export function countOf(value: unknown): Quantity | undefined {
  return quantityOf(value, (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined));
}

function quantityOf(value: unknown, read: (text: string) => number | undefined): Quantity | undefined {
  const text = textOf(value);
  return text === '' ? undefined : read(text) ?? text;
}
