import { ComposeMap, isMap } from './compose-value';
import { Report } from './report';
import { compareText } from '../../plan/collections';
import { ServicePlan } from '../../plan/plan';
import { YamlValue } from '../../util/yaml-text';
import { from, merge, Origin, originAt } from '../origin';
import { ofOverride } from '../service-origins';

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
    const above = { [key]: sorted(value, [], `${service.path}: the override of ${key}`) };
    result = merged(result, above, () => ofOverride(service, key, reason, originAt(rendered, [key])));
  }
  return result;
}

function merged(below: ComposeMap, above: ComposeMap, origin: () => Origin): ComposeMap {
  const entries = Object.entries(above).map(([key, value]): [string, YamlValue | undefined] => {
    const existing = Object.hasOwn(below, key) ? below[key] : undefined;
    if (isMap(existing) && isMap(value)) { return [key, merged(existing, value, origin)]; }
    return [key, typeof value === 'object' && value !== null ? from(origin, value) : value];
  });
  const isReplaced = ([key, value]: [string, YamlValue | undefined]) => value === above[key];
  return merge(
    below,
    Object.fromEntries(entries.filter((entry) => !isReplaced(entry))),
    from(origin, Object.fromEntries(entries.filter(isReplaced))),
  );
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
