import { Rule } from './rule';

export const serviceSetting: Rule = {
  id: 'service-setting',
  severity: 'error',
  title: 'A ready-made service is given what its program takes, and takes as it was meant',
  fix: 'Follow the message, which names the setting and its value.',
  waivable: false,
  facets: ['command', 'config', 'policy'],
  check: ({ plan }) =>
    plan.services.flatMap(({ path, settingProblems }) =>
      (settingProblems ?? []).map((problem) => ({ path, ...problem })),
    ),
};
