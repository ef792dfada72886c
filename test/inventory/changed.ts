import * as fs from 'node:fs';
import Ajv, { ValidateFunction } from 'ajv';

/** Compiles the schema of an inventory as an editor would: by a library, from the file. */
export function compileSchema(kind: string): ValidateFunction {
  const read = (name: string): object =>
    JSON.parse(fs.readFileSync(`inventories/${name}.schema.json`, 'utf8')) as object;
  return new Ajv({ strict: false }).addSchema(read('common'), 'common.schema.json').compile(read(kind));
}

type Steps = readonly (string | number)[];

/** A copy of a document with one value changed, or removed when the new one is undefined. */
export function setAt(document: unknown, steps: Steps, value: unknown): unknown {
  const copy = structuredClone(document) as Record<string | number, unknown>;
  const parent = steps.slice(0, -1).reduce((node, step) => node[step] as Record<string | number, unknown>, copy);
  const last = steps[steps.length - 1];
  if (value !== undefined) {
    parent[last] = value;
  } else if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
  } else {
    delete parent[last];
  }
  return copy;
}

/** The way to every value of a document. */
export function pathsOf(node: unknown, path: Steps = []): (string | number)[][] {
  if (typeof node !== 'object' || node === null) {
    return [[...path]];
  }
  const inner = Object.entries(node).flatMap(([key, value]) =>
    pathsOf(value, [...path, Array.isArray(node) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [[...path], ...inner];
}
