/** How a variable stands in for a text: `${NAME:-default}` and its relatives, in Compose's words. */
export interface Variable {
  readonly name: string;
  /** `-` and `:-` give a default, `?` and `:?` a message, `+` and `:+` a replacement. */
  readonly operator?: ':-' | '-' | ':?' | '?' | ':+' | '+';
  /** What follows the operator; it can hold variables. */
  readonly operand?: string;
}

/** Part of a text: as it is, or a variable. */
export type Part = string | Variable;

const NAME = /^[_a-zA-Z][_a-zA-Z0-9]*/;
const OPERATOR = /^(:?[-?+])/;

/**
 * Splits a value of a compose file at its variables. `$$` becomes `$`.
 *
 * @returns undefined if Compose would refuse the text: a `$` that begins no variable.
 */
export function parseTemplate(text: string): Part[] | undefined {
  const parts: Part[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '$') {
      literal += text[at++];
      continue;
    }
    if (text[at + 1] === '$') {
      literal += '$';
      at += 2;
      continue;
    }
    const found = text[at + 1] === '{' ? braced(text, at + 2) : bare(text, at + 1);
    if (found === undefined) {
      return undefined;
    }
    if (literal !== '') {
      parts.push(literal);
      literal = '';
    }
    parts.push(found.variable);
    at = found.end;
  }
  return literal === '' ? parts : [...parts, literal];
}

/**
 * Splits a text at a separator outside of `${...}`.
 *
 * @example splitOutside('${PORT:-80}:80', ':') // ['${PORT:-80}', '80']
 */
export function splitOutside(text: string, separator: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '{') {
      depth++;
      at++;
    } else if (text[at] === '}' && depth > 0) {
      depth--;
    } else if (text[at] === separator && depth === 0) {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...pieces, text.slice(start)];
}

function bare(text: string, at: number): { variable: Variable; end: number } | undefined {
  const name = NAME.exec(text.slice(at, at + 200))?.[0];
  return name === undefined ? undefined : { variable: { name }, end: at + name.length };
}

function braced(text: string, at: number): { variable: Variable; end: number } | undefined {
  const end = closingBrace(text, at);
  if (end === undefined) {
    return undefined;
  }
  const inner = text.slice(at, end);
  const name = NAME.exec(inner)?.[0];
  if (name === undefined) {
    return undefined;
  }
  const rest = inner.slice(name.length);
  if (rest === '') {
    return { variable: { name }, end: end + 1 };
  }
  const operator = OPERATOR.exec(rest)?.[0] as Variable['operator'];
  return operator === undefined
    ? undefined
    : { variable: { name, operator, operand: rest.slice(operator.length) }, end: end + 1 };
}

function closingBrace(text: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '{') {
      depth++;
      at++;
    } else if (text[at] === '}' && --depth === 0) {
      return at;
    }
  }
  return undefined;
}
