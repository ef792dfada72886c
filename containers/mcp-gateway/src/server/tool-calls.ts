import { Tool as McpTool, CallToolResult, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { Deadline, StopReason } from './deadline';
import { RefusalPace } from './pace';
import { AuditSink, CallEvent, CallPaths, sessionHash, Transport } from '../audit/record';
import { shapeOf } from '../audit/shape';
import { ManifestTool } from '../manifest/manifest';
import { Logger } from '../operations/log';
import { Metrics } from '../operations/metrics';
import { CallSlots, QUEUE_RULES, QueueFull } from '../policy/call-slots';
import { Policy } from '../policy/policy';
import { RateExceeded, RateLimits } from '../policy/rate-limits';
import { Denial, Tool, ToolFailure, ToolResult } from '../tools/tool';
import { ownTurn } from '../tools/turns';
import { OpenedFiles } from '../workspace';

export interface ToolCallsOptions {
  readonly policy: Policy;
  readonly limits: RateLimits;
  /** For each kind of tool. */
  readonly slots: Readonly<Record<ManifestTool['kind'], CallSlots>>;
  /** Spaces refusals out. @default - they are sent at once */
  readonly pace?: RefusalPace;
  readonly audit: AuditSink;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly policyDigest: string;
  /** Records name the files of a call. */
  readonly recordPaths: boolean;
  /** Fires when calls that still run must end. */
  readonly shutdown: AbortSignal;
}

export interface ToolCall {
  readonly client: string;
  readonly transport: Transport;
  /** Id of the JSON-RPC request. */
  readonly request?: string | number;
  /** Id of the session; requests since 2026-07-28 have none. */
  readonly session?: string;
  readonly name: string;
  readonly args: unknown;
  /** Fires when the client cancels. */
  readonly signal: AbortSignal;
}

/** How a call ended, before it is answered. */
interface Ended extends Pick<CallEvent, 'outcome' | 'rule'> {
  readonly answer: CallToolResult | ProtocolError;
}

/** Runs tool calls: each is checked, run within its limits, recorded, and only then answered. */
export class ToolCalls {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly listings = new Map<Tool, ListedTool>();

  constructor(private readonly options: ToolCallsOptions) {}

  /** How many calls are running. */
  public get inFlight(): number {
    return this.running;
  }

  /** @returns once no call is running */
  public async idle(): Promise<void> {
    while (this.running > 0) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** The tools that `tools/list` returns to a client: its own, sorted by name. */
  public list(client: string): ListedTool[] {
    return this.options.policy.toolsFor(client).map((tool) => {
      const listing = this.listings.get(tool) ?? listed(tool);
      this.listings.set(tool, listing);
      return listing;
    });
  }

  /** @throws ProtocolError for a tool or arguments that do not exist */
  public async call(call: ToolCall): Promise<CallToolResult> {
    this.running += 1;
    try {
      const started = performance.now();
      const files = new OpenedFiles(MAX_NAMED_FILES);
      const ended = this.options.audit.healthy ? await files.during(async () => this.carryOut(call)) : NOT_RECORDED;
      const kept = await this.record(call, ended, performance.now() - started, files);
      if (ended.outcome === 'limited') {
        await this.options.pace?.hold(call.client);
      }
      const { answer } = kept ? ended : NOT_RECORDED;
      // The protocol's library turns it into JSON in one go: one answer at a time, however many are ready.
      await ownTurn();
      if (answer instanceof ProtocolError) {
        throw answer;
      }
      return answer;
    } finally {
      this.running -= 1;
      if (this.running === 0) {
        this.waiting.splice(0).forEach((resolve) => resolve());
      }
    }
  }

  private async carryOut(call: ToolCall): Promise<Ended> {
    const rate = this.options.limits.take(call.client, call.name);
    if (!rate.allowed) {
      return { outcome: 'limited', rule: rate.rule, answer: textError(rateMessage(rate)) };
    }
    const judgement = this.options.policy.judge(call.client, call.name, call.args);
    if (judgement.allowed) {
      return this.runInTurn(judgement.tool, judgement.args, call);
    }
    const { kind, rule, detail } = judgement;
    switch (kind) {
      case 'unknown-tool':
        return {
          outcome: 'denied',
          rule,
          answer: new ProtocolError(
            ProtocolErrorCode.InvalidParams,
            'Unknown tool; tools/list names the tools there are',
          ),
        };
      case 'invalid-arguments':
        return {
          outcome: 'denied',
          rule,
          answer: new ProtocolError(
            ProtocolErrorCode.InvalidParams,
            `Invalid arguments: ${detail ?? "see the tool's inputSchema"}`,
          ),
        };
      case 'not-allowed':
        return denied(new Denial(rule));
    }
  }

  /** Waits for a slot first, at most as long as the call may take then. */
  private async runInTurn(tool: Tool, args: Record<string, unknown>, call: ToolCall): Promise<Ended> {
    const { kind, limits: { timeoutMs } } = tool.spec;
    const wait = new Deadline(timeoutMs, call.signal, this.options.shutdown);
    let release: () => void;
    try {
      release = await this.options.slots[kind].take(call.client, wait.signal, weightOf(tool));
    } catch (error) {
      if (error instanceof QueueFull) {
        return busy('queue-full', BUSY.full(error, kind));
      }
      return wait.passed === undefined || wait.passed === 'timeout'
        ? busy('queue-timeout', BUSY.timeout(timeoutMs, kind))
        : stopped(wait.passed, timeoutMs);
    } finally {
      wait.clear();
    }
    return this.run(tool, args, call, release);
  }

  /** @param release called once the tool has ended, which may be after the answer */
  private async run(tool: Tool, args: Record<string, unknown>, call: ToolCall, release: () => void): Promise<Ended> {
    const { timeoutMs } = tool.spec.limits;
    const deadline = new Deadline(timeoutMs, call.signal, this.options.shutdown);
    let { kind } = tool.spec;
    try {
      const slot = async (other: ManifestTool['kind']): Promise<() => void> => {
        kind = other;
        return this.options.slots[other].take(call.client, deadline.signal);
      };
      const task = (async () => tool.call(args, { signal: deadline.signal, slot }))();
      const result = await deadline.race(task.finally(release));
      return result.isError === true
        ? { outcome: 'error', rule: 'tool-error', answer: answerOf(result) }
        : { outcome: 'success', answer: answerOf(result) };
    } catch (error) {
      if (deadline.passed !== undefined) {
        return stopped(deadline.passed, timeoutMs);
      }
      if (error instanceof Denial) {
        return denied(error);
      }
      if (error instanceof QueueFull) {
        return busy('queue-full', BUSY.full(error, kind));
      }
      if (error instanceof ToolFailure) {
        return { outcome: 'error', rule: 'tool-failure', answer: textError(error.message) };
      }
      this.options.log.error({ err: error, tool: tool.spec.name }, 'a tool failed in a way it should not');
      return {
        outcome: 'error',
        rule: 'internal-error',
        answer: textError("the tool failed inside the gateway; the reason is in the operator's log"),
      };
    } finally {
      deadline.clear();
    }
  }

  /** @returns whether the call is in the log */
  private async record(call: ToolCall, ended: Ended, durationMs: number, files: OpenedFiles): Promise<boolean> {
    const { policy, audit, metrics, policyDigest, recordPaths } = this.options;
    const tool = policy.tool(call.name);
    metrics.called(call.client, tool?.spec.name, ended.outcome, durationMs);
    const event: CallEvent = {
      type: 'call',
      client: call.client,
      tool: call.name,
      transport: call.transport,
      request: call.request,
      session: call.session === undefined ? undefined : sessionHash(call.session),
      arguments: shapeOf(call.args, tool === undefined ? [] : Object.keys(tool.input.shape)),
      paths: recordPaths ? pathsOf(call.args, tool, files) : undefined,
      outcome: ended.outcome,
      ...(ended.rule === undefined ? {} : { rule: ended.rule }),
      durationMs: Math.round(durationMs * 1000) / 1000,
      bytesOut: bytesOf(ended.answer),
      policyDigest,
    };
    if (ended.outcome === 'limited') {
      audit.count(event);
      return audit.healthy;
    }
    try {
      await audit.append(event);
      return true;
    } catch {
      // the audit log reports this to the operator itself, once
      return false;
    }
  }
}

/** Output that a call may have for each slot: an answer takes several times as much memory until it is sent. */
const SLOT_OUTPUT_BYTES = 1024 * 1024;

/** Slots that a call takes. Those of images are few already, because of the memory of decoders. */
function weightOf({ spec: { kind, limits } }: Tool): number {
  return kind === 'image' ? 1 : Math.ceil(limits.maxOutputBytes / SLOT_OUTPUT_BYTES);
}

const STOPPED = {
  timeout: (ms: number) => `the call took longer than ${ms} ms and was stopped; ask for less at once`,
  cancelled: () => 'the call was cancelled',
  shutdown: () => 'the gateway is shutting down; call again in a moment',
};

function stopped(reason: StopReason, timeoutMs: number): Ended {
  return { outcome: 'error', rule: reason, answer: textError(STOPPED[reason](timeoutMs)) };
}

function busy(rule: typeof QUEUE_RULES[number], text: string): Ended {
  return { outcome: 'limited', rule, answer: textError(text) };
}

const BUSY = {
  full: ({ running, waiting }: QueueFull, kind: string) =>
    `busy: ${running} ${kind} calls of this client are running and ${waiting} are waiting; call again when one of ` +
    'them is answered',
  timeout: (ms: number, kind: string) =>
    `busy: other ${kind} calls kept this one waiting for ${ms} ms; make fewer calls at once, or call again later`,
};

const NOT_RECORDED: Ended = {
  outcome: 'error',
  rule: 'audit-unavailable',
  answer: textError('the gateway cannot write its audit log and refuses every call until it can; contact the operator'),
};

/** Most files that a record names. */
const MAX_NAMED_FILES = 32;

function pathsOf(args: unknown, tool: Tool | undefined, files: OpenedFiles): CallPaths {
  const given = (args ?? {}) as Readonly<Record<string, unknown>>;
  const named = pathParameters(tool).map((name) => (Object.hasOwn(given, name) ? given[name] : undefined));
  return {
    named: named.filter((path) => typeof path === 'string'),
    opened: files.names,
    ...(files.more === 0 ? {} : { openedMore: files.more }),
  };
}

function pathParameters(tool: Tool | undefined): readonly string[] {
  if (tool === undefined) {
    return [];
  }
  const { spec } = tool;
  return spec.kind === 'command'
    ? Object.entries(spec.parameters ?? {}).filter(([, { type }]) => type === 'path').map(([name]) => name)
    : ['path'];
}

function denied(denial: Denial): Ended {
  return { outcome: 'denied', rule: denial.rule, answer: textError(denial.message) };
}

function rateMessage({ rule, limit, retryAfterMs }: RateExceeded): string {
  const over = rule === 'client-rate' ? 'all tools together' : 'this tool';
  return `too many calls: ${limit} a minute are allowed for ${over}; call again in ${Math.ceil(retryAfterMs / 1000)} s`;
}

function textError(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

function answerOf(result: ToolResult): CallToolResult {
  return {
    content: result.content.map((block) => ({ ...block })),
    ...(result.isError === true ? { isError: true } : {}),
  };
}

function bytesOf(answer: CallToolResult | ProtocolError): number {
  if (answer instanceof ProtocolError) {
    return 0;
  }
  return answer.content.reduce(
    (sum, block) =>
      sum + (block.type === 'text' ? Buffer.byteLength(block.text) : 'data' in block ? block.data.length : 0),
    0,
  );
}

/** A tool as `tools/list` shows it. */
export type ListedTool = McpTool;

export function listed(tool: Tool): ListedTool {
  return {
    name: tool.spec.name,
    description: tool.description,
    inputSchema: z.toJSONSchema(tool.input, { io: 'input' }) as McpTool['inputSchema'],
    annotations: { ...tool.annotations },
  };
}
