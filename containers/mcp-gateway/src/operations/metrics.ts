import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { CallOutcome, MessageMethod } from '../audit/record';

/** What `/metrics` shows. Labels come from the manifest and from fixed sets alone, so their number is bounded. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly calls = new Counter({
    name: 'mcp_gateway_tool_calls_total',
    help: 'Tool calls by how they ended.',
    labelNames: ['client', 'tool', 'outcome'],
    registers: [this.registry],
  });
  private readonly durations = new Histogram({
    name: 'mcp_gateway_tool_call_duration_seconds',
    help: 'How long calls that were allowed took.',
    labelNames: ['tool'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [this.registry],
  });
  private readonly messages = new Counter({
    name: 'mcp_gateway_messages_total',
    help: 'Messages other than tool calls that were let in.',
    labelNames: ['client', 'method'],
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: 'mcp_gateway_requests_refused_total',
    help: 'Requests refused before they became a call.',
    labelNames: ['rule'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Registers a value that is asked for when `/metrics` is. */
  public gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  /** @param tool a tool of the manifest, or undefined for any other name */
  public called(client: string, tool: string | undefined, outcome: CallOutcome, durationMs: number): void {
    this.calls.inc({ client, tool: tool ?? 'unknown', outcome });
    if (tool !== undefined && (outcome === 'success' || outcome === 'error')) {
      this.durations.observe({ tool }, durationMs / 1000);
    }
  }

  public message(client: string, method: MessageMethod): void {
    this.messages.inc({ client, method });
  }

  public refused(rule: string): void {
    this.refusals.inc({ rule });
  }

  public get contentType(): string {
    return this.registry.contentType;
  }

  public async text(): Promise<string> {
    return this.registry.metrics();
  }
}
