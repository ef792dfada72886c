import { Environment } from './interpolate';

const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(.*?)\s*$/;

/**
 * Reads the variables of a `.env` file: one a line, in quotes or without. Variables in values are not replaced.
 */
export function parseEnvFile(text: string): Environment {
  const values = new Map<string, string>();
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const [, key, value] = LINE.exec(line) ?? [];
    if (key !== undefined) {
      values.set(key, unquoted(value));
    }
  }
  return values;
}

function unquoted(value: string): string {
  const [, quote, inner] = /^(["'])(.*?)\1(?:\s+#.*)?$/.exec(value) ?? [];
  if (quote === '"') {
    return inner.replace(/\\([nrt"\\$])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
  }
  return quote === '\'' ? inner : value.replace(/(?:^|\s+)#.*$/, '');
}
