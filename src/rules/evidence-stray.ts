import { Rule } from './rule';

export const evidenceStray: Rule = {
  id: 'evidence-stray',
  severity: 'warning',
  title: 'Evidence records belong to checks of the model',
  fix: 'Delete the file if the check was removed; restore the check name if it was renamed.',
  waivable: false,
  facets: ['check'],
  check: ({ plan }) =>
    plan.records.stray.map(({ check, location }) => ({
      path: plan.name,
      location,
      message: `The model has no check ${JSON.stringify(check)}, but a record of it exists.`,
    })),
};
