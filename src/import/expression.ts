/** A piece of the program that an import writes. It is printed as TypeScript, and evaluated to judge the result. */
export type Expression =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  /** A constant of the program, or an export of the library. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly on: Expression; readonly member: string }
  | { readonly kind: 'call'; readonly on: Expression; readonly method: string; readonly args: readonly Expression[] }
  | { readonly kind: 'new'; readonly type: string; readonly args: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
  /** A template literal. */
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] };

/** An entry of an object, or another object whose entries are taken over. */
export type Entry =
  | { readonly key: string; readonly value: Expression; readonly comment?: string }
  | { readonly spread: Expression };

/** A line of the program: a constant, or something that is done. */
export interface Statement {
  readonly expression: Expression;
  /** Name of the constant that holds the value. */
  readonly constant?: string;
  /** Lines that stand above it, without comment marks. */
  readonly comment?: string;
}

/** Statements below one heading. */
export interface Section {
  readonly title: string;
  readonly statements: readonly Statement[];
}

/** Everything that `main.ts` holds. */
export type Program = readonly Section[];

export function value(of: string | number | boolean | null): Expression {
  return { kind: 'value', value: of };
}

export function name(of: string): Expression {
  return { kind: 'name', name: of };
}

/** `Type.MEMBER` */
export function member(type: string, of: string): Expression {
  return { kind: 'member', on: name(type), member: of };
}

/** `type.method(...args)`; an argument that is undefined is left out. */
export function call(
  on: string | Expression,
  method: string,
  ...args: readonly (Expression | undefined)[]
): Expression {
  return { kind: 'call', on: typeof on === 'string' ? name(on) : on, method, args: args.filter(isDefined) };
}

/** `new Type(...args)`; an argument that is undefined is left out. */
export function create(type: string, ...args: readonly (Expression | undefined)[]): Expression {
  return { kind: 'new', type, args: args.filter(isDefined) };
}

export function list(items: readonly Expression[]): Expression {
  return { kind: 'list', items };
}

/** An object of the entries that have a value. */
export function object(entries: Readonly<Record<string, Expression | undefined>>): Expression {
  return {
    kind: 'object',
    entries: Object.entries(entries).flatMap(([key, one]) => (one === undefined ? [] : [{ key, value: one }])),
  };
}

/** An object, or nothing if none of its entries has a value. */
export function options(entries: Readonly<Record<string, Expression | undefined>>): Expression | undefined {
  const made = object(entries);
  return made.kind === 'object' && made.entries.length > 0 ? made : undefined;
}

/** A text with expressions in it, in its simplest form. */
export function text(parts: readonly (string | Expression)[]): Expression {
  const joined: (string | Expression)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') {
      joined[joined.length - 1] = last + part;
    } else if (part !== '') {
      joined.push(part);
    }
  }
  return joined.every((part) => typeof part === 'string')
    ? value(joined.join(''))
    : joined.length === 1
      ? plainText(joined[0] as Expression)
      : { kind: 'text', parts: joined };
}

/** A parameter as a text; what is a text already stays. */
function plainText(of: Expression): Expression {
  return of.kind === 'name' ? call(of, 'asString') : of;
}

/** Plain data as an expression. */
export function data(of: unknown, ofText: (text: string) => Expression = value): Expression {
  if (Array.isArray(of)) {
    return list(of.map((item) => data(item, ofText)));
  }
  if (typeof of === 'object' && of !== null) {
    return object(Object.fromEntries(Object.entries(of).map(([key, item]) => [key, data(item, ofText)])));
  }
  return typeof of === 'string' ? ofText(of) : value(of as number | boolean | null);
}

function isDefined<T>(one: T | undefined): one is T {
  return one !== undefined;
}
