import { HostServicePlan, ServicePlan } from '../../plan/plan';
import { listenOnBridge } from '../../targets/host-commands';
import { Examination, Examiner, Result } from '../examination';
import { ollamasOf, workstationServices } from '../facts';
import { bridgeOf, hostServer, LOOPBACK } from '../machine/host-server';
import { askInside, Commands } from '../machine/inside';

const SECONDS = 5;

/** Checks that containers reach the servers of the host, from an image of a service that needs it. */
export const hostAccess: Examiner = {
  async examine(examination) {
    const services = workstationServices(examination.props.plan);
    const results = await Promise.all(
      examination.props.plan.hostServices.map((host) => {
        const ways = services.filter(({ name, hostServices }) =>
          host.relay === undefined ? hostServices.includes(host.name) : name === host.relay,
        );
        return Promise.all(ways.map((service) => look(examination, host, service)));
      }),
    );
    return results.flat();
  },
};

async function look(examination: Examination, host: HostServicePlan, service: ServicePlan): Promise<Result> {
  const facts = {
    subject: `${service.name} -> ${host.name}`,
    expected: `a connection to ${host.hostname}:${host.port}`,
  };
  const run = ['--network', 'bridge', '--add-host', `${host.hostname}:host-gateway`];
  const answer = await askInside(examination, service, connectCommands(host), { run });
  if (answer.kind === 'none') {
    return { ...facts, status: 'not-checked', found: `no container could try it: ${answer.reason}` };
  }
  return answer.code === 0
    ? { ...facts, status: 'ok', found: 'reachable from containers' }
    : { ...facts, ...(await reasonOf(examination, host)) };
}

function connectCommands({ hostname, port }: HostServicePlan): Commands {
  return {
    bash: ['-c', `timeout ${SECONDS} bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$0" "$1"`, hostname, String(port)],
    node: ['--eval', NODE_CONNECT, hostname, String(port)],
  };
}

const NODE_CONNECT =
  `const [host, port] = process.argv.slice(1); setTimeout(() => process.exit(1), ${SECONDS * 1000});` +
  'require("net").connect(port, host).on("connect", () => process.exit(0)).on("error", () => process.exit(1));';

/** Finds why containers cannot reach a server: not running, loopback only, or blocked by a firewall. */
async function reasonOf(
  examination: Examination,
  host: HostServicePlan,
): Promise<Pick<Result, 'status' | 'found' | 'fix'>> {
  const [server, bridge] = await Promise.all([hostServer(examination, host.port, PATH), bridgeOf(examination)]);
  const answers = (answer: typeof server.bridge) =>
    answer !== undefined && (answer.kind === 'json' || answer.cause !== 'refused');
  if (answers(server.bridge)) {
    return {
      status: 'failure',
      found: `it listens on ${bridge}, but a firewall blocks containers`,
      fix: `Allow it: sudo ufw allow from 172.16.0.0/12 to ${bridge} port ${host.port} proto tcp`,
    };
  }
  if (!answers(server.loopback)) {
    return {
      status: 'failure',
      found: `nothing listens on port ${host.port} of this machine`,
      fix: isOllama(examination, host) ? 'See the check "ollama".' : startFix(examination, host, bridge),
    };
  }
  return {
    status: 'failure',
    found: `it listens on ${LOOPBACK} only, which containers cannot reach`,
    fix: listenFix(examination, host, bridge),
  };
}

/** Path of the Ollama API. Any answer of a server will do. */
const PATH = '/api/version';

/** Returns how to start a host server so that containers reach it. */
export function startFix(examination: Examination, host: HostServicePlan, bridge: string | undefined): string {
  if (bridge !== undefined) {
    return listenFix(examination, host, bridge);
  }
  return isOllama(examination, host) ? 'Start it: ollama serve' : 'Start it.';
}

/** Suggests the address of the bridge, which other machines cannot reach, unlike 0.0.0.0. */
function listenFix(examination: Examination, host: HostServicePlan, bridge: string | undefined): string {
  const { name, port, addressSetting } = host;
  const address = `${bridge ?? 'ADDRESS'}:${port}`;
  const setting = addressSetting === undefined ? address : `${addressSetting.variable}=${address}`;
  const reach =
    bridge === undefined ? 'an address that containers can reach' : 'which only this machine and containers can reach';
  const commands = bridge === undefined ? [] : listenOnBridge(host, bridge);
  const risk = isOllama(examination, host)
    ? 'it has no login, so anyone on the network could use it and delete models'
    : 'every machine on the network could reach it';
  return [
    `Make ${name} listen on ${setting}, ${reach}.`,
    ...(commands.length === 0 ? [] : ['As a systemd service:', ...commands.map((command) => `  ${command}`)]),
    `Do not use 0.0.0.0: ${risk}.`,
  ].join('\n');
}

function isOllama({ props: { plan } }: Examination, { name }: HostServicePlan): boolean {
  return ollamasOf(plan).some(({ service }) => service.name === name);
}
