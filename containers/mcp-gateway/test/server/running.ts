import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { INITIALIZE, Answer, RawRequest, send } from './raw-http';
import { AuditRecord } from '../../src/audit/record';
import { Gateway } from '../../src/gateway/gateway';
import { Prepared } from '../../src/gateway/prepare';
import { HttpSettings, httpSettings } from '../../src/manifest/defaults';
import { parseManifest } from '../../src/manifest/load';
import { Manifest } from '../../src/manifest/manifest';
import { createLog } from '../../src/operations/log';
import { Credentials } from '../../src/server/credentials';
import { McpEndpoint } from '../../src/server/http/endpoint';
import { HttpServer } from '../../src/server/http/http-server';
import { Tool } from '../../src/tools/tool';
import { within } from '../../src/within';
import { Workspace } from '../../src/workspace';
import { exampleManifest } from '../manifest/example';
import { fakeTool } from '../policy/fake-tool';

export const CODEX_TOKEN = 'codex-0123456789abcdefghijklmnopqrstuvwxyz';
export const OTHER_TOKEN = 'other-0123456789abcdefghijklmnopqrstuvwxyz';

/** The two clients, without a limit on their messages. */
export const UNLIMITED: Manifest['clients'] = exampleManifest().clients.map((client) => ({
  ...client,
  requestsPerMinute: 100_000,
}));

export interface RunningOptions {
  readonly tools?: readonly Tool[];
  readonly http?: Partial<Manifest['http']>;
  /** Settings that no manifest may have. */
  readonly settings?: Partial<HttpSettings>;
  readonly audit?: Partial<Manifest['audit']>;
  readonly clients?: Manifest['clients'];
  readonly concurrency?: Manifest['concurrency'];
  readonly openMetrics?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** A gateway in this process, on a port of its own, with the tools given to it. */
export class Running {
  public static async start(options: RunningOptions = {}): Promise<Running> {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
    const tools = options.tools ?? [fakeTool(), fakeTool({ name: 'other_file', clients: ['other'] })];
    const manifest = exampleManifest({
      workspace: { root: folder, access: 'read-only' },
      audit: { path: join(folder, 'audit.jsonl'), ...options.audit },
      http: { ...exampleManifest().http, ...options.http },
      tools: tools.map(({ spec }) => spec),
      ...(options.clients === undefined ? {} : { clients: options.clients }),
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    });
    const logs: string[] = [];
    const log = createLog('debug', (line) => logs.push(line));
    const prepared: Prepared = {
      loaded: parseManifest(Buffer.from(JSON.stringify(manifest)), 'manifest.json'),
      workspace: await Workspace.open(folder),
      tools,
      notices: [],
    };
    const env = options.env ?? { CODEX_TOKEN, OTHER_TOKEN };
    const credentials = Credentials.load(manifest, env, (message) => log.warn(message));
    const gateway = await Gateway.open(prepared, {
      transport: 'http', version: '9.9.9', log, redact: (text) => credentials.redact(text),
    });
    const settings = { ...httpSettings(manifest), port: 0, ...options.settings };
    const endpoint = new McpEndpoint(gateway.servers, settings, log);
    const http = new HttpServer({ ...gateway, settings, endpoint, credentials, log, openMetrics: options.openMetrics });
    const running = new Running(folder, gateway, endpoint, http, (await http.listen()).port, logs);
    afterAll(async () => running.stop());
    return running;
  }

  private stopped = false;

  private constructor(
    public readonly folder: string,
    public readonly gateway: Gateway,
    public readonly endpoint: McpEndpoint,
    public readonly http: HttpServer,
    public readonly port: number,
    public readonly logs: readonly string[],
  ) {}

  /** Sends a request, with a token unless the headers say otherwise. */
  public async send(request: RawRequest): Promise<Answer> {
    return send(this.port, { ...request, headers: { Authorization: `Bearer ${CODEX_TOKEN}`, ...request.headers } });
  }

  /** @returns the headers of a session that was begun */
  public async session(token = CODEX_TOKEN): Promise<Record<string, string>> {
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await this.send({ headers, body: INITIALIZE });
    const session = { ...headers, 'Mcp-Session-Id': answer.headers['mcp-session-id']! };
    await this.send({ headers: session, body: { jsonrpc: '2.0', method: 'notifications/initialized' } });
    return session;
  }

  public audit(): AuditRecord[] {
    return readFileSync(join(this.folder, 'audit.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditRecord);
  }

  /** Waits for a record: what an outsider causes is not written before it is answered. */
  public async audited(record: object): Promise<void> {
    await expect.poll(() => this.audit()).toContainEqual(expect.objectContaining(record));
  }

  public file(name: string, content: string): string {
    writeFileSync(join(this.folder, name), content);
    return join(this.folder, name);
  }

  public async stop(): Promise<void> {
    if (this.stopped) {
      return;
    }
    this.stopped = true;
    const closed = this.http.stopListening();
    await this.gateway.finishCalls(100);
    await within(500, this.http.answered());
    await this.endpoint.close();
    this.http.cutConnections();
    await closed;
    await this.gateway.close('test');
  }
}
