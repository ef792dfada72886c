import { ComposeNode, list, map, scalar } from './node';
import { parseTemplate, Part, Variable } from './template';

/** Values of variables. */
export type Environment = ReadonlyMap<string, string>;

/** Stands for the value of a variable that must be set and is not. */
export const MISSING = '\ufffd';

/** Replaces the variables in a text as Compose does. */
export function interpolate(text: string, environment: Environment): string {
  return parseTemplate(text)?.map((part) => partText(part, environment)).join('') ?? text;
}

function partText(part: Part, environment: Environment): string {
  if (typeof part === 'string') {
    return part;
  }
  const set = environment.get(part.name);
  const operand = (): string => interpolate(part.operand ?? '', environment);
  switch (part.operator) {
    case ':-': return set === undefined || set === '' ? operand() : set;
    case '-': return set ?? operand();
    case ':?': return set === undefined || set === '' ? `${MISSING}${part.name}` : set;
    case '?': return set ?? `${MISSING}${part.name}`;
    case ':+': return set === undefined || set === '' ? '' : operand();
    case '+': return set === undefined ? '' : operand();
    default: return set ?? '';
  }
}

/** Replaces the variables in every value of a document; Compose leaves keys as they are. */
export function interpolated(node: ComposeNode, environment: Environment): ComposeNode {
  switch (node.kind) {
    case 'map': return map([...node.entries].map(([key, one]) => [key, interpolated(one, environment)]), node);
    case 'list': return list(node.items.map((one) => interpolated(one, environment)), node);
    case 'scalar': return typeof node.value === 'string' && node.value.includes('$')
      ? scalar(interpolate(node.value, environment), node)
      : node;
    default: return node satisfies never;
  }
}

/** Every variable that a document names, in the order of the file. */
export function variablesOf(node: ComposeNode): Variable[] {
  switch (node.kind) {
    case 'map': return [...node.entries.values()].flatMap(variablesOf);
    case 'list': return node.items.flatMap(variablesOf);
    case 'scalar': return typeof node.value === 'string' ? variablesIn(node.value) : [];
    default: return node satisfies never;
  }
}

/** Every variable in a text, those in defaults included. */
export function variablesIn(text: string): Variable[] {
  if (!text.includes('$')) {
    return [];
  }
  return (parseTemplate(text) ?? []).flatMap((part) =>
    typeof part === 'string' ? [] : [part, ...variablesIn(part.operand ?? '')]);
}
