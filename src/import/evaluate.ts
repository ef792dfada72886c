import { Expression, Program } from './expression';

/** The names that a program uses without defining them. */
export type Library = Readonly<Record<string, unknown>>;

/** Values of the program's constants, by name. */
export type Constants = ReadonlyMap<string, unknown>;

/**
 * Runs a program, so that its model can be judged before it is written and without a compiler.
 *
 * @throws whatever the library throws
 */
export function evaluate(program: Program, library: Library): Constants {
  const constants = new Map<string, unknown>();
  for (const { statements } of program) {
    for (const { constant, expression } of statements) {
      const value = valueOf(expression, constants, library);
      if (constant !== undefined) {
        constants.set(constant, value);
      }
    }
  }
  return constants;
}

type Callable = (...args: unknown[]) => unknown;
type Newable = new (...args: unknown[]) => unknown;

function valueOf(expression: Expression, constants: Constants, library: Library): unknown {
  const inner = (one: Expression): unknown => valueOf(one, constants, library);
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'name':
      return constants.has(expression.name) ? constants.get(expression.name) : library[expression.name];
    case 'member':
      return (inner(expression.on) as Record<string, unknown>)[expression.member];
    case 'list':
      return expression.items.map(inner);
    case 'text':
      return expression.parts.map((part) => (typeof part === 'string' ? part : String(inner(part)))).join('');
    case 'new':
      return new (library[expression.type] as Newable)(...expression.args.map(inner));
    case 'call': {
      const on = inner(expression.on) as Record<string, Callable>;
      return on[expression.method](...expression.args.map(inner));
    }
    case 'object': {
      const entries = expression.entries.flatMap((entry) =>
        'spread' in entry ? Object.entries(inner(entry.spread) as object) : [[entry.key, inner(entry.value)] as const],
      );
      return Object.fromEntries(entries);
    }
    default:
      return expression satisfies never;
  }
}
