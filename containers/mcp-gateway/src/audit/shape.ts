import { createHash } from 'node:crypto';

/** The shape of a call's arguments, for the audit log: number, types and lengths, never values. */
export interface ArgumentShape {
  readonly count: number;
  /** By name, for the arguments that the tool declares. */
  readonly declared: Readonly<Record<string, ValueShape>>;
  /** How many others there were. Their names are the client's own text and are not kept. */
  readonly undeclared?: number;
}

export type ValueShape =
  | { readonly type: 'null' | 'boolean' | 'number' | 'other' }
  | { readonly type: 'string'; readonly length: number; readonly sha256?: string }
  | { readonly type: 'array'; readonly count: number; readonly itemTypes: readonly string[] }
  | { readonly type: 'object'; readonly count: number };

/**
 * From this length on a text is identified by its hash as well. Shorter ones are not hashed: a hash of a short text can
 * be undone by guessing.
 */
const HASHED_FROM = 1024;

/** An array's item types are looked up in its beginning only; an array of millions must cost nothing here. */
const ITEMS_LOOKED_AT = 64;

/** @param declared names of the tool's parameters; empty for a tool that does not exist */
export function shapeOf(args: unknown, declared: Iterable<string>): ArgumentShape {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    return args === undefined ? { count: 0, declared: {} } : { count: 1, declared: {}, undeclared: 1 };
  }
  const names = new Set(declared);
  const shapes: [string, ValueShape][] = [];
  let count = 0;
  for (const [name, value] of Object.entries(args)) {
    count += 1;
    if (names.has(name)) {
      shapes.push([name, valueShape(value)]);
    }
  }
  const undeclared = count - shapes.length;
  return { count, declared: Object.fromEntries(shapes), ...(undeclared > 0 ? { undeclared } : {}) };
}

function valueShape(value: unknown): ValueShape {
  if (typeof value === 'string') {
    return value.length < HASHED_FROM
      ? { type: 'string', length: value.length }
      : { type: 'string', length: value.length, sha256: createHash('sha256').update(value).digest('hex') };
  }
  if (Array.isArray(value)) {
    const itemTypes = [...new Set(value.slice(0, ITEMS_LOOKED_AT).map(typeName))].sort();
    return { type: 'array', count: value.length, itemTypes };
  }
  if (typeof value === 'object' && value !== null) {
    return { type: 'object', count: Object.keys(value).length };
  }
  const type = typeName(value);
  return { type: type === 'null' || type === 'boolean' || type === 'number' ? type : 'other' };
}

function typeName(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value) ? 'array' : typeof value;
}
