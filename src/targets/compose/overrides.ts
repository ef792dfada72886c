import { ComposeMap, isMap } from './compose-value';
import { RenderContext } from './context';
import { compareText } from '../../plan/collections';
import { ComposeOverridePlan } from '../../plan/plan';
import { overridden, OverriddenPlan } from '../../plan/resolve-overrides';
import { OverrideReference } from '../../plan/target-output';
import { nearest } from '../../util/nearest';
import { YamlValue } from '../../util/yaml-text';
import { from, merge, Origin, originAt } from '../origin';
import { ofOverride } from '../service-origins';

/** Merges the overrides of the model: maps key by key, any other value in place of the generated one. */
export function withOverrides(context: RenderContext, rendered: ComposeMap): ComposeMap {
  return overridden(context.plan).reduce((document, owner) => (
    owner.overrides.compose.reduce((result, one, index) => (
      withOverride(context, result, owner, one, { path: owner.path, target: 'compose', index })), document)), rendered);
}

function withOverride(
  { report, overrides }: RenderContext,
  before: ComposeMap,
  { path, at }: OverriddenPlan,
  { key, value, reason }: ComposeOverridePlan,
  override: OverrideReference,
): ComposeMap {
  const what = `override of ${JSON.stringify(key)}`;
  const missing = missingEntry(before, at);
  if (missing !== undefined) {
    overrides.problems.push({
      override,
      rule: 'override-target',
      message: `The ${what} has no effect: ${missing}`,
      fix,
    });
    return before;
  }
  report.add({
    path,
    fact: `override of ${key}`,
    verdict: 'adapted',
    reason: `The model sets it for Compose alone: ${reason}`,
    remedy: 'Check whether the cluster needs the same.',
  });
  const place = [...at, key];
  const plain = sorted(value, [], `${path}: the override of ${key}`);
  const above = place.reduceRight<YamlValue | undefined>((below, step) => ({ [step]: below }), plain);
  const origin = () => ofOverride(path, key, reason, originAt(before, place));
  const after = merged(before, above as ComposeMap, origin);
  overrides.steps.push({ override, what, at: place, before, after });
  return after;
}

const fix = 'Remove the override, or use the construct in a service of the workstation.';

/** Describes why there is no entry to override. */
function missingEntry(document: ComposeMap, at: readonly string[]): string | undefined {
  const [list, name] = at;
  if (list === undefined) { return undefined; }
  const entries = document[list];
  if (isMap(entries) && Object.hasOwn(entries, name)) { return undefined; }
  const like = isMap(entries) ? nearest(name, Object.keys(entries)) : undefined;
  const hint = like === undefined ? '' : ` Did you mean ${JSON.stringify(like)}?`;
  return `the compose file has no ${list.slice(0, -1)} ${JSON.stringify(name)}.${hint}`;
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

/** Sorts keys: the order in which they were written must not count. The YAML writer refuses what is no plain data. */
function sorted(value: unknown, above: readonly unknown[], what: string): YamlValue {
  if (typeof value === 'object' && above.includes(value)) {
    throw new Error(`${what} contains itself.`);
  }
  const below = [...above, value];
  if (Array.isArray(value)) {
    return value.map((item) => sorted(item, below, what));
  }
  return isMap(value as YamlValue)
    ? Object.fromEntries(
      Object.entries(value as object)
        .sort(([a], [b]) => compareText(a, b))
        .map(([key, item]) => [key, sorted(item, below, what)]),
    )
    : (value as YamlValue);
}
