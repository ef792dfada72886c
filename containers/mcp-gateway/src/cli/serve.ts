import { Exit } from './output';
import { version } from '../../package.json';
import { checkAuditPlace } from '../audit/place';
import { Gateway } from '../gateway/gateway';
import { prepare } from '../gateway/prepare';
import { httpSettings } from '../manifest/defaults';
import { Manifest } from '../manifest/manifest';
import { LogLevel, createLog } from '../operations/log';
import { Credentials } from '../server/credentials';
import { McpEndpoint } from '../server/http/endpoint';
import { HttpServer } from '../server/http/http-server';
import { within } from '../within';

export interface ServeOptions {
  readonly manifest: string;
  readonly logLevel: LogLevel;
  readonly openMetrics: boolean;
  readonly graceSeconds: number;
}

/** Serves HTTP until SIGTERM or SIGINT. @returns the exit code */
export async function serve(options: ServeOptions): Promise<number> {
  const log = createLog(options.logLevel);
  let credentials: Credentials | undefined;
  const prepared = await prepare({
    manifestFile: options.manifest,
    alsoCheck: [
      checkAuditPlace,
      (manifest: Manifest) =>
        void (credentials = Credentials.load(manifest, process.env, (message) => log.warn(message))),
    ],
  });
  const { manifest, digest } = prepared.loaded;
  prepared.notices.forEach((notice) => log.warn(notice));
  const settings = httpSettings(manifest);
  const gateway = await Gateway.open(prepared, {
    transport: 'http',
    version,
    log,
    redact: (text) => credentials!.redact(text),
  });
  const endpoint = new McpEndpoint(gateway.servers, settings, log);
  const http = new HttpServer({
    ...gateway,
    settings,
    endpoint,
    credentials: credentials!,
    log,
    openMetrics: options.openMetrics,
  });
  // before the start is logged
  const ended = new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  process.on('SIGHUP', () => void gateway.audit.reopen().then(
    () => log.info('the audit log was opened again'),
    (error: unknown) => log.error({ err: error }, 'the audit log could not be opened again'),
  ));
  try {
    const { address, port } = await http.listen();
    log.info(
      {
        address,
        port,
        path: settings.path,
        tools: manifest.tools.length,
        clients: manifest.clients.length,
        policy: digest,
      },
      'serving',
    );
  } catch (error) {
    await endpoint.close();
    await gateway.close('cannot listen');
    throw error;
  }

  const signal = await ended;
  log.info({ signal, inFlight: gateway.calls.inFlight }, 'shutting down');
  const closed = http.stopListening();
  await gateway.finishCalls(options.graceSeconds * 1000);
  // the last answers are on their way
  await within(500, http.answered());
  await endpoint.close();
  await within(200, closed);
  http.cutConnections();
  await gateway.close(signal);
  log.info('ended');
  return Exit.ok;
}
