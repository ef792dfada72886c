import { Agent, get } from 'node:http';
import { Agent as TlsAgent, get as getTls } from 'node:https';
import { UsageError } from './options';
import { Exit, printError, print } from './output';
import { checkAuditPlace } from '../audit/place';
import { probeAuditLog } from '../audit/probe';
import { prepare } from '../gateway/prepare';
import { parseReadiness } from '../operations/readiness';
import { Policy } from '../policy/policy';
import { Credentials } from '../server/credentials';

export interface HealthCheckOptions {
  readonly manifest: string;
  readonly json: boolean;
  readonly url?: string;
  readonly timeoutMs: number;
}

/** @returns the exit code, always within the time limit */
export async function healthCheck(options: HealthCheckOptions): Promise<number> {
  const timer = setTimeout(() => {
    printError(`unhealthy: no answer within ${options.timeoutMs} ms`);
    process.exit(Exit.refused);
  }, options.timeoutMs);
  try {
    return await (options.url === undefined ? checkHere(options) : checkThere(options.url, options.json));
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    printError(`unhealthy: ${error instanceof Error ? error.message : String(error)}`);
    return Exit.refused;
  } finally {
    clearTimeout(timer);
  }
}

/** A start without listening, beside a gateway that may be running: the log is tried and not written. */
async function checkHere({ manifest, json }: HealthCheckOptions): Promise<number> {
  const warnings: string[] = [];
  const { loaded, tools, workspace, notices } = await prepare({
    manifestFile: manifest,
    alsoCheck: [
      (checked) => void Credentials.load(checked, process.env, (warning) => warnings.push(warning)),
      checkAuditPlace,
      (checked) => probeAuditLog(checked.audit.path),
    ],
  });
  await workspace.close();
  warnings.push(...notices);
  const policy = new Policy(tools);
  const clients = Object.fromEntries(
    loaded.manifest.clients.map(({ name }) => [name, policy.toolsFor(name).map(({ spec }) => spec.name)]),
  );
  if (json) {
    print(JSON.stringify({ initialised: true, policyDigest: loaded.digest, clients, warnings }));
    return Exit.ok;
  }
  warnings.forEach((warning) => printError(`warning: ${warning}`));
  print(`initialised: ${tools.length} tools, policy ${loaded.digest}`);
  Object.entries(clients).forEach(([client, names]) => print(`  ${client}: ${names.join(', ') || 'no tools'}`));
  return Exit.ok;
}

async function checkThere(url: string, json: boolean): Promise<number> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(`--url is ${JSON.stringify(url)}; it looks like http://127.0.0.1:8811`);
  }
  const ready = new URL('/readyz', url);
  const { status, body } = await fetchDirectly(ready);
  const report = parseReadiness(status, body);
  const healthy = report?.ready === true;
  if (json) {
    print(JSON.stringify({ healthy, status, ...(report === undefined ? {} : { parts: report.parts }) }));
  } else if (healthy) {
    print('healthy');
  }
  if (report === undefined) {
    printError(
      `unhealthy: ${ready.href} answers with status ${status}, and not as this gateway does; which program listens ` +
      'there?',
    );
    return Exit.refused;
  }
  const troubled = Object.entries(report.parts)
    .filter(([, state]) => state !== 'ok')
    .map(([part, state]) => `${part} ${state}`)
    .join(', ');
  if (!healthy) {
    printError(`unhealthy: ${troubled || 'shutting down'}`);
  } else if (troubled !== '') {
    printError(`warning: ${troubled}; see the gateway's log for the reason`);
  }
  return healthy ? Exit.ok : Exit.refused;
}

/** In characters; a report is far shorter. */
const MAX_ANSWER = 4096;

/** An own agent: the environment may configure a proxy for the global one. */
async function fetchDirectly(url: URL): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const tls = url.protocol === 'https:';
    const request = (tls ? getTls : get)(url, { agent: tls ? new TlsAgent() : new Agent() }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
        if (body.length > MAX_ANSWER) {
          request.destroy(new Error('its answer is too long'));
        }
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`${url.origin} cannot be reached (${error.code ?? error.message})`)),
    );
  });
}
