import { UsageError } from '../util/errors';
import { didYouMean } from '../util/nearest';
import { Step } from '../util/yaml-text';

/** Returns steps as text, `services.web.volumes[0]`; keys with dots or brackets are quoted. */
export function pathText(steps: readonly Step[]): string {
  return steps.map((step, index) => {
    if (typeof step === 'number') { return `[${step}]`; }
    if (!/^[^.[\]'"\s]+$/.test(step)) { return `[${JSON.stringify(step)}]`; }
    return index === 0 ? step : `.${step}`;
  }).join('');
}

/**
 * Follows a path into a document: keys with dots between them, items as `[0]` or `.0`. The longest key that fits wins,
 * so a key that contains dots needs no quotes.
 *
 * @throws UsageError at the first part that the document does not have.
 */
export function walk(document: unknown, path: string, label: string): Step[] {
  const steps: Step[] = [];
  let node = document;
  let rest = path.trim().replace(/^\./, '');
  while (rest !== '') {
    const next = nextStep(node, rest);
    if (next === undefined) { throw new UsageError(missing(node, rest, path, label)); }
    steps.push(next.step);
    node = (node as Record<Step, unknown>)[next.step];
    rest = rest.slice(next.length).replace(/^\.(?=.)/, '');
  }
  return steps;
}

interface NextStep {
  readonly step: Step;
  /** Characters of the path that it takes. */
  readonly length: number;
}

function nextStep(node: unknown, rest: string): NextStep | undefined {
  if (Array.isArray(node)) {
    const [used, inBrackets, plain] = /^(?:\[(\d{1,9})\]|(\d{1,9})(?=\.|\[|$))/.exec(rest) ?? [];
    const index = Number(inBrackets ?? plain);
    return used !== undefined && index < node.length ? { step: index, length: used.length } : undefined;
  }
  const fitting = keysOf(node).flatMap((key) => spellings(key, rest).map((length) => ({ step: key, length })));
  return fitting.sort((a, b) => b.length - a.length)[0];
}

/** How many characters of the path a key takes if it is the next part: plain, or as `["key"]`. */
function spellings(key: string, rest: string): number[] {
  const quoted = [`[${JSON.stringify(key)}]`, `['${key}']`].filter((text) => rest.startsWith(text));
  const plain = key !== '' && rest.startsWith(key) && /^(?:$|\.|\[)/.test(rest.slice(key.length)) ? [key] : [];
  return [...quoted, ...plain].map(({ length }) => length);
}

function missing(node: unknown, rest: string, path: string, label: string): string {
  const before = path.slice(0, path.length - rest.length).replace(/\.$/, '');
  const where = before === '' ? label : `"${before}" in ${label}`;
  const wanted = /^[^.[]+/.exec(rest)?.[0] ?? rest;
  if (Array.isArray(node)) { return `${where} has ${node.length} items, and no "${wanted}". The first one is [0].`; }
  const keys = keysOf(node);
  return keys.length === 0
    ? `${where} has nothing below it, so no "${wanted}".`
    : `${where} has no "${wanted}".${didYouMean(wanted, keys) || ` It has ${listed(keys)}.`}`;
}

function listed(keys: readonly string[]): string {
  const shown = keys.slice(0, 12).map((key) => `"${key}"`).join(', ');
  return keys.length > 12 ? `${shown} and ${keys.length - 12} more` : shown;
}

function keysOf(node: unknown): string[] {
  return typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, value]) => (value === undefined ? [] : [key]))
    : [];
}
