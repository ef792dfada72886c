import { Rule } from './rule';

export const policyOffered: Rule = {
  id: 'policy-offered',
  severity: 'error',
  title: 'The gateway can do every tool that the policy lets through',
  fix: 'Take the tool out of the policy, name one that the gateway offers, or choose another gateway.',
  waivable: false,
  facets: ['policy'],
  check: ({ plan }) =>
    plan.policies.flatMap(({ path, service, tools }) =>
      tools
        .filter(({ offered }) => !offered)
        .map(({ name, kind, action }) => ({
          path,
          message: `The gateway "${service}" does not offer the tool "${name}"${kind === 'other' ? '' : ` (${kind}: ${action})`}.`,
        })),
    ),
};
