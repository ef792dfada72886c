import { Redaction, redacted } from './redactor';

/** Longer values are redacted in pieces, which bounds the memory. */
const PIECE = 1_000;
/** Length factor of the longest encoding of a character. */
const WIDEST = 16;
/** Minimum length of an encoded value; shorter ones would match ordinary text. */
const LEAST_ENCODED = 8;

/**
 * Creates redactions of a value in all common encodings: plain, quoted, escaped, URL, base64, hex.
 */
export function hideValue(name: string, value: string): Redaction[] {
  return piecesOf(value).map((piece) => ({
    pattern: new RegExp([spelled(piece), ...inBase64(piece), ...inHex(piece)].join('|'), 'gd'),
    marker: redacted(name),
    longest: PIECE * WIDEST,
  }));
}

function piecesOf(value: string): string[] {
  const count = Math.ceil(value.length / PIECE);
  const length = Math.ceil(value.length / count);
  return Array.from({ length: count }, (_, index) => value.slice(index * length, (index + 1) * length)).filter(
    (piece) => piece !== '',
  );
}

/** Returns a pattern of the encodings of a character. Letters and digits are never encoded. */
function spelled(value: string): string {
  return [...value]
    .map((character) => (/[A-Za-z0-9]/.test(character) ? character : `(?:${waysToWrite(character).join('|')})`))
    .join('');
}

const NAMED: Readonly<Record<string, readonly string[]>> = {
  '&': ['&amp;'],
  '<': ['&lt;'],
  '>': ['&gt;'],
  '"': ['&quot;'],
  // single-quote escapes of shells and YAML
  "'": ['&apos;', "'\\\\+''", "''"],
  ' ': ['\\+'],
  '\t': ['\\\\+t'],
  '\n': ['\\\\+n', '\\\\+r\\\\+n', '%0[dD]%0[aA]', '\\n[ \\t]{0,40}'],
  // escaped by doubling
  '$': ['\\$\\$'],
  '%': ['%%'],
};

function waysToWrite(character: string): string[] {
  const units = Array.from({ length: character.length }, (_, index) =>
    character.charCodeAt(index).toString(16).padStart(4, '0'),
  );
  const bytes = [...Buffer.from(character)].map((byte) => anyCase(byte.toString(16).padStart(2, '0')));
  const code = character.codePointAt(0)!;
  return [
    ...NAMED[character] ?? [],
    bytes.map((byte) => `%(?:25)?${byte}`).join(''),
    units.map((unit) => `\\\\+u${anyCase(unit)}`).join(''),
    bytes.map((byte) => `\\\\+x${byte}`).join(''),
    `&#(?:x0{0,4}${anyCase(code.toString(16))}|0{0,4}${code});`,
    character === '\\' ? '\\\\{1,8}' : `\\\\{0,4}${literal(character)}`,
  ];
}

/**
 * Returns the base64 forms for the three possible alignments, without digits shared with neighbours.
 */
function inBase64(value: string): string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((shift) => {
    const digits = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replaceAll('=', '');
    const own = digits.slice(shift === 0 ? 0 : shift + 1, Math.floor((shift + bytes.length) * 8 / 6));
    return own.length < LEAST_ENCODED ? [] : [`${[...own].map(base64Digit).join('\\n?')}[A-Za-z0-9+/_-]?={0,2}`];
  });
}

function base64Digit(digit: string): string {
  if (digit === '+') { return '(?:[+-]|%2[bB]|\\\\+u002[bB])'; }
  return digit === '/' ? '(?:\\\\{0,4}/|_|%2[fF])' : digit;
}

function inHex(value: string): string[] {
  const bytes = [...Buffer.from(value)];
  return bytes.length * 2 < LEAST_ENCODED
    ? []
    : [bytes.map((byte) => anyCase(byte.toString(16).padStart(2, '0'))).join('[: ]?')];
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}
