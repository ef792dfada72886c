import { QUEUE_RULES } from './call-slots';
import { Policy } from './policy';
import { RateLimits } from './rate-limits';
import { shapeProblem } from './shape-check';
import { CallEvent, Chained } from '../audit/record';
import { LoadedManifest } from '../manifest/load';
import { Tool } from '../tools/tool';

export type RecordedCall = CallEvent & Pick<Chained, 'seq' | 'time'>;

/** How a call was, or would be, decided. */
export type Decided = 'allowed' | 'denied' | 'limited';

/** What a recorded call would meet under another manifest. */
export interface Replayed {
  readonly seq: number;
  readonly client: string;
  readonly tool: string;
  readonly was: Decided;
  /** The log keeps the shape of arguments, not their values, so this is not always known. */
  readonly now: Decided | 'unknown';
  readonly rule?: string;
  /** How many calls the record counts. */
  readonly count: number;
}

export interface ReplayInput {
  readonly next: LoadedManifest;
  /** The tools of the next manifest. */
  readonly policy: Policy;
  /** The manifest under which calls were recorded, when it is at hand: rules that did not change decide as they did. */
  readonly previous?: LoadedManifest;
}

/** Decides past calls again, in the order of the log. */
export class Replay {
  private clock = 0;
  private readonly limits: RateLimits;

  constructor(private readonly input: ReplayInput) {
    this.limits = new RateLimits(input.next.manifest, () => this.clock);
  }

  public next(call: RecordedCall): Replayed {
    this.clock = Math.max(this.clock, Date.parse(call.time));
    const { seq, client, tool } = call;
    return { seq, client, tool, count: call.count ?? 1, was: decidedThen(call), ...this.decide(call) };
  }

  private decide(call: RecordedCall): Pick<Replayed, 'now' | 'rule'> {
    const rate = this.limits.take(call.client, call.tool);
    if (!rate.allowed) {
      return { now: 'limited', rule: rate.rule };
    }
    const tool = this.input.policy.tool(call.tool);
    if (tool === undefined) {
      return { now: 'denied', rule: 'unknown-tool' };
    }
    if (!tool.spec.clients.includes(call.client)) {
      return { now: 'denied', rule: 'tool-not-for-client' };
    }
    if (this.sameRules(call, tool) && wasJudged(call)) {
      return decidedThen(call) === 'denied' ? { now: 'denied', rule: call.rule } : { now: 'allowed' };
    }
    if (call.arguments.count === 0) {
      const judgement = this.input.policy.judge(call.client, call.tool, {});
      return judgement.allowed ? { now: 'allowed' } : { now: 'denied', rule: judgement.rule };
    }
    return shapeProblem(tool, call.arguments)
      ? { now: 'denied', rule: 'invalid-arguments' }
      : { now: 'unknown' };
  }

  /** Whether the rules on this tool's arguments are those the call was judged by. */
  private sameRules(call: RecordedCall, tool: Tool): boolean {
    const { next, previous } = this.input;
    if (call.policyDigest === next.digest) {
      return true;
    }
    if (previous?.digest !== call.policyDigest) {
      return false;
    }
    const before = previous.manifest.tools.find(({ name }) => name === call.tool);
    return (
      before !== undefined &&
      rulesOf(before) === rulesOf(tool.spec) &&
      previous.manifest.workspace.root === next.manifest.workspace.root
    );
  }
}

/** The parts of a tool that decide on arguments: not its clients, limits or description. */
function rulesOf({ clients: _, limits, description: __, ...rules }: Tool['spec']): string {
  const { maxInputBytes } = limits;
  return JSON.stringify({ ...rules, maxInputBytes }, (___, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function decidedThen(call: RecordedCall): Decided {
  if (wasBusy(call)) {
    return 'allowed';
  }
  return call.outcome === 'denied' || call.outcome === 'limited' ? call.outcome : 'allowed';
}

/**
 * Whether the policy allowed the call and only a busy gateway refused it.
 */
function wasBusy(call: RecordedCall): boolean {
  return call.outcome === 'limited' && (QUEUE_RULES as readonly (string | undefined)[]).includes(call.rule);
}

/** Whether the arguments themselves were looked at then. */
function wasJudged(call: RecordedCall): boolean {
  return (
    (call.outcome !== 'limited' || wasBusy(call)) && call.rule !== 'unknown-tool' && call.rule !== 'tool-not-for-client'
  );
}
