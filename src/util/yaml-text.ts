import { codePointName, UNSEEN_IN_LINE } from './unseen';

/**
 * Values that YAML can express. Own enumerable properties of plain objects, in their order; undefined ones are left
 * out.
 */
export type YamlValue =
  string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue | undefined };

/** Writing options, which differ between targets. */
export interface YamlStyle {
  /** Order of the keys of a map. @default as they are in the map */
  readonly compareKeys?: (a: string, b: string) => number;
  /** Escapes a string that is a value, for the reader behind YAML. @default strings are written as they are */
  readonly escape?: (text: string) => string;
}

/** A key of a map, or an index of a list. */
export type Step = string | number;

/** A line of YAML, and the path of the deepest node that begins or continues in it. */
export interface YamlLine {
  readonly text: string;
  readonly path: readonly Step[];
}

/**
 * Writes YAML that YAML 1.1 and YAML 1.2 read alike: strings are plain where both versions read the same text, quoted
 * or literal blocks otherwise. No anchors, no folding.
 *
 * @param value the document.
 * @throws if a value cannot be written safely; the message names the place, `services.web.environment.KEY`.
 */
export function yamlText(value: YamlValue, style: YamlStyle = {}): string {
  return yamlLines(value, style).map(({ text }) => `${text}\n`).join('');
}

/** Writes YAML as `yamlText` does, line by line. */
export function yamlLines(value: YamlValue, style: YamlStyle): YamlLine[] {
  const lines: YamlLine[] = [];
  writeNode(value, { indent: '', lead: '', path: [], above: [], style }, lines);
  return lines;
}

interface Position {
  readonly style: YamlStyle;
  /** Spaces before lines that belong to the node. */
  readonly indent: string;
  /** Text that is already on the node's first line: `key:` or `-` with its indent; empty for the document. */
  readonly lead: string;
  readonly path: readonly Step[];
  /** The collections around it, to notice a cycle. */
  readonly above: readonly object[];
}

function writeNode(value: YamlValue, at: Position, lines: YamlLine[]): void {
  if (typeof value !== 'object' || value === null) {
    lines.push(...scalarLines(value, at).map((text) => ({ text, path: at.path })));
  } else if (at.above.includes(value)) {
    throw refusal(at.path, 'it contains itself');
  } else if (isList(value)) {
    writeList(value, at, lines);
  } else {
    writeMap(value, at, lines);
  }
}

function writeList(list: readonly YamlValue[], at: Position, lines: YamlLine[]): void {
  if (list.length === 0) {
    lines.push({ text: joined(at.lead, '[]'), path: at.path });
    return;
  }
  if (at.lead !== '') {
    lines.push({ text: at.lead, path: at.path });
  }
  list.forEach((item, index) => {
    const first = lines.length;
    writeNode(item, below(at, index, '-', list), lines);
    pullUp(lines, first, `${at.indent}-`);
  });
}

/** A collection in a list begins on the line of its dash. */
function pullUp(lines: YamlLine[], first: number, lead: string): void {
  if (lines[first].text === lead) {
    const { text, path } = lines[first + 1];
    lines.splice(first, 2, { text: `${lead} ${text.slice(lead.length + 1)}`, path });
  }
}

function writeMap(map: { readonly [key: string]: YamlValue | undefined }, at: Position, lines: YamlLine[]): void {
  const prototype: unknown = Object.getPrototypeOf(map);
  if (prototype !== null && prototype !== Object.prototype) {
    throw refusal(at.path, 'it is neither text, number, boolean, list nor plain object');
  }
  const keys = Object.keys(map).filter((key) => map[key] !== undefined);
  if (keys.length === 0) {
    lines.push({ text: joined(at.lead, '{}'), path: at.path });
    return;
  }
  if (at.lead !== '') {
    lines.push({ text: at.lead, path: at.path });
  }
  if (at.style.compareKeys !== undefined) { keys.sort(at.style.compareKeys); }
  for (const key of keys) {
    writeNode(map[key] as YamlValue, below(at, key, `${keyText(key, [...at.path, key])}:`, map), lines);
  }
}

function below(at: Position, step: Step, lead: string, collection: object): Position {
  return {
    style: at.style,
    indent: `${at.indent}  `,
    lead: `${at.indent}${lead}`,
    path: [...at.path, step],
    above: [...at.above, collection],
  };
}

function scalarLines(value: unknown, at: Position): string[] {
  switch (typeof value) {
    case 'string': return stringLines(at.style.escape?.(value) ?? value, at);
    case 'boolean': return [joined(at.lead, String(value))];
    case 'number': return [joined(at.lead, numberText(value, at.path))];
    case 'object': return [joined(at.lead, 'null')];
    default: throw refusal(at.path, `YAML has no ${typeof value}`);
  }
}

function stringLines(text: string, at: Position): string[] {
  if (at.lead === '' || !isLiteral(text)) {
    return [joined(at.lead, isPlain(text) ? text : quoted(text, at.path))];
  }
  const lines = text.replace(/\n$/, '').split('\n');
  const lead = `${at.lead} ${text.endsWith('\n') ? '|' : '|-'}`;
  return [lead, ...lines.map((line) => (line === '' ? '' : `${at.indent}${line}`))];
}

/** Exponents are left out: YAML 1.1 reads `1e+21` as a string. */
function numberText(value: number, path: readonly Step[]): string {
  const text = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) {
    throw refusal(path, `${text} has no form that all readers agree on`);
  }
  return text;
}

/**
 * Words that some reader takes for a boolean, a number or nothing; `e0` is an exponent without a number to YAML 1.1.
 */
const WORDS = /^(y|n|yes|no|on|off|true|false|null|nan|inf|e-?\d+)$/i;
/** So far readers look for the colon behind a key. */
const LONGEST_KEY = 1024;
const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_./-]*$/;

/**
 * Texts that need no quotes: a word, path, option or sentence of plain characters, or a number with a unit. What begins
 * with a digit is quoted otherwise: YAML 1.1 has numbers of base 60, dates and underscores.
 */
const PLAIN =
  /^(?:(?:--?)?[A-Za-z]|\.{0,2}\/)[A-Za-z0-9_.\/@+,=:()-]*(?: [A-Za-z0-9_.\/@+,=()-][A-Za-z0-9_.\/@+,=:()-]*)*$/;
const WITH_UNIT = /^\d+(?:ms|s|m|h|k|g|[KMGT]i)$/;

function isPlain(text: string): boolean {
  return WITH_UNIT.test(text) || (PLAIN.test(text) && !WORDS.test(text.replace(/^-+/, '')) && !/:(?: |$)/.test(text));
}

function keyText(key: string, path: readonly Step[]): string {
  const text = PLAIN_KEY.test(key) && !WORDS.test(key) ? key : quoted(key, path);
  if (text.length > LONGEST_KEY) {
    throw refusal([...path.slice(0, -1), key.slice(0, 20)], `a key has at most ${LONGEST_KEY} characters`);
  }
  return text;
}

/** Characters that are invisible or look like a space, or that end a line in some reader. */
const BLANK = new RegExp(`[${UNSEEN_IN_LINE}\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]`, 'u');
const TO_ESCAPE = new RegExp(`["\\\\]|${BLANK.source}`, 'gu');

/**
 * Whether every reader and editor keeps a text in a literal block: it has several lines and begins with text, no line
 * ends in a space, and at most one line feed ends it.
 */
function isLiteral(text: string): boolean {
  return /^[^\s][^]*\n(?:[^]*[^\n])?$/.test(text) && !/\n\n$/.test(text) && !/[ \t]$/m.test(text)
    && !BLANK.test(text.replace(/[\n\t]/g, ''));
}

function quoted(text: string, path: readonly Step[]): string {
  refuseHidden(text, path);
  return BLANK.test(text) ? `"${text.replace(TO_ESCAPE, escaped)}"` : `'${text.replaceAll("'", "''")}'`;
}

const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) {
    return short;
  }
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Control characters, half of a surrogate pair, a byte order mark: some reader drops, changes or refuses them. */
const HIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/u;

function refuseHidden(text: string, path: readonly Step[]): void {
  const found = HIDDEN.exec(text);
  if (found) {
    throw refusal(
      path,
      `it has the character ${codePointName(found[0])} at position ${found.index + 1}, which YAML readers do `
        + 'not agree on',
    );
  }
}

function joined(lead: string, text: string): string {
  return lead === '' ? text : `${lead} ${text}`;
}

function isList(value: object): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function refusal(path: readonly Step[], reason: string): Error {
  return new Error(
    `Cannot write ${path.length === 0 ? 'the document' : JSON.stringify(path.join('.'))} as YAML: ${reason}.`,
  );
}
