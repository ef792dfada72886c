import type * as Yaml from 'yaml';

type Tell = (offset: number, message: string, fix: string) => void;

/** Bounds on time and memory: a real inventory has a few thousand tokens and a depth below ten. */
const MOST_TOKENS = 100_000;
const DEEPEST = 50;

/**
 * Splits YAML text into tokens and refuses what an inventory has no use for, before anything is built from it.
 * Undefined, and told, when the text goes beyond the bounds.
 */
export function scanYaml(
  yaml: typeof Yaml,
  text: string,
  lines: Yaml.LineCounter,
  tell: Tell,
): Yaml.CST.Token[] | undefined {
  const parser = new yaml.Parser(lines.addNewLine);
  const tokens: Yaml.CST.Token[] = [];
  let isScalar = false;
  let count = 0;
  lines.addNewLine(0);
  for (const lexeme of new yaml.Lexer().lex(text)) {
    const offset = parser.offset;
    if (!isScalar) {
      tellUnwanted(yaml.CST.tokenType(lexeme), lexeme, offset, tell);
    }
    isScalar = lexeme === yaml.CST.SCALAR;
    tokens.push(...parser.next(lexeme));
    count += 1;
    if (count > MOST_TOKENS) {
      tell(offset, 'The file has more than 100,000 tokens.', 'Keep only what its schema knows in it.');
      return undefined;
    }
    if (parser.stack.length > DEEPEST) {
      tell(offset, 'The nesting is deeper than an inventory can be.', 'Close brackets and take lists out of lists.');
      return undefined;
    }
  }
  tokens.push(...parser.end());
  return tokens;
}

function tellUnwanted(type: string | null, lexeme: string, offset: number, tell: Tell): void {
  const shown = lexeme.slice(0, 40);
  switch (type) {
    case 'anchor':
      tell(
        offset,
        `Anchors are not allowed: "${shown}".`,
        'Write the value out; text that begins with "&" belongs in quotes.',
      );
      break;
    case 'alias':
      tell(
        offset,
        `Aliases are not allowed: "${shown}".`,
        'Write the value out; text that begins with "*" belongs in quotes.',
      );
      break;
    case 'tag':
      tell(offset, `Tags are not allowed: "${shown}".`, 'Remove it; text that begins with "!" belongs in quotes.');
      break;
    case 'directive-line':
      tell(
        offset,
        `Directives are not allowed: "${shown}".`,
        'Remove the line; text that begins with "%" belongs in quotes.',
      );
      break;
    case 'double-quoted-scalar':
      tellBadEscape(lexeme, offset, tell);
      break;
    default:
  }
}

const GOOD_ESCAPE =
  /\\(?:[0abtnvfre "/\\N_LP\t\n\r]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})/g;

/** The library would make an error of each: a megabyte of them takes seconds. */
function tellBadEscape(lexeme: string, offset: number, tell: Tell): void {
  const index = lexeme.replace(GOOD_ESCAPE, (escape) => '.'.repeat(escape.length)).indexOf('\\');
  if (index >= 0) {
    tell(
      offset + index,
      `There is no escape sequence "${lexeme.slice(index, index + 2)}".`,
      'Use single quotes, or write the backslash twice.',
    );
  }
}
