import { setMaxListeners } from 'node:events';
import { Prepared } from './prepare';
import { StartRefused, messageOf } from './start-refused';
import { AuditLog } from '../audit/log';
import { AuditSink, Transport } from '../audit/record';
import { concurrencyOf } from '../manifest/defaults';
import { Logger } from '../operations/log';
import { Metrics } from '../operations/metrics';
import { Readiness } from '../operations/readiness';
import { CallSlots } from '../policy/call-slots';
import { Policy } from '../policy/policy';
import { RateLimits } from '../policy/rate-limits';
import { ServerFactory, serverFactory } from '../server/mcp-server';
import { Messages } from '../server/messages';
import { RefusalPace } from '../server/pace';
import { ToolCalls } from '../server/tool-calls';
import { within } from '../within';

export interface GatewayOptions {
  readonly transport: Transport;
  /** Clients it serves, which share its slots. @default - all of the manifest */
  readonly clients?: number;
  readonly version: string;
  readonly log: Logger;
  /** Takes the clients' tokens out of what is recorded. */
  readonly redact?: (text: string) => string;
}

/** How long a stopped call may take to end. */
const STOP_MS = 1000;

/** The gateway without its transport: what HTTP and stdio have in common. */
export class Gateway {
  /** Opens the audit log and records the start. @throws StartRefused */
  public static async open(prepared: Prepared, options: GatewayOptions): Promise<Gateway> {
    const { loaded, tools } = prepared;
    try {
      const audit = await AuditLog.open({
        ...loaded.manifest.audit,
        redact: options.redact,
        onProblem: (message) => options.log.error(message),
      });
      await audit.append({
        type: 'start',
        version: options.version,
        transport: options.transport,
        tools: tools.length,
        policyDigest: loaded.digest,
      });
      return new Gateway(prepared, options, audit);
    } catch (error) {
      await prepared.workspace.close();
      throw new StartRefused([messageOf(error)]);
    }
  }

  public readonly calls: ToolCalls;
  public readonly messages: Messages;
  public readonly pace = new RefusalPace();
  public readonly readiness: Readiness;
  public readonly metrics = new Metrics();
  public readonly servers: ServerFactory;
  private readonly shutdown = new AbortController();

  private constructor(private readonly prepared: Prepared, options: GatewayOptions, public readonly audit: AuditSink) {
    const { loaded, tools, workspace } = prepared;
    // each call that runs listens, however many there are
    setMaxListeners(0, this.shutdown.signal);
    const { waiting, ...kinds } = concurrencyOf(loaded.manifest);
    const clients = options.clients ?? loaded.manifest.clients.length;
    const slotsOf = (kind: keyof typeof kinds): CallSlots => new CallSlots({ slots: kinds[kind], clients, waiting });
    const slots = { file: slotsOf('file'), command: slotsOf('command'), image: slotsOf('image') };
    const limits = new RateLimits(loaded.manifest);
    this.messages = new Messages({ limits, audit, metrics: this.metrics, transport: options.transport });
    this.calls = new ToolCalls({
      policy: new Policy(tools),
      limits,
      slots,
      // only there do others wait for the processor
      pace: options.transport === 'http' ? this.pace : undefined,
      audit,
      metrics: this.metrics,
      log: options.log,
      policyDigest: loaded.digest,
      recordPaths: loaded.manifest.audit.recordPaths ?? false,
      shutdown: this.shutdown.signal,
    });
    this.servers = serverFactory(
      { name: loaded.manifest.name, version: options.version },
      this.calls,
      options.transport,
    );
    this.readiness = new Readiness({
      audit: () => (audit.healthy ? audit.intact ? 'ok' : 'degraded' : 'failing'),
      workspace: async () => {
        await workspace.check();
        const isOpen =
          loaded.manifest.workspace.access === 'read-only' && (await workspace.writableMounts()).length > 0;
        return isOpen ? 'degraded' : 'ok';
      },
    });
    this.metrics.gauge('mcp_gateway_calls_in_flight', 'Calls being carried out.', () => this.calls.inFlight);
    this.metrics.gauge('mcp_gateway_calls_waiting', 'Calls that wait for others to end.', () => (
      Object.values(slots).reduce((sum, { waiting: each }) => sum + each, 0)));
    this.metrics.gauge('mcp_gateway_audit_healthy', '1 when the audit log can be written.', () =>
      audit.healthy ? 1 : 0,
    );
    this.metrics.gauge('mcp_gateway_audit_intact', '0 once files of the audit log were found changed.', () =>
      audit.intact ? 1 : 0,
    );
  }

  /** Lets calls finish for a while, then stops them. */
  public async finishCalls(graceMs: number): Promise<void> {
    this.readiness.drain();
    await within(graceMs, this.calls.idle());
    this.shutdown.abort();
    await within(STOP_MS, this.calls.idle());
  }

  /** Writes the last record of the audit log. */
  public async close(reason: string): Promise<void> {
    await this.audit.append({ type: 'stop', reason }).catch(() => undefined);
    await this.audit.close();
    await this.prepared.workspace.close();
  }
}
