import { isMap, listOf, mapOf, textOf, Tree } from '../tree';

/**
 * Whether a selector chooses something with these labels. What cannot be read chooses everything: it must not look
 * closed.
 */
export function selects(selector: unknown, labels: Tree): boolean {
  const { matchLabels, matchExpressions } = mapOf(selector);
  return Object.entries(mapOf(matchLabels)).every(([name, value]) => labels[name] === value)
    && listOf(matchExpressions).every((expression) => holds(mapOf(expression), labels));
}

function holds({ key, operator, values }: Tree, labels: Tree): boolean {
  const value = labels[textOf(key)];
  const isListed = listOf(values).includes(value);
  switch (operator) {
    case 'In': return isListed;
    case 'NotIn': return !isListed;
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return true;
  }
}

/** `app=web, tier in (a, b)` */
export function selectorText(selector: unknown): string {
  const { matchLabels, matchExpressions } = mapOf(selector);
  const equal = Object.entries(mapOf(matchLabels)).map(([name, value]) => `${name}=${textOf(value)}`);
  const others = listOf(matchExpressions)
    .filter(isMap)
    .map(
      ({ key, operator, values }) => `${textOf(key)} ${textOf(operator)} (${listOf(values).map(textOf).join(', ')})`,
    );
  return [...equal, ...others].sort().join(', ');
}

export function isEverything(selector: unknown): boolean {
  return isMap(selector) && selectorText(selector) === '';
}
