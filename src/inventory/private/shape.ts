import { Report } from './report';
import { Spot, Tree, describe, quote } from './tree';
import { nearest } from '../../util/nearest';

/**
 * Reads a tree as something typed. Undefined, and told, when it is something else; what can be read of a mapping is
 * read, so that one mistake does not make others of it.
 */
export type Shape<T> = (tree: Tree, where: string, report: Report) => T | undefined;

/** What a text must look like. */
export interface TextRule {
  readonly pattern: RegExp;
  readonly longest: number;
  /** Completes "must be". */
  readonly expected: string;
  /** A better message for mistakes one can name; undefined for all others. */
  readonly explain?: (text: string) => string | undefined;
}

export interface Field<T> {
  readonly shape: Shape<T>;
  /** The line to add when it is missing; undefined when it may be. */
  readonly required?: string;
}

type Fields<T> = { readonly [K in keyof T]-?: Field<NonNullable<T[K]>> };

/** What was read of a mapping, and where its keys are. */
export interface Read<T> {
  readonly at: Spot;
  readonly value: Partial<T>;
  /** Place of a key, or of the mapping when the key is not there. */
  readonly spotOf: (key: keyof T & string) => Spot;
  /** Whether the key is there, readable or not. */
  readonly has: (key: keyof T & string) => boolean;
}

export function text(rule: TextRule): Shape<string> {
  return (tree, where, report) => {
    if (tree.kind !== 'text') {
      report.add(
        'inventory-schema',
        tree.at,
        `\`${where}\` must be text, and is ${describe(tree)}.`,
        fixOfNoText(tree, rule),
      );
      return undefined;
    }
    const wrong = explain(tree.text, rule);
    if (wrong) {
      report.add(
        'inventory-schema',
        tree.at,
        `\`${where}\` is ${quote(tree.text)}, which ${wrong}.`,
        `Write ${rule.expected}.`,
      );
      return undefined;
    }
    return tree.text;
  };
}

function explain(value: string, rule: TextRule): string | undefined {
  if ([...value].length > rule.longest) {
    return `is longer than ${rule.longest} characters`;
  }
  return rule.pattern.test(value) ? undefined : rule.explain?.(value) ?? `is not ${rule.expected}`;
}

function fixOfNoText(tree: Tree, rule: TextRule): string {
  return tree.kind === 'number' || tree.kind === 'boolean'
    ? `Put it in quotes: '${tree.source}'.`
    : `Write ${rule.expected}.`;
}

export function oneOf<T extends string>(...allowed: readonly T[]): Shape<T> {
  const list = allowed.map((one) => `\`${one}\``).join(' or ');
  return (tree, where, report) => {
    const found = tree.kind === 'text' ? allowed.find((one) => one === tree.text) : undefined;
    if (found === undefined) {
      report.add(
        'inventory-schema',
        tree.at,
        `\`${where}\` must be ${list}, and is ${describe(tree)}.`,
        `Write ${list}.`,
      );
    }
    return found;
  };
}

export function exactly(number: number): Shape<number> {
  return (tree, where, report) => {
    if (tree.kind === 'number' && tree.value === number) {
      return number;
    }
    report.add(
      'inventory-schema',
      tree.at,
      `\`${where}\` must be the number ${number}, and is ${describe(tree)}.`,
      `Write ${where}: ${number}.`,
    );
    return undefined;
  };
}

/** A whole number from 0 on. */
export function count(most: number): Shape<number> {
  return (tree, where, report) => {
    const value = tree.kind === 'number' ? Number(tree.value) : NaN;
    if (Number.isInteger(value) && value >= 0 && value <= most) {
      return value;
    }
    report.add(
      'inventory-schema',
      tree.at,
      `\`${where}\` must be a whole number from 0 to ${most}, and is ${describe(tree)}.`,
      'Write it without quotes and fraction.',
    );
    return undefined;
  };
}

/** A list of at least one, without doubles; leaves out what cannot be read. */
export function setOf<T>(shape: Shape<T>): Shape<T[]> {
  return (tree, where, report) => {
    const items = listOf(shape, 1)(tree, where, report);
    if (items && new Set(items).size < items.length) {
      report.add('inventory-schema', tree.at, `\`${where}\` has an item twice.`, 'Keep one of them.');
    }
    return items;
  };
}

/** Leaves out what cannot be read. */
export function listOf<T>(shape: Shape<T>, least = 0): Shape<T[]> {
  return (tree, where, report) => {
    if (tree.kind !== 'list') {
      report.add(
        'inventory-schema',
        tree.at,
        `\`${where}\` must be a list, and is ${describe(tree)}.`,
        'Begin each item on a line of its own with "- ".',
      );
      return undefined;
    }
    if (tree.items.length < least) {
      report.add('inventory-schema', tree.at, `\`${where}\` has no item.`, 'Add at least one.');
    }
    return tree.items.flatMap((item, index) => shape(item, `${where}[${index}]`, report) ?? []);
  };
}

/** A list of mappings in the order of one of their texts, which is there once. */
export function sortedListOf<T>(
  shape: Shape<Read<T>>,
  key: { [K in keyof T]: T[K] extends string ? K : never }[keyof T] & string,
): Shape<Read<T>[]> {
  return (tree, where, report) => {
    const items = listOf(shape)(tree, where, report);
    const known = items?.filter((item) => item.value[key] !== undefined) ?? [];
    known.slice(1).forEach((item, index) => {
      const [before, after] = [String(known[index].value[key]), String(item.value[key])];
      if (before === after) {
        report.add(
          'inventory-duplicate',
          item.spotOf(key),
          `\`${where}\` has ${quote(after)} twice.`,
          'Keep one of them.',
        );
      } else if (before > after) {
        const message = `\`${where}\` must be sorted by ${key}, and ${quote(after)} comes after ${quote(before)}.`;
        report.add('inventory-schema', item.spotOf(key), message, 'Sort it by code unit.');
      }
    });
    return items;
  };
}

export function mapping<T extends object>(fields: Fields<T>): Shape<Read<T>> {
  const known = Object.keys(fields);
  return (tree, where, report) => {
    if (tree.kind !== 'map') {
      const name = where === '' ? 'The file' : `\`${where}\``;
      report.add(
        'inventory-schema',
        tree.at,
        `${name} must be a mapping, and is ${describe(tree)}.`,
        `Write keys with values: ${known.join(', ')}.`,
      );
      return undefined;
    }
    const spots = new Map<string, Spot>();
    const value: Partial<Record<string, unknown>> = {};
    for (const entry of tree.entries) {
      if (!known.includes(entry.key)) {
        tellUnknown(entry.key, entry.at, where, known, report);
        continue;
      }
      spots.set(entry.key, entry.at);
      value[entry.key] = (fields[entry.key as keyof T] as Field<unknown>).shape(
        entry.value,
        join(where, entry.key),
        report,
      );
    }
    tellMissing(fields, spots, where, tree.at, report);
    return {
      at: tree.at,
      value: value as Partial<T>,
      spotOf: (key) => spots.get(key) ?? tree.at,
      has: (key) => spots.has(key),
    };
  };
}

function tellUnknown(key: string, at: Spot, where: string, known: readonly string[], report: Report): void {
  const like = nearest(key, known);
  const place = where === '' ? 'at the top of the file' : `in \`${where}\``;
  const fix = like ? `Did you mean \`${like}\`?` : `Known keys: ${known.map((name) => `\`${name}\``).join(', ')}.`;
  report.add('inventory-schema', at, `There is no key ${quote(key)} ${place}.`, fix);
}

function tellMissing<T extends object>(
  fields: Fields<T>,
  spots: ReadonlyMap<string, Spot>,
  where: string,
  at: Spot,
  report: Report,
): void {
  for (const [key, field] of Object.entries<Field<unknown>>(fields)) {
    if (field.required !== undefined && !spots.has(key)) {
      report.add('inventory-schema', at, `\`${join(where, key)}\` is missing.`, `Add \`${field.required}\`.`);
    }
  }
}

/** What was read, as it must be when nothing of the file was refused. */
export function whole<T>(read: Read<T>, report: Report): T {
  if (!report.isClean) {
    throw new Error('Nothing that was refused is whole');
  }
  return read.value as T;
}

function join(where: string, key: string): string {
  return where === '' ? key : `${where}.${key}`;
}
