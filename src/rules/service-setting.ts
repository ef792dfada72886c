import { settingProblems } from './private/reported-problems';
import { Rule } from './rule';

export const serviceSetting: Rule = {
  id: 'service-setting',
  severity: 'error',
  title: 'Settings of ready-made services are valid',
  fix: 'Correct the setting that the message names.',
  waivable: false,
  facets: ['command', 'config', 'policy'],
  check: ({ plan }) => settingProblems(plan, 'service-setting'),
};
