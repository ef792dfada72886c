const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000,
};

/** Returns a time such as `1m30s` in milliseconds; anything else as it is. */
export function milliseconds(value: unknown): unknown {
  const text = String(value);
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d))+$/.test(text)) {
    return value;
  }
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d)/g)]
    .reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit], 0);
}

const POWERS: Readonly<Record<string, number>> = { b: 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/** Returns a size such as `512m` or `1.5GiB` in bytes; anything else as it is. */
export function bytes(value: unknown): unknown {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgtp]?)(?:i?b)?$/i.exec(String(value));
  return match === null ? value : Math.round(Number(match[1]) * 1024 ** POWERS[match[2].toLowerCase() || 'b']);
}
