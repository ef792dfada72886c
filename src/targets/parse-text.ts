import type * as Yaml from 'yaml';
import { lazy } from '../util/lazy';

const loadYaml = lazy(() => require('yaml') as typeof import('yaml'));

/** More than any toolbox needs, less than what takes minutes to parse. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** A text that cannot be read. The message says why. */
export class Unreadable extends Error {
  constructor(message: string, public readonly path?: string) {
    super(message);
  }
}

/**
 * Reads YAML of one or more documents as plain data: no anchors, no tags, no key twice.
 *
 * @throws Unreadable
 */
export function parseYaml(text: string): unknown[] {
  checkSize(text);
  const yaml = loadYaml();
  // the library's own search for keys that stand twice takes quadratic time
  const documents = [
    ...(yaml.parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false }) as Yaml.Document.Parsed[]),
  ];
  return documents.map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) {
      throw new Unreadable(`it is not plain YAML: ${problem.message.split('\n')[0].replace(/:$/, '')}`);
    }
    checkNode(yaml, document.contents);
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  });
}

function checkNode(yaml: typeof Yaml, node: unknown): void {
  if (yaml.isAlias(node)) { throw new Unreadable('it is not plain YAML: it has aliases'); }
  if (!yaml.isCollection(node)) { return; }
  const keys = new Set<string>();
  for (const item of node.items) {
    if (!yaml.isPair(item)) {
      checkNode(yaml, item);
      continue;
    }
    const key = yaml.isScalar(item.key) ? String(item.key.value) : undefined;
    if (key === undefined) { throw new Unreadable('it is not plain YAML: a key is not a text'); }
    if (keys.has(key)) { throw new Unreadable(`the key ${JSON.stringify(key)} stands twice in one map`); }
    keys.add(key);
    checkNode(yaml, item.value);
  }
}

/**
 * Reads JSON.
 *
 * @throws Unreadable
 */
export function parseJson(text: string): unknown {
  checkSize(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('it is not JSON');
  }
}

function checkSize(text: string): void {
  if (text.length > MOST_CHARACTERS) {
    throw new Unreadable(`it has more than ${MOST_CHARACTERS / 1024 / 1024} Mi characters`);
  }
}
