import { SourceLocation } from '../model/finding';
import { CheckPlan, PinPlan, Plan } from '../plan/plan';
import { FidelityEntry } from '../plan/target-output';
import { ownRules, rules } from '../rules';
import { Origin, Override } from '../targets/origin';

/**
 * How a committed file compares with the model: it is what the model gives, differs from it, was approved before, or is
 * no file of the model. Not known if the model has errors.
 */
export type FileState = 'current' | 'differs' | 'approved-before' | 'not-given' | 'not-known';

/** The constructs, pins, checks and rules behind a place in a generated file. */
export interface Explanation {
  /** From the project's folder. */
  readonly file: string;
  readonly line: number;
  /** The line itself. */
  readonly text: string;
  /** Path of the field, or headings of the page; empty for other text. */
  readonly at: string;
  readonly state: FileState;
  /** First the construct that states the line, then those that the line names. */
  readonly constructs: readonly ExplainedConstruct[];
  readonly pins: readonly ExplainedPin[];
  /** Checks of the first construct, with what was recorded about them. */
  readonly checks: readonly ExplainedCheck[];
  readonly rules: readonly ExplainedRule[];
  readonly waivers: readonly ExplainedWaiver[];
  readonly overrides: readonly Override[];
  /** Where the line is about a construct as a whole: what the targets adapt or leave out of it. */
  readonly fidelity: readonly ExplainedFidelity[];
}

export interface ExplainedConstruct {
  readonly path: string;
  /** Kind of construct: `service`, `volume`, `secret`. */
  readonly kind: string;
  /** Where the user's code creates it; undefined if the app does not report it. */
  readonly location?: SourceLocation;
}

export interface ExplainedPin {
  readonly component: string;
  readonly version?: string;
  readonly status: PinPlan['status'];
  readonly location?: SourceLocation;
}

export interface ExplainedCheck {
  readonly name: string;
  readonly state: CheckPlan['status']['kind'];
  /** Where the record is; undefined if there is none. */
  readonly location?: SourceLocation;
}

export interface ExplainedRule {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly waivable: boolean;
  readonly title: string;
}

export interface ExplainedWaiver {
  readonly path: string;
  readonly rule: string;
  readonly reason: string;
  readonly location?: SourceLocation;
}

export type ExplainedFidelity = Omit<FidelityEntry, 'path'>;

type Sources = Readonly<Record<string, SourceLocation>>;

/** The part of an explanation that follows from the origin of a line. */
export type Known = Omit<Explanation, 'file' | 'line' | 'text' | 'at' | 'state'>;

/**
 * Looks up what the plan knows of an origin.
 *
 * @param fidelity what the targets report, asked for only where it is needed: all targets have to be rendered.
 */
export function explain(
  plan: Plan,
  { constructs, facets, components, overrides }: Origin,
  sources: Sources,
  fidelity: () => readonly FidelityEntry[] = () => [],
): Known {
  const waived = plan.waivers.filter(({ path }) => constructs.includes(path)).map(({ rule }) => rule);
  const judging = [...rules, ...ownRules(plan)].filter(
    (rule) => waived.includes(rule.id) || rule.facets.some((facet) => facets.includes(facet)),
  );
  const ids = new Set(judging.map(({ id }) => id));
  return {
    constructs: constructs.map((path) => ({ path, kind: kindOf(plan, path), ...placed(sourceOf(sources, path)) })),
    pins: plan.pins.filter(({ component }) => components.includes(component))
      .map(({ component, version, status, location }) => ({ component, version, status, ...placed(location) })),
    checks: checksOf(plan, constructs[0]),
    rules: judging.map(({ id, severity, waivable, title }) => ({ id, severity, waivable, title })),
    waivers: plan.waivers.filter((one) => ids.has(one.rule) && constructs.some((path) => isBelow(path, one.scope)))
      .map(({ path, rule, reason }) => ({ path, rule, reason, ...placed(sourceOf(sources, path)) })),
    overrides,
    fidelity: facets.includes('identity')
      ? fidelity().filter(({ path }) => path === constructs[0]).map(({ path: _, ...entry }) => entry)
      : [],
  };
}

/** Checks that are, or cover, a construct. */
function checksOf(plan: Plan, path: string | undefined): ExplainedCheck[] {
  const names = [...plan.services, ...plan.hostServices].flatMap((one) => (one.path === path ? [one.name] : []));
  return plan.checks
    .filter((check) => check.path === path || names.some((name) => check.covers.includes(name)))
    .map(({ name, status }) => ({
      name,
      state: status.kind,
      ...placed(status.kind === 'to-verify' ? undefined : status.record.location),
    }));
}

function placed(location: SourceLocation | undefined): { readonly location?: SourceLocation } {
  return location === undefined ? {} : { location };
}

/** Returns the place of a construct; a part without a place has that of its owner. */
function sourceOf(sources: Sources, path: string): SourceLocation | undefined {
  if (Object.hasOwn(sources, path)) { return sources[path]; }
  const end = path.lastIndexOf('/');
  return end < 0 ? undefined : sourceOf(sources, path.slice(0, end));
}

function isBelow(path: string, scope: string): boolean {
  return path === scope || path.startsWith(`${scope}/`);
}

function kindOf(plan: Plan, path: string): string {
  const kinds: readonly [string, readonly { readonly path: string }[]][] = [
    ['service', plan.services],
    ['host service', plan.hostServices],
    ['volume', plan.volumes],
    ['network', plan.networks],
    ['profile', plan.profiles],
    ['env file', plan.envFiles],
    ['secret file', plan.secretFiles ?? []],
    ['parameter', plan.parameters],
    ['secret', plan.envFiles.flatMap(({ path: file, keys }) => keys.map(({ name }) => ({ path: `${file}/${name}` })))],
    ['tool policy', plan.policies],
    ['check', plan.checks],
    ['waiver', plan.waivers],
    ['decision', plan.decisions],
  ];
  if (path === plan.name) { return 'toolbox'; }
  return kinds.find(([, list]) => list.some((one) => one.path === path))?.[0] ?? 'configuration file';
}
