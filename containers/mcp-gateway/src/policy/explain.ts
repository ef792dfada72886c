import { Policy } from './policy';

/** The decision on one call, explained for a person. */
export interface Explanation {
  readonly client: string;
  readonly tool: string;
  readonly decision: 'allowed' | 'denied';
  /** Which rule denied it. */
  readonly rule?: string;
  /** What the rule means here. */
  readonly detail: string;
}

/** @param clients each gets its own explanation */
export function explain(policy: Policy, clients: readonly string[], tool: string, args: unknown): Explanation[] {
  return clients.map((client) => {
    const judgement = policy.judge(client, tool, args);
    if (judgement.allowed) {
      return {
        client,
        tool,
        decision: 'allowed',
        detail: 'within the policy; rate limits, and what only an opened file shows, are judged when it is called',
      };
    }
    return {
      client,
      tool,
      decision: 'denied',
      rule: judgement.rule,
      detail: judgement.detail ?? detailOf(judgement.rule, client, policy.tool(tool)?.spec.clients),
    };
  });
}

function detailOf(rule: string, client: string, allowed: readonly string[] | undefined): string {
  switch (rule) {
    case 'unknown-tool':
      return 'the manifest has no such tool';
    case 'tool-not-for-client':
      return `the tool is for ${(allowed ?? []).join(', ')}, not for ${client}`;
    default:
      return 'the arguments are outside what the manifest allows for this tool';
  }
}
