import { YamlValue } from '../yaml-text';
import { ComposeMap } from './compose-value';

/**
 * Doubles every `$`, so that Compose puts nothing in its place. Compose looks for variables in values and never in keys.
 */
export function withoutInterpolation(document: ComposeMap): ComposeMap {
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, value === undefined ? undefined : literal(value)]));
}

function literal(value: YamlValue): YamlValue {
  if (typeof value === 'string') {
    return value.replaceAll('$', '$$$$');
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return isList(value) ? value.map(literal) : withoutInterpolation(value);
}

function isList(value: object): value is readonly YamlValue[] {
  return Array.isArray(value);
}
