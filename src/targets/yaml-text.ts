import { codePointName, UNSEEN_IN_LINE } from '../plan/unseen';

/**
 * What YAML can say. Own enumerable properties of plain objects, in their order; properties that are undefined are left
 * out.
 */
export type YamlValue =
  string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue | undefined };

/**
 * Writes YAML that every reader takes the same way, whether it knows YAML 1.1 or 1.2: strings are plain where both
 * versions read the same text, else quoted or a literal block. No anchors, no folding.
 *
 * @param value the document.
 * @throws when a value cannot be written safely; the message names the place, `services.web.environment.KEY`.
 */
export function yamlText(value: YamlValue): string {
  const lines: string[] = [];
  writeNode(value, { indent: '', lead: '', path: [], above: [] }, lines);
  return `${lines.join('\n')}\n`;
}

interface Position {
  /** Spaces before lines that belong to the node. */
  readonly indent: string;
  /** What already stands on the node's first line: `key:` or `-` with its indent; empty for the document. */
  readonly lead: string;
  readonly path: readonly string[];
  /** The collections around it, to notice a cycle. */
  readonly above: readonly object[];
}

function writeNode(value: YamlValue, at: Position, lines: string[]): void {
  if (typeof value !== 'object' || value === null) {
    lines.push(...scalarLines(value, at));
  } else if (at.above.includes(value)) {
    throw refusal(at.path, 'it contains itself');
  } else if (isList(value)) {
    writeList(value, at, lines);
  } else {
    writeMap(value, at, lines);
  }
}

function writeList(list: readonly YamlValue[], at: Position, lines: string[]): void {
  if (list.length === 0) {
    lines.push(joined(at.lead, '[]'));
    return;
  }
  if (at.lead !== '') {
    lines.push(at.lead);
  }
  list.forEach((item, index) => {
    const path = [...at.path, String(index)];
    const first = lines.length;
    writeNode(item, { indent: `${at.indent}  `, lead: `${at.indent}-`, path, above: [...at.above, list] }, lines);
    pullUp(lines, first, `${at.indent}-`);
  });
}

/** A collection in a list begins on the line of its dash. */
function pullUp(lines: string[], first: number, lead: string): void {
  if (lines[first] === lead) {
    lines.splice(first, 2, `${lead} ${lines[first + 1].slice(lead.length + 1)}`);
  }
}

function writeMap(map: { readonly [key: string]: YamlValue | undefined }, at: Position, lines: string[]): void {
  const prototype: unknown = Object.getPrototypeOf(map);
  if (prototype !== null && prototype !== Object.prototype) {
    throw refusal(at.path, 'it is neither text, number, boolean, list nor plain object');
  }
  const entries = Object.entries(map).filter((entry): entry is [string, YamlValue] => entry[1] !== undefined);
  if (entries.length === 0) {
    lines.push(joined(at.lead, '{}'));
    return;
  }
  if (at.lead !== '') {
    lines.push(at.lead);
  }
  for (const [key, value] of entries) {
    const path = [...at.path, key];
    writeNode(
      value,
      { indent: `${at.indent}  `, lead: `${at.indent}${keyText(key, path)}:`, path, above: [...at.above, map] },
      lines,
    );
  }
}

function scalarLines(value: unknown, at: Position): string[] {
  switch (typeof value) {
    case 'string': return stringLines(value, at);
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
  return [`${at.lead} |`, ...text.slice(0, -1).split('\n').map((line) => (line === '' ? '' : `${at.indent}${line}`))];
}

/** Exponents are left out: YAML 1.1 reads `1e+21` as a string. */
function numberText(value: number, path: readonly string[]): string {
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

function keyText(key: string, path: readonly string[]): string {
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
 * What a literal block keeps in every reader: it begins with text, no line is made of spaces alone, one line feed ends
 * it.
 */
function isLiteral(text: string): boolean {
  return /^[^\s][^]*[^\n]\n$/.test(text) && !/^ +$/m.test(text) && !BLANK.test(text.replaceAll('\n', ''));
}

function quoted(text: string, path: readonly string[]): string {
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

function refuseHidden(text: string, path: readonly string[]): void {
  const found = HIDDEN.exec(text);
  if (found) {
    throw refusal(
      path,
      `it has the character ${codePointName(found[0])} at position ${found.index + 1}, which YAML readers do not agree on`,
    );
  }
}

function joined(lead: string, text: string): string {
  return lead === '' ? text : `${lead} ${text}`;
}

function isList(value: object): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function refusal(path: readonly string[], reason: string): Error {
  return new Error(
    `Cannot write ${path.length === 0 ? 'the document' : JSON.stringify(path.join('.'))} as YAML: ${reason}.`,
  );
}
