import { Rule } from './rule';

export const evidenceStray: Rule = {
  id: 'evidence-stray',
  severity: 'warning',
  title: 'Every record is of a check that the model still has',
  fix: 'Delete the file if the check is gone; give the check its name back if it is not.',
  waivable: false,
  facets: ['check'],
  check: ({ plan }) =>
    plan.records.stray.map(({ check, location }) => ({
      path: plan.name,
      location,
      message: `There is a record of the check ${JSON.stringify(check)}, which the model does not have.`,
    })),
};
