import { Rule } from './rule';

/** Law 2 of the design: what a target cannot express safely is not left out in silence. */
export const targetRefused: Rule = {
  id: 'target-refused',
  severity: 'error',
  title: 'Every target can express the model, or is told to leave a fact out',
  fix: 'Say it in a way that the target knows, or waive the rule with a reason: the fact is then left out there.',
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
