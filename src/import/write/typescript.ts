import { Entry, Expression, Program, Statement } from '../expression';

const WIDTH = 120;
const INDENT = '  ';
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** Characters that end a line for JavaScript, or that a reader does not see. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Prints a program as the text of a TypeScript module, formatted as this project formats its own. */
export function printModule(program: Program, library: string, tail: readonly string[]): string {
  const sections = program.filter(({ statements }) => statements.length > 0);
  const body = sections.map(({ title, statements }) =>
    [...(title === '' ? [] : [`// ${title}`, '']), ...printStatements(statements)].join('\n'));
  return `${[printImport(usedNames(program), library), ...body, tail.join('\n')].join('\n\n')}\n`;
}

function printStatements(statements: readonly Statement[]): string[] {
  const printed = statements.map(printStatement);
  return printed.flatMap((one, index) => {
    const isGap = index > 0 && (one.includes('\n') || printed[index - 1].includes('\n'))
      && !isFollowUp(statements[index]);
    return isGap ? ['', one] : [one];
  });
}

/** A call on a constant belongs to the constant above it. */
function isFollowUp({ constant, expression, comment }: Statement): boolean {
  return constant === undefined && comment === undefined && expression.kind === 'call';
}

function printStatement({ constant, expression, comment }: Statement): string {
  const start = constant === undefined ? '' : `const ${constant} = `;
  const code = `${start}${print(expression, 0, start.length, 1)};`;
  return comment === undefined ? code : `${printComment(comment, '')}\n${code}`;
}

function printComment(comment: string, indent: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(UNSAFE, ' ').trimEnd())
    .map((line) => `${indent}//${line === '' || line.startsWith(' ') ? line : ` ${line}`}`)
    .join('\n');
}

function printImport(names: readonly string[], library: string): string {
  const line = `import { ${names.join(', ')} } from '${library}';`;
  if (line.length <= WIDTH) {
    return line;
  }
  const rows = [''];
  for (const name of names) {
    const row = rows[rows.length - 1];
    if (INDENT.length + row.length + name.length + 2 > WIDTH) {
      rows.push('');
    }
    rows[rows.length - 1] += `${rows.at(-1) === '' ? '' : ' '}${name},`;
  }
  return ['import {', ...rows.map((row) => `${INDENT}${row}`), `} from '${library}';`].join('\n');
}

/** Names of the library that the program uses, sorted. */
function usedNames(program: Program): string[] {
  const own = new Set(program.flatMap(({ statements }) => statements.map(({ constant }) => constant)));
  const used = new Set<string>();
  const visit = (expression: Expression): void => {
    switch (expression.kind) {
      case 'name':
        used.add(expression.name);
        break;
      case 'new':
        used.add(expression.type);
        expression.args.forEach(visit);
        break;
      case 'call':
        visit(expression.on);
        expression.args.forEach(visit);
        break;
      case 'member':
        visit(expression.on);
        break;
      case 'list':
        expression.items.forEach(visit);
        break;
      case 'object':
        expression.entries.forEach((entry) => visit('spread' in entry ? entry.spread : entry.value));
        break;
      case 'text':
        expression.parts.forEach((part) => typeof part !== 'string' && visit(part));
        break;
      case 'value':
        break;
      default:
        expression satisfies never;
    }
  };
  program.forEach(({ statements }) => statements.forEach(({ expression }) => visit(expression)));
  return [...used].filter((one) => !own.has(one)).sort();
}

/**
 * Prints an expression on one line if it fits, else over several.
 *
 * @param depth levels of indentation of the line it begins in
 * @param column where it begins in that line
 * @param tail characters that follow it in its last line
 */
function print(expression: Expression, depth: number, column: number, tail: number): string {
  const line = printLine(expression);
  if (line !== undefined && column + line.length + tail <= WIDTH) {
    return line;
  }
  switch (expression.kind) {
    case 'list':
      return broken(
        '[',
        expression.items.map((item) => printInner(item, depth + 1)),
        ']',
        depth,
      );
    case 'object':
      return broken(
        '{',
        expression.entries.map((entry) => printEntry(entry, depth + 1)),
        '}',
        depth,
      );
    case 'new':
      return printArguments(`new ${expression.type}`, expression.args, depth, column, tail);
    case 'call': {
      const on = print(expression.on, depth, column, 0);
      const start = `${on}.${expression.method}`;
      const last = start.slice(start.lastIndexOf('\n') + 1).length;
      return printArguments(start, expression.args, depth, start.includes('\n') ? last : column, tail);
    }
    case 'value':
      return typeof expression.value === 'string' ? printLongText(expression.value, depth, column, tail) : line!;
    case 'text':
      return printLongTemplate(expression.parts, depth, column, tail);
    default:
      return line ?? '';
  }
}

function printInner(expression: Expression, depth: number): string {
  return print(expression, depth, depth * INDENT.length, 1);
}

/** Keeps arguments beside the bracket if only the last one has to be broken. */
function printArguments(
  start: string,
  args: readonly Expression[],
  depth: number,
  column: number,
  tail: number,
): string {
  const last = args.at(-1);
  const before = args.slice(0, -1).map(printLine);
  if (last !== undefined && before.every((one) => one !== undefined)) {
    const beginning = `${start}(${before.map((one) => `${one}, `).join('')}`;
    const offset = beginning.includes('\n')
      ? beginning.length - beginning.lastIndexOf('\n') - 1
      : column + beginning.length;
    const hugged = last.kind === 'object' || last.kind === 'list' || args.length === 1;
    if (hugged && offset < WIDTH - 20) {
      return `${beginning}${print(last, depth, offset, tail + 1)})`;
    }
  }
  return broken(`${start}(`, args.map((arg) => printInner(arg, depth + 1)), ')', depth);
}

function broken(open: string, items: readonly string[], close: string, depth: number): string {
  const inner = INDENT.repeat(depth + 1);
  return items.length === 0
    ? `${open}${close}`
    : `${open}\n${items.map((item) => `${inner}${item},`).join('\n')}\n${INDENT.repeat(depth)}${close}`;
}

function printEntry(entry: Entry, depth: number): string {
  if ('spread' in entry) {
    return `...${printInner(entry.spread, depth)}`;
  }
  const indent = INDENT.repeat(depth);
  const comment = entry.comment === undefined ? '' : `${printComment(entry.comment, indent).trimStart()}\n${indent}`;
  const key = printKey(entry.key);
  if (isShorthand(entry)) {
    return `${comment}${key}`;
  }
  return `${comment}${key}: ${print(entry.value, depth, indent.length + key.length + 2, 1)}`;
}

/** Breaks a text at spaces into pieces that are joined again. */
function printLongText(text: string, depth: number, column: number, tail: number): string {
  const indent = INDENT.repeat(depth + 1);
  const pieces: string[] = [];
  let rest = text;
  while (rest !== '') {
    const room = WIDTH - (pieces.length === 0 ? column : indent.length + 2) - 3 - tail;
    const piece =
      rest.length <= room && quoted(rest).length <= room + 2 ? rest : beginningOf(rest, Math.max(room - 4, 20));
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return pieces.map(quoted).join(`\n${indent}+ `);
}

/** Breaks a template literal at spaces and at expressions. */
function printLongTemplate(
  parts: readonly (string | Expression)[],
  depth: number,
  column: number,
  tail: number,
): string {
  const indent = INDENT.repeat(depth + 1);
  const atoms = parts
    .flatMap((part): (string | Expression)[] => (typeof part === 'string' ? part.split(/(?<= )/) : [part]))
    .map(templatePart);
  const pieces: string[] = [];
  let room = 0;
  for (const atom of atoms) {
    if (pieces.length === 0 || atom.length > room) {
      pieces.push('');
      room = WIDTH - (pieces.length === 1 ? column : indent.length + 2) - 4 - tail;
    }
    pieces[pieces.length - 1] += atom;
    room -= atom.length;
  }
  return pieces.map((piece) => `\`${piece}\``).join(`\n${indent}+ `);
}

/** The longest beginning that ends at a line feed or a space, in at most so many characters as they are printed. */
function beginningOf(text: string, room: number): string {
  let end = Math.min(text.length, room);
  while (end > 1 && quoted(text.slice(0, end)).length - 2 > room) {
    end--;
  }
  const feed = text.slice(0, end).indexOf('\n');
  const space = text.lastIndexOf(' ', end - 1);
  const at = feed >= 0 ? feed + 1 : space > end / 2 ? space + 1 : end;
  return /[\ud800-\udbff]/.test(text[at - 1]) && at > 1 ? text.slice(0, at - 1) : text.slice(0, at);
}

/** The expression on one line; undefined if it holds a comment, or a text with several lines. */
function printLine(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'value': {
      const { value } = expression;
      return typeof value !== 'string'
        ? String(value)
        : /\n./s.test(value) && value.length > 60
          ? undefined
          : quoted(value);
    }
    case 'name': return expression.name;
    case 'text': return printUnbroken(expression);
    case 'member': return joined([printLine(expression.on)], ([on]) => `${on}.${expression.member}`);
    case 'new': return joined(expression.args.map(printLine), (args) => `new ${expression.type}(${args.join(', ')})`);
    case 'call': return joined(
      [expression.on, ...expression.args].map(printLine),
      ([on, ...args]) => `${on}.${expression.method}(${args.join(', ')})`,
    );
    case 'list': return joined(expression.items.map(printLine), (items) => `[${items.join(', ')}]`);
    case 'object': return joined(
      expression.entries.map(printLineEntry),
      (entries) => (entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`),
    );
    default: return expression satisfies never;
  }
}

function printLineEntry(entry: Entry): string | undefined {
  if ('spread' in entry) {
    return joined([printLine(entry.spread)], ([one]) => `...${one}`);
  }
  if (entry.comment !== undefined) {
    return undefined;
  }
  return isShorthand(entry)
    ? entry.key
    : joined([printLine(entry.value)], ([value]) => `${printKey(entry.key)}: ${value}`);
}

function isShorthand(entry: Entry): boolean {
  return 'key' in entry && entry.value.kind === 'name' && entry.value.name === entry.key;
}

function joined(
  parts: readonly (string | undefined)[],
  join: (parts: readonly string[]) => string,
): string | undefined {
  return parts.every((part): part is string => part !== undefined) ? join(parts) : undefined;
}

/** A template literal: a break in it would be part of the text. */
function printUnbroken(expression: Expression): string {
  if (expression.kind !== 'text') {
    return printLine(expression) ?? '';
  }
  return `\`${expression.parts.map(templatePart).join('')}\``;
}

function templatePart(part: string | Expression): string {
  return typeof part === 'string'
    ? escaped(part).replace(/`|\$\{/g, (one) => `\\${one}`)
    : `\${${printLine(part) ?? ''}}`;
}

function printKey(key: string): string {
  // without brackets it would set the prototype
  return key === '__proto__' ? "['__proto__']" : IDENTIFIER.test(key) ? key : quoted(key);
}

/** A text in single quotes, or in double quotes if that needs no backslash. */
export function quoted(text: string): string {
  const inner = escaped(text);
  return inner.includes('\'') && !inner.includes('"') ? `"${inner}"` : `'${inner.replaceAll('\'', '\\\'')}'`;
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replace(UNSAFE, (char) => {
      const code = char.codePointAt(0)!;
      return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
    });
}
