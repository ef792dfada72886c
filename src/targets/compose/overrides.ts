import { ComposeMap, isMap } from './compose-value';
import { Report } from './report';
import { compareText } from '../../plan/order';
import { ServicePlan } from '../../plan/plan';
import { YamlValue } from '../yaml-text';

/** Merges what the model says for Compose alone: maps key by key, all else in place of what stood there. */
export function withOverrides(service: ServicePlan, rendered: ComposeMap, report: Report): ComposeMap {
  let result = rendered;
  for (const { key, value, reason } of service.overrides.compose) {
    report.tell({
      path: service.path,
      fact: `override of ${key}`,
      verdict: 'adapted',
      reason: `The model sets it for Compose alone: ${reason}`,
      remedy: 'See that the cluster needs nothing alike.',
    });
    result = merged(result, { [key]: sorted(value, [], `${service.path}: the override of ${key}`) });
  }
  return result;
}

function merged(below: ComposeMap, above: ComposeMap): ComposeMap {
  const entries = Object.entries(above).map(([key, value]): [string, YamlValue | undefined] => {
    const existing = Object.hasOwn(below, key) ? below[key] : undefined;
    return [key, isMap(existing) && isMap(value) ? merged(existing, value) : value];
  });
  return Object.fromEntries([...Object.entries(below), ...entries]);
}

/**
 * The user's own order of keys must not count. What is no plain data stays, for the YAML writer to refuse with its
 * place.
 */
function sorted(value: unknown, above: readonly object[], what: string): YamlValue {
  if (typeof value !== 'object' || value === null) {
    return value as YamlValue;
  }
  if (above.includes(value)) {
    throw new Error(`${what} contains itself.`);
  }
  const below = [...above, value];
  if (Array.isArray(value)) {
    return value.map((item) => sorted(item, below, what));
  }
  return Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => compareText(a, b))
        .map(([key, item]) => [key, sorted(item, below, what)]),
    )
    : (value as YamlValue);
}
