import type * as Yaml from 'yaml';

type Report = (offset: number, message: string, fix: string) => void;

/** Bounds on time and memory: a real inventory has a few thousand tokens and a depth below ten. */
const MOST_TOKENS = 100_000;
const DEEPEST = 50;

/**
 * Splits YAML text into tokens and reports the syntax that inventories do not allow, before anything is built from it.
 * Reports a text beyond the bounds and returns undefined.
 */
export function scanYaml(
  yaml: typeof Yaml,
  text: string,
  lines: Yaml.LineCounter,
  report: Report,
): Yaml.CST.Token[] | undefined {
  const parser = new yaml.Parser(lines.addNewLine);
  const tokens: Yaml.CST.Token[] = [];
  let isScalar = false;
  let count = 0;
  lines.addNewLine(0);
  for (const lexeme of new yaml.Lexer().lex(text)) {
    const offset = parser.offset;
    if (!isScalar) {
      reportUnwanted(yaml.CST.tokenType(lexeme), lexeme, offset, report);
    }
    isScalar = lexeme === yaml.CST.SCALAR;
    tokens.push(...parser.next(lexeme));
    count += 1;
    if (count > MOST_TOKENS) {
      report(offset, 'The file has more than 100,000 tokens.', 'Keep only what its schema knows in it.');
      return undefined;
    }
    if (parser.stack.length > DEEPEST) {
      report(offset, 'The nesting is deeper than an inventory can be.', 'Close brackets and take lists out of lists.');
      return undefined;
    }
  }
  tokens.push(...parser.end());
  return tokens;
}

function reportUnwanted(type: string | null, lexeme: string, offset: number, report: Report): void {
  const shown = lexeme.slice(0, 40);
  switch (type) {
    case 'anchor':
      report(
        offset,
        `Anchors are not allowed: "${shown}".`,
        'Write the value out; text that begins with "&" belongs in quotes.',
      );
      break;
    case 'alias':
      report(
        offset,
        `Aliases are not allowed: "${shown}".`,
        'Write the value out; text that begins with "*" belongs in quotes.',
      );
      break;
    case 'tag':
      report(offset, `Tags are not allowed: "${shown}".`, 'Remove it; text that begins with "!" belongs in quotes.');
      break;
    case 'directive-line':
      report(
        offset,
        `Directives are not allowed: "${shown}".`,
        'Remove the line; text that begins with "%" belongs in quotes.',
      );
      break;
    case 'double-quoted-scalar':
      reportBadEscape(lexeme, offset, report);
      break;
    default:
  }
}

const GOOD_ESCAPE =
  /\\(?:[0abtnvfre "/\\N_LP\t\n\r]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})/g;

/** Reports the first bad escape only: the library creates an error for each, and a megabyte of them takes seconds. */
function reportBadEscape(lexeme: string, offset: number, report: Report): void {
  const index = lexeme.replace(GOOD_ESCAPE, (escape) => '.'.repeat(escape.length)).indexOf('\\');
  if (index >= 0) {
    report(
      offset + index,
      `There is no escape sequence "${lexeme.slice(index, index + 2)}".`,
      'Use single quotes, or write the backslash twice.',
    );
  }
}
