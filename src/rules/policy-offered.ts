import { Rule } from './rule';

export const policyOffered: Rule = {
  id: 'policy-offered',
  severity: 'error',
  title: 'The gateway offers every tool of the policy',
  fix: 'Remove the tool from the policy, use one that the gateway offers, or choose another gateway.',
  waivable: false,
  facets: ['policy'],
  check: ({ plan }) =>
    plan.policies.flatMap(({ path, service, tools }) =>
      tools
        .filter(({ offered }) => !offered)
        .map(({ name, kind, action }) => ({
          path,
          message: `The gateway "${service}" does not offer the tool "${name}"${
            kind === 'other' ? '' : ` (${kind}: ${action})`}.`,
        })),
    ),
};
