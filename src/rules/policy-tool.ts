import { ToolPlan, ToolPolicyPlan } from '../plan/plan';
import { duplicates } from './private/duplicates';
import { Rule, Violation } from './rule';

const TOOL_NAME = /^[a-z][a-z0-9_]{0,47}$/;
/** Same as in the manifest schema: relative to the workspace, no control characters. */
const GLOB = /^[^/\u0000-\u001f\u007f][^\u0000-\u001f\u007f]{0,511}$/;

/** Same ranges as in the manifest schema. */
const LIMITS = [
  ['timeout in milliseconds', 'timeoutMillis', 10, 600_000],
  ['longest answer in bytes', 'maxOutputBytes', 256, 16_777_216],
  ['calls per minute', 'callsPerMinute', 1, 100_000],
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
      ...nobody(policy),
    ]),
};

function problems(tool: ToolPlan): string[] {
  return [
    ...(TOOL_NAME.test(tool.name) ? [] : [`${JSON.stringify(tool.name)} is not a valid tool name.`]),
    ...[...tool.allow, ...tool.deny]
      .filter((glob) => !GLOB.test(glob))
      .map(
        (glob) =>
          `The tool "${tool.name}" has the glob ${JSON.stringify(glob)}, which is not relative to the workspace.`,
      ),
    ...LIMITS.flatMap(([what, key, least, most]) => limitProblems(tool, what, tool[key], least, most)),
  ];
}

function limitProblems(
  { name }: ToolPlan,
  what: string,
  value: number | undefined,
  least: number,
  most: number,
): string[] {
  return value === undefined || (Number.isInteger(value) && value >= least && value <= most)
    ? []
    : [`The tool "${name}" has ${value} as its ${what}; allowed: ${least} to ${most}.`];
}

function nobody({ path, tools }: ToolPolicyPlan): Violation[] {
  return tools.filter(({ clients }) => clients.length === 0).map(({ name }) => ({
    path, message: `No client may call the tool "${name}".`, fix: 'Add a client to the gateway.',
  }));
}
