import { join } from 'node:path';
import { endpointText } from '../../plan/endpoint-text';
import { endpointsOf } from '../../plan/file-content';
import { Plan, ServicePlan } from '../../plan/plan';
import { secretsIn } from '../../plan/value-parts';
import { Examination, Examiner, Result } from '../examination';
import { composeLine, startLine } from '../machine/compose-file';
import { readEnvFile } from '../machine/env-text';
import { askInside, curlProblem, InsideAnswer } from '../machine/inside';
import { networkBetween } from '../machine/shared-network';

const EXPECTED = 'a gateway that accepts the token of the env file';
const SECONDS = 10;
/** The oldest protocol revision in use. Gateways answer with the one that they prefer. */
const REVISION = '2025-06-18';

/** A client of a gateway with the shared secret. */
interface Client {
  readonly client: ServicePlan;
  readonly gateway: ServicePlan;
  readonly url: string;
  readonly envFile: string;
  readonly key: string;
}

/** Checks that MCP gateways answer an authenticated request of each client, sent from the network of that client. */
export const gateway: Examiner = {
  examine: (examination) => Promise.all(clientsOf(examination.props.plan).map((client) => look(examination, client))),
};

function clientsOf(plan: Plan): Client[] {
  const gateways = plan.services.filter(({ name }) => plan.policies.some(({ service }) => service === name));
  return gateways.flatMap((one) =>
    plan.services.flatMap((client): Client[] => {
      const endpoint = endpointsOf(client).find(({ to, name }) => to === 'service' && name === one.name);
      const secrets = secretsOf(one).map(({ key }) => key);
      const secret = secretsOf(client).find(({ key }) => secrets.includes(key));
      const url = endpoint && endpointText(plan, endpoint, 'workstation');
      return url === undefined || secret === undefined ? [] : [{ client, gateway: one, url, ...secret }];
    }),
  );
}

function secretsOf({ environment }: ServicePlan): { envFile: string; key: string }[] {
  return environment.flatMap(({ value }) => secretsIn(value)).map(({ envFile, key }) => ({ envFile, key }));
}

async function look(examination: Examination, one: Client): Promise<Result> {
  const facts = { subject: `${one.client.name} -> ${one.gateway.name}`, expected: EXPECTED };
  const way = await networkBetween(examination, one.client, one.gateway.name);
  if (way.kind === 'none') {
    return { ...facts, status: 'not-checked', found: way.found, fix: way.fix };
  }
  const token = tokenOf(examination, one);
  if (token === undefined) {
    return { ...facts, status: 'not-checked', found: `${one.key} is missing in the env file` };
  }
  const answer = await initialize(examination, one, way.network, token);
  return { ...facts, ...(await judge(examination, one, answer)) };
}

function tokenOf({ props: { root, plan } }: Examination, { envFile, key }: Client): string | undefined {
  const file = plan.envFiles.find(({ name }) => name === envFile)?.file;
  const text = file === undefined ? undefined : readEnvFile(join(root, file));
  const value = text?.kind === 'values' ? text.values.get(key) : undefined;
  return value === '' ? undefined : value;
}

/** Opens and closes a session. The token is passed on stdin, since arguments are visible to every user. */
async function initialize(
  examination: Examination,
  { client, url }: Client,
  network: string,
  token: string,
): Promise<InsideAnswer> {
  const params = { protocolVersion: REVISION, capabilities: {}, clientInfo: { name: 'toolbox-doctor', version: '1' } };
  const headers = [
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    'Accept: application/json, text/event-stream',
  ];
  const ask = (...lines: string[]) =>
    askInside(
      examination,
      client,
      { curl: ['--config', '-'] },
      {
        run: ['--network', network],
        input: [...CURL, `url = ${quoted(url)}`, ...lines].join('\n'),
      },
    );
  const answer = await ask(
    ...headers.map((header) => `header = ${quoted(header)}`),
    `data = ${quoted(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }))}`,
  );
  const session = answer.kind === 'ended' ? /^mcp-session-id:\s*([\x21-\x7e]+)\s*$/im.exec(answer.out)?.[1] : undefined;
  if (session !== undefined) {
    await ask(
      'request = "DELETE"',
      ...[headers[0], `Mcp-Session-Id: ${session}`].map((header) => `header = ${quoted(header)}`),
    );
  }
  return answer;
}

const CURL = ['silent', 'show-error', 'include', `max-time = ${SECONDS}`, 'write-out = "\\n%{http_code}"'];

/** Quotes a value for a curl configuration. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}"`;
}

type Verdict = Pick<Result, 'status' | 'found' | 'fix'>;

async function judge(
  examination: Examination,
  { gateway: service, key }: Client,
  answer: InsideAnswer,
): Promise<Verdict> {
  if (answer.kind === 'none') {
    return { status: 'not-checked', found: answer.reason };
  }
  const status = Number(answer.out.trimEnd().split('\n').at(-1));
  const logs = `Read its log: ${composeLine(examination, 'logs', service.name)}`;
  if (answer.code !== 0 || status === 0) {
    return { status: 'failure', found: `the request to the gateway failed: ${curlProblem(answer.code)}`, fix: logs };
  }
  if (status === 401 || status === 403) {
    const restart = await startLine(examination, service.name);
    return {
      status: 'failure',
      found: `the gateway rejects the token ${key} of the env file (HTTP ${status})`,
      fix: `The gateway reads the token at start. Restart it: ${restart}`,
    };
  }
  // JSON or an event stream
  return status === 200 && answer.out.includes('"serverInfo"')
    ? { status: 'ok', found: 'the gateway accepts the token of the env file' }
    : { status: 'failure', found: `the answer is not that of an MCP server (HTTP ${status})`, fix: logs };
}
