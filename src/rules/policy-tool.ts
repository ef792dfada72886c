import { ToolPlan, ToolPolicyPlan } from '../plan/plan';
import { duplicates } from './private/duplicates';
import { Rule, Violation } from './rule';
import {
  GLOB,
  MAX_GLOB,
  RANGE_CALLS_PER_MINUTE,
  RANGE_OUTPUT_BYTES,
  RANGE_TIMEOUT_MILLIS,
  TOOL_NAME,
} from '../util/tool-grammar';

const LIMITS = [
  ['timeout in milliseconds', 'timeoutMillis', RANGE_TIMEOUT_MILLIS],
  ['longest answer in bytes', 'maxOutputBytes', RANGE_OUTPUT_BYTES],
  ['calls per minute', 'callsPerMinute', RANGE_CALLS_PER_MINUTE],
] as const;

export const policyTool: Rule = {
  id: 'policy-tool',
  severity: 'error',
  title: 'Tool policies are valid',
  fix: 'Use unique names such as "fs_read", globs relative to the workspace, and limits in range.',
  waivable: false,
  facets: ['policy'],
  check: ({ plan }) =>
    plan.policies.flatMap((policy) => [
      ...duplicates(policy.tools, ({ name }) => name).map(({ item }) => ({
        path: policy.path,
        message: `The tool "${item.name}" is in the policy twice.`,
      })),
      ...policy.tools.flatMap((tool) => problems(tool).map((message): Violation => ({ path: policy.path, message }))),
      ...withoutClients(policy),
    ]),
};

function problems(tool: ToolPlan): string[] {
  return [
    ...(TOOL_NAME.test(tool.name) ? [] : [`${JSON.stringify(tool.name)} is not a valid tool name.`]),
    ...[...tool.allow, ...tool.deny]
      .filter((glob) => !GLOB.test(glob) || [...glob].length > MAX_GLOB)
      .map(
        (glob) =>
          `The tool "${tool.name}" has the glob ${JSON.stringify(glob)}, which is not relative to the workspace.`,
      ),
    ...LIMITS.flatMap(([limit, key, [least, most]]) => {
      const value = tool[key];
      return value === undefined || (Number.isInteger(value) && value >= least && value <= most)
        ? []
        : [`The tool "${tool.name}" has ${value} as its ${limit}; allowed: ${least} to ${most}.`];
    }),
  ];
}

function withoutClients({ path, tools }: ToolPolicyPlan): Violation[] {
  return tools.filter(({ clients }) => clients.length === 0).map(({ name }) => ({
    path, message: `No client may call the tool "${name}".`, fix: 'Add a client to the gateway.',
  }));
}
