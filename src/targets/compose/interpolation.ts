import { ComposeMap, isMap } from './compose-value';
import { YamlValue } from '../yaml-text';

/**
 * Doubles every `$`, so that Compose puts nothing in its place. Compose looks for variables in values and never in
 * keys.
 */
export function withoutInterpolation(document: ComposeMap): ComposeMap {
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [key, value === undefined ? undefined : literal(value)]),
  );
}

function literal(value: YamlValue): YamlValue {
  if (typeof value === 'string') {
    return value.replaceAll('$', '$$$$');
  }
  if (isMap(value)) {
    return withoutInterpolation(value);
  }
  return Array.isArray(value) ? value.map(literal) : value;
}
