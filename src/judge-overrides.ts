import { widenings } from './diff/widenings';
import { Plan } from './plan/plan';
import { TargetFacts } from './plan/target-facts';
import { OverrideEffect, OverrideProblem } from './plan/target-output';
import type { OverrideChain } from './rules';
import { checkDocument, DocumentProblem } from './targets/compose/check-document';
import { readCompose } from './targets/compose/read/read-compose';
import { checkObject } from './targets/kubernetes/check-object';
import { readKubernetes } from './targets/kubernetes/read/read-kubernetes';
import { OverrideLog, OverrideStep } from './targets/override-step';
import type { TargetFile, YamlDocument } from './targets/target-file';
import { isMap, mapOf, Tree } from './targets/tree';

/** One target with the overrides that went into it. */
export interface OverriddenTarget {
  readonly documents: readonly TargetFile[];
  readonly overrides: OverrideLog;
}

/** The effects of overrides on the generated files. */
export interface OverrideReport {
  readonly problems: readonly OverrideProblem[];
  readonly chains: readonly OverrideChain[];
  readonly effects: readonly OverrideEffect[];
}

/** Works out what overrides do: what the target refuses, what rules must judge, what they open. */
export function judgeOverrides(plan: Plan, compose: OverriddenTarget, kubernetes: OverriddenTarget): OverrideReport {
  const chains = [...composeChains(plan, compose), ...kubernetesChains(plan, kubernetes)];
  return {
    problems: [
      ...compose.overrides.problems,
      ...kubernetes.overrides.problems,
      ...composeProblems(compose),
      ...kubernetesProblems(kubernetes),
    ],
    chains,
    effects: chains.flatMap(({ changes, states }) => changes.map(({ override, what }, index): OverrideEffect => (
      { override, what, opens: widenings(states[index].facts, states[index + 1].facts) }))),
  };
}

function composeProblems({ overrides: { steps } }: OverriddenTarget): OverrideProblem[] {
  const last = steps[steps.length - 1];
  return last === undefined ? [] : checkDocument(last.after).flatMap((problem) => {
    const { rule, message, fix } = problem;
    const step = culprit(steps, problem);
    return step === undefined
      ? []
      : [{ override: step.override, rule, message: `The ${step.what} is refused: ${message}`, fix }];
  });
}

/** Returns the last override of the place of a problem, else the one that brought it about. */
function culprit(steps: readonly OverrideStep[], problem: DocumentProblem): OverrideStep | undefined {
  const touches = ({ at }: OverrideStep) => problem.places.some((place) => (
    at.every((step, index) => index >= place.length || place[index] === step)));
  const latest = [...steps].reverse();
  return latest.find(touches) ?? latest.find(({ before }) => (
    !checkDocument(before).some(({ message }) => message === problem.message)));
}

function kubernetesProblems({ overrides: { steps, objects } }: OverriddenTarget): OverrideProblem[] {
  const ofPatches = grouped(steps, isNextOf).flatMap((group) => {
    const latest = [...group].reverse();
    return checkObject(latest[0].after).map(({ rule, at, message, fix }): OverrideProblem => {
      const touches = (step: OverrideStep) => step.at.every((key, index) => (
        index >= at.length || key === '-' || at[index] === key));
      const { override, what } = latest.find(touches) ?? latest[0];
      return { override, rule, message: `The ${what} is refused: ${message}`, fix };
    });
  });
  return [...ofPatches, ...objects.flatMap(({ override, what, document }) => (
    checkObject(document).map(({ rule, message, fix }): OverrideProblem => (
      { override, rule, message: `The ${what} is refused: ${message}`, fix }))))];
}

/** Whether two patches are of one object. */
function isNextOf(one: OverrideStep, other: OverrideStep): boolean {
  return one.after === other.before;
}

/** Overrides of a service change its entry alone, so the others need not be read again for each. */
function composeChains(plan: Plan, { documents, overrides: { steps } }: OverriddenTarget): OverrideChain[] {
  const escape = styleOf(documents[0]).escape;
  return grouped(steps, (one, other) => one.override.path === other.override.path).map((group) => {
    const [{ at: [list, name] }] = group;
    const part = (document: YamlDocument): Tree =>
      list === 'services' && name !== undefined
        ? { ...document, services: { [name]: mapOf(document.services)[name] } }
        : document;
    return chainOf(plan, 'compose', group, (document) => readCompose(escaped(part(document), escape), new Map()));
  });
}

/** A patch of a workload changes its containers alone; one of another object may change what reaches them. */
function kubernetesChains(plan: Plan, { documents, overrides }: OverriddenTarget): OverrideChain[] {
  const all = documents.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'yaml' ? [part.document] : [])));
  const patches = grouped(overrides.steps, isNextOf).map((group) => {
    const { after } = group[group.length - 1];
    const read = (object: YamlDocument) => readKubernetes(
      isWorkload(after) ? [object] : all.map((document) => (isSame(document, after) ? object : document)),
    );
    return chainOf(plan, 'kubernetes', group, read);
  });
  return [...patches, ...overrides.objects.map(({ override, what, document }): OverrideChain => {
    const others = isWorkload(document) ? [] : all.filter((one) => one !== document);
    const states = [others, [...others, document]].map((documents_) => (
      { target: 'kubernetes' as const, plan, facts: readKubernetes(documents_) }));
    return { changes: [{ override, what }], states };
  })];
}

function isWorkload({ kind, spec }: YamlDocument): boolean {
  return kind === 'Pod' || isMap(mapOf(spec).template) || isMap(mapOf(spec).jobTemplate);
}

/** The name of a ConfigMap ends with a hash of its content once that is complete. */
function isSame(document: YamlDocument, object: YamlDocument): boolean {
  const nameOfObject = (one: YamlDocument) => String(mapOf(one.metadata).name);
  return (
    document.kind === object.kind &&
    (nameOfObject(document) === nameOfObject(object) || nameOfObject(document).startsWith(`${nameOfObject(object)}-`))
  );
}

function chainOf(
  plan: Plan,
  target: 'compose' | 'kubernetes',
  steps: readonly OverrideStep[],
  read: (document: YamlDocument) => TargetFacts,
): OverrideChain {
  const documents = [steps[0].before, ...steps.map(({ after }) => after)];
  return {
    changes: steps.map(({ override, what }) => ({ override, what })),
    states: documents.map((document) => ({ target, plan, facts: read(document) })),
  };
}

/** Splits a list where two neighbours do not belong together. */
function grouped<T>(items: readonly T[], together: (one: T, other: T) => boolean): [T, ...T[]][] {
  const groups: [T, ...T[]][] = [];
  items.forEach((item, index) => {
    if (index > 0 && together(items[index - 1], item)) {
      groups[groups.length - 1].push(item);
    } else {
      groups.push([item]);
    }
  });
  return groups;
}

function styleOf({ parts: [part] }: TargetFile): { escape?: (text: string) => string } {
  return part.kind === 'yaml' ? part.style : {};
}

/** A document as it is written, with what the target's syntax escapes. */
function escaped(value: unknown, escape = (text: string): string => text): unknown {
  if (typeof value === 'string') { return escape(value); }
  if (Array.isArray(value)) { return value.map((item) => escaped(item, escape)); }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escaped(item, escape)]))
    : value;
}
