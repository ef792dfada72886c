import { Rule } from './rule';

/** Reports facts that a target cannot omit safely. */
export const targetRefused: Rule = {
  id: 'target-refused',
  severity: 'error',
  title: 'Targets can express the model',
  fix: 'Use a form that the target supports, or waive the rule with a reason to omit the fact there.',
  waivable: true,
  facets: ['override'],
  judges: 'output',
  check: ({ fidelity }) =>
    fidelity
      .filter(({ verdict }) => verdict === 'refused')
      .map(({ target, path, fact, reason, remedy }) => ({
        path,
        message: `The target ${target} refuses the fact "${fact}": ${reason}`,
        fix: remedy,
      })),
};
