import { Rule } from './rule';
import { OverridesPlan } from '../plan/plan';
import { overridden } from '../plan/resolve-overrides';
import { OverrideReference } from '../plan/target-output';

const COMPOSE_KEY = /^(?:[a-z][a-z0-9_.-]{0,62}|x-[A-Za-z0-9_.-]{1,60})$/;

/** Checks overrides, the only free-form data of a model. */
export const overrideData: Rule = {
  id: 'override-data',
  severity: 'error',
  title: 'Overrides are plain data under valid keys',
  fix: 'Use strings, integers, booleans, lists and plain objects only.',
  waivable: false,
  facets: ['override'],
  check: ({ plan }) => overridden(plan).flatMap(({ path, overrides }) => problems(overrides).map(
    ({ target, index, message }) => ({ path, override: { path, target, index }, message }),
  )),
};

interface Problem extends Omit<OverrideReference, 'path'> {
  readonly message: string;
}

function problems({ compose, kubernetes }: OverridesPlan): Problem[] {
  return [
    ...compose.flatMap(({ key, problem }, index): Problem[] =>
      [
        ...(COMPOSE_KEY.test(key) ? [] : [`${JSON.stringify(key)} is not a key of Compose.`]),
        ...(problem === undefined ? [] : [`In the override of ${key} ${problem}.`]),
      ].map((message) => ({ target: 'compose', index, message })),
    ),
    ...kubernetes.flatMap(({ pointer, problem }, index): Problem[] =>
      problem === undefined ? [] : [{ target: 'kubernetes', index, message: `In the patch at ${pointer} ${problem}.` }],
    ),
  ];
}
