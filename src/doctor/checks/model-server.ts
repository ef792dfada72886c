import { endpointText } from '../../plan/endpoint-text';
import { endpointsOf } from '../../plan/file-content';
import { Plan } from '../../plan/plan';
import { Examination, Examiner, Result } from '../examination';
import { AgentService, agentsOf, fullName } from '../facts';
import { composeLine } from '../machine/compose-file';
import { askInside, curlProblem, InsideAnswer } from '../machine/inside';
import { listAt, parseJson, textAt } from '../machine/loose-json';
import { networkBetween } from '../machine/shared-network';

const CURL = ['--silent', '--show-error', '--max-time', '10', '--write-out', '\\n%{http_code}'];

/** Checks that agents reach their model server, through the relay or in a container. */
export const modelServer: Examiner = {
  async examine(examination) {
    const { plan } = examination.props;
    const results = await Promise.all(agentsOf(plan).map((agent) => look(examination, agent, serverOf(plan, agent))));
    return results.flat();
  },
};

interface ModelServer {
  /** The answering service: the server itself, or the relay to a host server. */
  readonly service: string;
  readonly isRelay: boolean;
  readonly url: string;
}

/** Undefined if the agent connects to the host directly, which is a check of its own. */
function serverOf(plan: Plan, agent: AgentService): ModelServer | undefined {
  const { server: name } = agent.client;
  const host = plan.hostServices.find((one) => one.name === name);
  const service = host === undefined ? name : host.relay;
  const endpoint = endpointsOf(agent).find((one) => one.name === name);
  const url = endpoint && endpointText(plan, { ...endpoint, scheme: 'http', suffix: '/v1/models' }, 'workstation');
  return service === undefined || url === undefined ? undefined : { service, isRelay: host !== undefined, url };
}

async function look(examination: Examination, agent: AgentService, server?: ModelServer): Promise<Result[]> {
  if (server === undefined) {
    return [];
  }
  const { server: name, asks: model } = agent.client;
  const facts = { subject: `${agent.name} -> ${server.service}`, expected: `a connection to ${name}` };
  const way = await networkBetween(examination, agent, server.service);
  if (way.kind === 'none') {
    return [{ ...facts, status: 'not-checked', found: way.found, fix: way.fix }];
  }
  const run = ['--network', way.network];
  const answer = await askInside(examination, agent, { curl: [...CURL, server.url] }, { run });
  if (answer.kind === 'none') {
    return [{ ...facts, status: 'not-checked', found: answer.reason }];
  }
  const models = modelsIn(answer);
  if (models.kind === 'none') {
    const logs = composeLine(examination, 'logs', server.service);
    const fix = `See the checks "ollama" and "host-access", and its log: ${logs}`;
    return [{ ...facts, status: 'failure', found: models.reason, fix }];
  }
  // models of a host server are checked on the host
  const isThere = server.isRelay || models.names.some((one) => fullName(one) === fullName(model));
  return isThere
    ? [{ ...facts, status: 'ok', found: 'reachable' }]
    : [{ ...facts, status: 'failure', found: `${model} is missing`, fix: `Pull ${model} into ${server.service}.` }];
}

type Models =
  | { readonly kind: 'models'; readonly names: readonly string[] }
  | { readonly kind: 'none'; readonly reason: string };

function modelsIn({ out, code }: InsideAnswer & { readonly kind: 'ended' }): Models {
  const [, body = '', status] = /^([^]*)\n(\d+)\s*$/.exec(out) ?? [];
  if (code !== 0) {
    return { kind: 'none', reason: curlProblem(code) };
  }
  return status === '200'
    ? { kind: 'models', names: listAt(parseJson(body), 'data').flatMap((one) => textAt(one, 'id') ?? []) }
    : { kind: 'none', reason: textAt(parseJson(body), 'error', 'message') ?? `HTTP status ${status}` };
}
