/** Accessors for untrusted JSON. Missing and mistyped values are undefined. */
export function dig(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((at: unknown, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);
}

export function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = dig(value, ...keys);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, ...keys: readonly string[]): number | undefined {
  const found = dig(value, ...keys);
  return typeof found === 'number' ? found : undefined;
}

export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = dig(value, ...keys);
  return Array.isArray(found) ? found : [];
}

export function keysAt(value: unknown, ...keys: readonly string[]): readonly string[] {
  const found = dig(value, ...keys);
  return isObject(found) && !Array.isArray(found) ? Object.keys(found) : [];
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
