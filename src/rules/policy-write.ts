import { Rule } from './rule';

export const policyWrite: Rule = {
  id: 'policy-write',
  severity: 'error',
  title: 'A tool that writes has a workspace it may write to',
  fix: 'Take the tool out of the policy, or mount the workspace so that the gateway may write.',
  waivable: false,
  facets: ['policy'],
  check: ({ plan }) => plan.policies
    .filter(({ workspace }) => workspace.readOnly)
    .flatMap(({ path, workspace, tools }) => tools.filter(({ writes }) => writes).map(({ name }) => ({
      path, message: `The tool "${name}" writes, and the workspace ${workspace.root} is mounted read-only.`,
    }))),
};
