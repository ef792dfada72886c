import { ToolPlan, ToolPolicyPlan } from '../plan/plan';
import { duplicates } from './private/duplicates';
import { Rule, Violation } from './rule';

const TOOL_NAME = /^[a-z][a-z0-9_]{0,47}$/;
/** As the manifest's schema has it: relative to the workspace, no control characters. */
const GLOB = /^[^/\u0000-\u001f\u007f][^\u0000-\u001f\u007f]{0,511}$/;

export const policyTool: Rule = {
  id: 'policy-tool',
  severity: 'error',
  title: 'A gateway accepts every line of its policy',
  mend: 'Name tools with lower-case letters, digits and underscores, once each; globs are relative to the workspace; limits are above zero.',
  waivable: false,
  check: ({ plan }) => plan.policies.flatMap((policy) => [
    ...duplicates(policy.tools, ({ name }) => name).map(({ item }) => ({ path: policy.path, message: `The tool "${item.name}" stands in the policy twice.` })),
    ...policy.tools.flatMap((tool) => problems(tool).map((message): Violation => ({ path: policy.path, message }))),
    ...nobody(policy),
  ]),
};

function problems(tool: ToolPlan): string[] {
  const limits = [['timeout', tool.timeoutMillis], ['longest answer', tool.maxOutputBytes], ['calls per minute', tool.callsPerMinute]] as const;
  return [
    ...(TOOL_NAME.test(tool.name) ? [] : [`${JSON.stringify(tool.name)} is not the name of a tool.`]),
    ...[...tool.allow, ...tool.deny].filter((glob) => !GLOB.test(glob)).map((glob) => `The tool "${tool.name}" has the glob ${JSON.stringify(glob)}, which is not relative to the workspace.`),
    ...limits.filter(([, value]) => value !== undefined && !(Number.isInteger(value) && value > 0)).map(([what, value]) => `The tool "${tool.name}" has ${value} as its ${what}.`),
  ];
}

function nobody({ path, tools }: ToolPolicyPlan): Violation[] {
  return tools.filter(({ clients }) => clients.length === 0).map(({ name }) => ({
    path, message: `Nobody may call the tool "${name}".`, mend: 'Give the gateway a client.',
  }));
}
