import { Rule } from './rule';

export const policyWrite: Rule = {
  id: 'policy-write',
  severity: 'error',
  title: 'Writing tools have a writable workspace',
  fix: 'Remove the tool from the policy, or mount the workspace writable.',
  waivable: false,
  facets: ['policy'],
  check: ({ plan }) => plan.policies
    .filter(({ workspace }) => workspace.readOnly)
    .flatMap(({ path, workspace, tools }) => tools.filter(({ writes }) => writes).map(({ name }) => ({
      path, message: `The tool "${name}" writes, but the workspace ${workspace.root} is mounted read-only.`,
    }))),
};
