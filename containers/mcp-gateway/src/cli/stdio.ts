import { Writable } from 'node:stream';
import { Exit } from './output';
import { version } from '../../package.json';
import { checkAuditPlace } from '../audit/place';
import { Gateway } from '../gateway/gateway';
import { prepare } from '../gateway/prepare';
import { StartRefused } from '../gateway/start-refused';
import { Manifest } from '../manifest/manifest';
import { didYouMean, list } from '../manifest/nearest';
import { LogLevel, createLog } from '../operations/log';
import { StdioSession } from '../server/stdio/session';

export interface StdioOptions {
  readonly manifest: string;
  readonly logLevel: LogLevel;
  /** The client that started this process. @default the manifest's only client */
  readonly client?: string;
  /** How long calls may run on after the end of the input. */
  readonly graceSeconds: number;
  /** Where messages go. */
  readonly output: Writable;
}

/** Serves one client over standard input and output until its input ends. @returns the exit code */
export async function stdio({ output, ...options }: StdioOptions): Promise<number> {
  const log = createLog(options.logLevel);
  const prepared = await prepare({
    manifestFile: options.manifest,
    alsoCheck: [checkAuditPlace, (manifest) => void clientOf(manifest, options.client)],
  });
  prepared.notices.forEach((notice) => log.warn(notice));
  const client = clientOf(prepared.loaded.manifest, options.client);
  const gateway = await Gateway.open(prepared, { transport: 'stdio', clients: 1, version, log });
  const session = new StdioSession({
    factory: () => gateway.servers(client),
    client,
    messages: gateway.messages,
    audit: gateway.audit,
    input: process.stdin,
    output,
  });
  process.on('SIGHUP', () => void gateway.audit.reopen());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => session.end(signal));
  }
  log.info(
    { client, tools: prepared.tools.length, policy: prepared.loaded.digest },
    'serving standard input and output',
  );
  const end = await session.ended;
  await gateway.finishCalls(options.graceSeconds * 1000);
  const answered = await session.close();
  await gateway.close(end.reason);
  if (end.failed) {
    log.error({ reason: end.reason }, 'ended by a fault of the input');
  } else if (!answered) {
    log.error({ reason: end.reason }, 'ended before every answer was read');
  }
  return end.failed || !answered ? Exit.refused : Exit.ok;
}

function clientOf(manifest: Manifest, name: string | undefined): string {
  const names = manifest.clients.map((client) => client.name);
  if (name === undefined && names.length === 1) {
    return names[0]!;
  }
  if (name === undefined) {
    throw new StartRefused([
      `the manifest has ${names.length} clients; choose one with --client: ${list(names)}`,
    ]);
  }
  if (!names.includes(name)) {
    throw new StartRefused([`there is no client "${name}".${didYouMean(name, names)} Clients: ${list(names)}`]);
  }
  return name;
}
