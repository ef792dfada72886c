import { Construct } from 'constructs';
import { isKind } from './kind';
import { freeId } from './taken-ids';
import { nearest } from '../util/nearest';

/** The type of a property: describes the error in a value at a place, if there is one. */
export type FieldType = (value: unknown, at: string) => string | undefined;

/** The type of every property; a missing one does not compile. */
export type FieldsOf<T> = { readonly [Key in keyof Required<T>]: FieldType };

export const aText = simple('a text', (value) => typeof value === 'string');
const aWord = simple('a text that is not empty', (value) => typeof value === 'string' && value !== '');
export const aFlag = simple('true or false', (value) => typeof value === 'boolean');
/** Accepts a text as well: the rules on numbers report it with all other findings. */
export const aNumber = simple('a number', (value) => typeof value === 'number' || typeof value === 'string');
export const aFunction = simple('a function', (value) => typeof value === 'function');
export const anything: FieldType = () => undefined;
export const aConstruct = simple('a construct', (value) => Construct.isConstruct(value));

export function optional(type: FieldType): FieldType {
  return (value, at) => (value === undefined ? undefined : type(value, at));
}

/** Something that a class of this library has marked. */
export function instanceOf(kind: string): FieldType {
  return simple(/^[AEIOU]/.test(kind) ? `an ${kind}` : `a ${kind}`, (value) => isKind(value, kind));
}

/** A member of an enum. */
export function oneOf(members: readonly string[] | Readonly<Record<string, string>>): FieldType {
  const values: unknown[] = Object.values(members);
  return simple(`one of ${values.map((value) => JSON.stringify(value)).join(', ')}`, (value) => values.includes(value));
}

/** One of several types. */
export function anyOf(...types: readonly FieldType[]): FieldType {
  return (value, at) => {
    const problems = types.map((type) => type(value, at));
    return problems.includes(undefined) ? undefined : problems[0];
  };
}

export function listOf(type: FieldType): FieldType {
  return (value, at) =>
    Array.isArray(value)
      ? // not by map(), which passes over holes
      Array.from(value as unknown[], (item, index) => type(item, `${at}[${index}]`)).find(
        (problem) => problem !== undefined,
      )
      : mismatch('a list', value, at);
}

/** A plain object from names to values of one type. */
export function recordOf(type: FieldType): FieldType {
  return (value, at) => (isPlain(value)
    ? Object.entries(value).map(([key, item]) => type(item, `${at}.${key}`)).find((problem) => problem !== undefined)
    : mismatch('a plain object', value, at));
}

/** An object with properties of its own. */
export function objectOf<T>(fields: FieldsOf<T>): FieldType {
  return (value, at) => (isObject(value) ? problemOf(value, fields, at) : mismatch('an object', value, at));
}

/**
 * Refuses what no type allows. Models that are loaded are not compiled with their types, and other languages have none.
 *
 * @throws naming the property, never its value: it may be a secret.
 */
export function expectFields<T>(owner: string, given: unknown, fields: FieldsOf<T>): void {
  const problem = isObject(given) ? problemOf(given, fields, '') : mismatch('an object', given, 'what it is given');
  if (problem !== undefined) {
    throw new Error(`${owner}: ${problem}`);
  }
}

/** Where a construct is put, for `super()`, when nothing is wrong with what it is given. */
export function placed<T>(
  kind: string,
  scope: unknown,
  id: unknown,
  props: unknown,
  fields: FieldsOf<T>,
): [scope: Construct, id: string] {
  expectFields(`new ${kind}`, { scope, id }, { scope: aConstruct, id: aWord });
  expectFields(`new ${kind}(…, ${JSON.stringify((id as string).slice(0, 64))})`, props, fields);
  return [scope as Construct, freeId(scope as Construct, id as string)];
}

function problemOf<T>(given: object, fields: FieldsOf<T>, at: string): string | undefined {
  const names = Object.keys(fields);
  const values = given as Record<string, unknown>;
  for (const name of names) {
    const problem = fields[name as keyof T](values[name], at === '' ? name : `${at}.${name}`);
    if (problem !== undefined) {
      return problem;
    }
  }
  return misspelt(given, names, values);
}

/**
 * A name that is not known and like one that is: it would have no effect. Others are let through, as types do, and
 * objects of classes have their own.
 */
function misspelt(
  given: object,
  names: readonly string[],
  values: Readonly<Record<string, unknown>>,
): string | undefined {
  if (!isPlain(given)) {
    return undefined;
  }
  const free = names.filter((name) => values[name] === undefined);
  for (const name of Object.keys(given).filter((one) => !names.includes(one))) {
    const meant = nearest(name, free);
    if (meant !== undefined) {
      return `there is no property "${name}". Did you mean "${meant}"?`;
    }
  }
  return undefined;
}

function simple(words: string, holds: (value: unknown) => boolean): FieldType {
  return (value, at) => (holds(value) ? undefined : mismatch(words, value, at));
}

function mismatch(words: string, value: unknown, at: string): string {
  return `"${at}" is ${described(value)} (expected ${words}).`;
}

function described(value: unknown): string {
  switch (typeof value) {
    case 'undefined': return 'missing';
    case 'string': return value === '' ? 'an empty text' : 'a text';
    case 'boolean': return String(value);
    case 'object': return value === null ? 'null' : Array.isArray(value) ? 'a list' : 'another object';
    default: return `a ${typeof value}`;
  }
}

/** Whether it may have properties by name; maps, dates and lists have what they hold elsewhere. */
function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

function isPlain(value: unknown): value is object {
  return isObject(value) && [null, Object.prototype].includes(Object.getPrototypeOf(value) as object | null);
}
