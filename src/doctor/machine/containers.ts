import { ENGINE_SECONDS, engineOf, firstLine } from './engine';
import { dig, keysAt, listAt, numberAt, parseJson, textAt } from './loose-json';
import { ProgramAnswer } from './run-program';
import { Examination } from '../examination';

/** A container of the toolbox. */
export interface Container {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly status: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  /** Undefined without a health check. */
  readonly health?: 'starting' | 'healthy' | 'unhealthy';
  readonly exitCode: number;
  readonly outOfMemory: boolean;
  /** Folder of its compose file, as recorded by Compose. */
  readonly folder: string;
  /** Engine names of its networks: `garvis_toolbox-mcp`. */
  readonly networks: readonly string[];
  /** Published host ports: `8811/tcp`. */
  readonly hostPorts: readonly string[];
}

export type ContainersAnswer =
  | { readonly kind: 'list'; readonly containers: readonly Container[] }
  | { readonly kind: 'none'; readonly reason: string };

/** Fields of `docker inspect`. The environment is excluded, since it holds secrets. */
const FIELDS = {
  id: '.Id',
  name: '.Name',
  state: '.State',
  labels: '.Config.Labels',
  networks: '.NetworkSettings.Networks',
  ports: '.NetworkSettings.Ports',
};
const FORMAT = `{${Object.entries(FIELDS).map(([name, field]) => `"${name}":{{json ${field}}}`).join(',')}}`;

/** Lists the containers of the toolbox, without those of `docker compose run`, once per examination. */
export function containersOf(examination: Examination): Promise<ContainersAnswer> {
  return examination.once('containers', () => ask(examination));
}

/** Returns the running container of a service; undefined if there is none or the engine does not answer. */
export async function runningContainer(examination: Examination, service: string): Promise<Container | undefined> {
  const answer = await containersOf(examination);
  return answer.kind === 'list'
    ? answer.containers.find((one) => one.service === service && one.status === 'running')
    : undefined;
}

async function ask(examination: Examination): Promise<ContainersAnswer> {
  const { run, composeFile } = examination.props;
  const engine = await engineOf(examination);
  if (engine.kind === 'none') {
    return { kind: 'none', reason: engine.found };
  }
  const listed = await run('docker', ['compose', '--file', composeFile, '--profile', '*', 'ps', '--all', '--quiet'], {
    seconds: ENGINE_SECONDS,
  });
  if (listed.kind === 'none' || listed.code !== 0) {
    return { kind: 'none', reason: reasonOf(listed) };
  }
  const ids = listed.out
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^[0-9a-f]{12,64}$/.test(line));
  if (ids.length === 0) {
    return { kind: 'list', containers: [] };
  }
  // a container removed in the meantime makes the command fail, but the others are printed
  const inspected = await run('docker', ['inspect', '--type', 'container', '--format', FORMAT, ...ids], {
    seconds: ENGINE_SECONDS,
  });
  return inspected.kind === 'none'
    ? { kind: 'none', reason: inspected.reason }
    : { kind: 'list', containers: inspected.out.split('\n').flatMap((line) => containerOf(parseJson(line)) ?? []) };
}

function reasonOf(answer: ProgramAnswer): string {
  return answer.kind === 'none' ? answer.reason : `Compose cannot list them: ${firstLine(answer.err)}`;
}

function containerOf(value: unknown): Container | undefined {
  const id = textAt(value, 'id');
  const service = textAt(value, 'labels', 'com.docker.compose.service');
  if (id === undefined || service === undefined) {
    return undefined;
  }
  return {
    id,
    service,
    name: (textAt(value, 'name') ?? id).replace(/^\//, ''),
    status: textAt(value, 'state', 'Status') as Container['status'],
    health: textAt(value, 'state', 'Health', 'Status') as Container['health'],
    exitCode: numberAt(value, 'state', 'ExitCode') ?? 0,
    outOfMemory: dig(value, 'state', 'OOMKilled') === true,
    folder: textAt(value, 'labels', 'com.docker.compose.project.working_dir') ?? '',
    networks: keysAt(value, 'networks'),
    hostPorts: keysAt(value, 'ports').flatMap((port) =>
      listAt(value, 'ports', port).flatMap((binding) => `${textAt(binding, 'HostPort')}/${port.split('/')[1]}`),
    ),
  };
}
