const NAME = '^[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*[=:][ \\t]*';
const QUOTED = new RegExp(`${NAME}(?:"((?:[^"\\\\]|\\\\[^])*)"|'([^']*)')`, 'gm');
const LINE = new RegExp(`${NAME}([^\\n]*)$`, 'gm');

/**
 * Returns all values by name that any parser of env files could read. Parsers differ in quotes, escapes and comments:
 * every interpretation is treated as secret.
 */
export function valuesOf(text: string): [string, string][] {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const quoted = [...plain.matchAll(QUOTED)]
    .flatMap(([, name, double, single]) => named(name, double === undefined ? [single] : [double, unescaped(double)]));
  const lines = [...plain.matchAll(LINE)].flatMap(([, name, rest]) => named(name, readings(rest)));
  return [...quoted, ...lines];
}

function named(name: string, values: readonly string[]): [string, string][] {
  return values.filter((value) => value !== '').map((value) => [name, value]);
}

function readings(rest: string): string[] {
  const line = rest.trim();
  const uncommented = line.replace(/[ \t]+#.*$/, '');
  const unquoted = /^(["'])(.*)\1$/.exec(uncommented)?.[2] ?? uncommented;
  return [...new Set([line, uncommented, unquoted])];
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescaped(text: string): string {
  return text.replace(/\\([^])/g, (_, character: string) => ESCAPES[character] ?? character);
}
