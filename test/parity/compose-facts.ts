import { posix } from 'node:path';
import * as jsYaml from 'js-yaml';
import { Facts, HealthFact, MountFact, reachLine, ServiceFacts } from './facts';
import { OutputFile } from '../../src/plan/output-file';
import { Plan } from '../../src/plan/plan';

/** What a compose file cannot say itself: which volume a folder is, and which env file a file is. */
type Names = Pick<Plan, 'outdir' | 'volumes' | 'envFiles'>;

interface ComposeService {
  readonly [key: string]: unknown;
  readonly image: string;
  readonly build?: { context: string; dockerfile: string; args?: Record<string, string> };
  readonly depends_on?: Record<string, { condition: string }>;
  readonly volumes?: readonly {
    type: string;
    source: string;
    target: string;
    read_only?: boolean;
    bind?: { create_host_path?: boolean };
  }[];
  readonly environment?: Record<string, string>;
  readonly env_file?: readonly { readonly path: string }[];
  readonly ports?: readonly { target: number; published: string; host_ip: string; protocol: string }[];
  readonly expose?: readonly string[];
  readonly networks?: readonly string[] | Record<string, { aliases?: string[] }>;
  readonly network_mode?: string;
  readonly extra_hosts?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly working_dir?: string;
  readonly restart?: string;
  readonly healthcheck?: { test: string[]; interval: string; timeout: string; retries: number; start_period: string };
  readonly logging?: { driver: string; options: Record<string, string> };
  readonly deploy?: { resources: { reservations: { devices: { driver: string; count: number | string }[] } } };
  readonly tmpfs?: readonly string[];
  readonly profiles?: readonly string[];
}

interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks?: Readonly<Record<string, { internal?: boolean; driver_opts?: Record<string, string> } | null>>;
}

/** What the emitted files say, read without a look at the renderer. */
export function composeFacts(files: readonly OutputFile[], names: Names): Facts {
  const main = files.find((file) => /^compose\/docker-compose(\.draft)?\.yml$/.test(file.path));
  const document = single(jsYaml.load(main?.content ?? '')) as ComposeFile;
  return {
    services: Object.fromEntries(
      Object.entries(document.services).map(([name, service]) => [name, serviceFacts(service, files, names)]),
    ),
    reaches: reachesOf(document),
  };
}

/** Compose itself reads `$$` as one `$`. A `$` alone would be a variable: it has no place in a generated file. */
function single(value: unknown): unknown {
  if (typeof value === 'string') {
    const text = value.replaceAll('$$', '\0');
    if (text.includes('$')) {
      throw new Error(`Compose would look for a variable in ${JSON.stringify(value)}`);
    }
    return text.replaceAll('\0', '$');
  }
  if (Array.isArray(value)) {
    return value.map(single);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, single(item)]))
    : value;
}

function serviceFacts(service: ComposeService, files: readonly OutputFile[], names: Names): ServiceFacts {
  const tmpfs = (service.tmpfs ?? []).map((entry) => {
    const [path, options = ''] = entry.split(':');
    return { path, options: options.split(',') };
  });
  const device = service.deploy?.resources.reservations.devices[0];
  return {
    image: service.image,
    build: service.build && { args: {}, ...service.build, context: inProject(service.build.context, names) },
    profile: service.profiles?.join(),
    entrypoint: service.entrypoint,
    command: service.command,
    workingDirectory: service.working_dir,
    environment: service.environment ?? {},
    secrets: secretsOf(service, files, names),
    mounts: {
      ...Object.fromEntries((service.volumes ?? []).map((volume) => [volume.target, mountOf(volume, files, names)])),
      ...Object.fromEntries(
        tmpfs.map(({ path, options }) => [path, { kind: 'scratch', megabytes: megabytes(valueOf(options, 'size')) }]),
      ),
    },
    executableScratch: tmpfs
      .filter(({ options }) => !options.includes('noexec'))
      .map(({ path }) => path)
      .sort(),
    ports: [
      ...(service.ports ?? []).map((port) => `${port.target}/${port.protocol}`),
      ...(service.expose ?? []).map(exposed),
    ].sort(),
    portExposure: Object.fromEntries(
      (service.ports ?? []).map((port) => [
        `${port.target}/${port.protocol}`,
        `${port.host_ip === '127.0.0.1' ? 'loopback' : 'published'}:${port.published}`,
      ]),
    ),
    aliases: aliasesOf(service),
    healthCheck: service.healthcheck && healthOf(service.healthcheck),
    dependencies: Object.fromEntries(
      Object.entries(service.depends_on ?? {}).map(([name, { condition }]) => [name, CONDITIONS[condition]]),
    ),
    cpuMillis: service.cpus === undefined ? undefined : Math.round(Number(service.cpus) * 1000),
    memoryMegabytes: service.mem_limit === service.memswap_limit ? optionalMegabytes(service.mem_limit) : undefined,
    memoryRequestMegabytes: optionalMegabytes(service.mem_reservation),
    pids: service.pids_limit as number | undefined,
    accelerator: device && `${device.driver} ${device.count}`,
    terminal: service.stdin_open === true && service.tty === true,
    user: String(service.user),
    readOnlyRoot: service.read_only === true,
    capabilities: capabilitiesOf(service),
    init: service.init === true,
    restart: RESTARTS[service.restart ?? ''],
    stopGraceSeconds: seconds(service.stop_grace_period ?? '10s'),
    logRotation: logRotationOf(service),
  };
}

const CONDITIONS: Readonly<Record<string, 'started' | 'healthy' | 'completed'>> = {
  service_started: 'started',
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
};

const RESTARTS: Readonly<Record<string, ServiceFacts['restart']>> = {
  'no': 'never',
  'on-failure:5': 'on-failure',
  'unless-stopped': 'always',
};

function inProject(path: string, { outdir }: Names): string {
  return posix.join(outdir, 'compose', path);
}

function secretsOf(service: ComposeService, files: readonly OutputFile[], names: Names): Record<string, string> {
  const plain = service.environment ?? {};
  return Object.fromEntries((service.env_file ?? []).flatMap(({ path }) => {
    const envFile = names.envFiles.find((candidate) => candidate.file === inProject(path, names));
    const example = files.find((file) => file.path === `compose/${envFile?.file}.example`)?.content ?? '';
    // a value of the compose file goes before one of the env file
    return [...example.matchAll(/^([^#=\n]+)=$/gm)]
      .filter(([, key]) => !Object.hasOwn(plain, key))
      .map(([, key]) => [key, `${envFile?.name}/${key}`]);
  }));
}

function mountOf(
  volume: NonNullable<ComposeService['volumes']>[number],
  files: readonly OutputFile[],
  names: Names,
): MountFact {
  const readOnly = volume.read_only === true;
  if (volume.type === 'volume') {
    return { kind: 'volume', volume: volume.source, readOnly };
  }
  if (volume.type !== 'bind' || volume.bind?.create_host_path !== false) {
    throw new Error(`A mount that is neither a volume nor a bind of something that exists: ${JSON.stringify(volume)}`);
  }
  const file = files.find((candidate) => candidate.path === posix.join('compose', volume.source));
  if (file) {
    return { kind: 'file', content: file.content, readOnly };
  }
  const known = names.volumes.find(
    ({ source }) =>
      source.kind === 'host-directory' &&
      [inProject(volume.source, names), volume.source].includes(posix.normalize(source.directory)),
  );
  return { kind: 'volume', volume: known?.name ?? `unknown ${volume.source}`, readOnly };
}

function exposed(port: string): string {
  return port.includes('/') ? port : `${port}/tcp`;
}

function aliasesOf({ networks }: ComposeService): string[] {
  const attachments =
    networks === undefined || Array.isArray(networks)
      ? []
      : Object.values(networks as Record<string, { aliases?: string[] }>);
  return [...new Set(attachments.flatMap((attachment) => attachment.aliases ?? []))].sort();
}

function healthOf({
  test,
  interval,
  timeout,
  retries,
  start_period: startPeriod,
}: NonNullable<ComposeService['healthcheck']>): HealthFact {
  if (test[0] !== 'CMD') {
    throw new Error(`A health check that is not in exec form: ${JSON.stringify(test)}`);
  }
  return {
    probe: { kind: 'command', command: test.slice(1) },
    intervalSeconds: seconds(interval),
    timeoutSeconds: seconds(timeout),
    retries,
    startPeriodSeconds: seconds(startPeriod),
  };
}

function capabilitiesOf(service: ComposeService): string[] {
  const dropped =
    JSON.stringify(service.cap_drop) === '["ALL"]' &&
    JSON.stringify(service.security_opt) === '["no-new-privileges:true"]';
  return dropped ? [...(service.cap_add ?? []) as string[]].sort() : ['all that an engine gives'];
}

function logRotationOf({ logging }: ComposeService): string | undefined {
  return logging?.driver === 'json-file'
    ? `${megabytes(logging.options['max-size'])} MB x ${logging.options['max-file']}`
    : undefined;
}

function reachesOf({ services, networks = {} }: ComposeFile): string[] {
  const members = Object.entries(services).map(([name, service]) => ({ name, service, on: networksOf(service) }));
  const lines = members.flatMap((from) => {
    const open = from.on.filter((network) => networks[network]?.internal !== true);
    const leaking = from.on.filter(
      (network) => networks[network]?.internal === true && !isWithoutGateway(networks[network]),
    );
    const peers = members.filter((to) => to !== from && to.on.some((network) => from.on.includes(network)));
    return [
      ...peers.flatMap((to) =>
        portsOf(to.service).map((port) => reachLine(from.name, { kind: 'service', name: to.name, ...port })),
      ),
      ...(open.length === 0 ? [] : [reachLine(from.name, { kind: 'internet' })]),
      ...leaking.map((network) => reachLine(from.name, { kind: 'host', hostname: `at the gateway of ${network}` })),
      ...(open.length === 0
        ? []
        : (from.service.extra_hosts ?? []).map((entry) =>
          reachLine(from.name, { kind: 'host', hostname: hostOf(entry) }),
        )),
    ];
  });
  return [...new Set(lines)].sort();
}

/** An inner network whose bridge has an address lets its members talk to the host there. */
function isWithoutGateway(network: NonNullable<ComposeFile['networks']>[string] | undefined): boolean {
  return network?.driver_opts?.['com.docker.network.bridge.inhibit_ipv4'] === 'true';
}

function networksOf({ networks, network_mode: mode }: ComposeService): readonly string[] {
  if (networks === undefined) {
    return mode === 'none' ? [] : ['default'];
  }
  return Array.isArray(networks) ? networks as string[] : Object.keys(networks);
}

function portsOf(service: ComposeService): { port: number; protocol: 'tcp' | 'udp' }[] {
  const published = (service.ports ?? []).map((port) => `${port.target}/${port.protocol}`);
  return [...published, ...(service.expose ?? []).map(exposed)].map((port) => ({
    port: Number(port.split('/')[0]),
    protocol: port.endsWith('/udp') ? 'udp' : 'tcp',
  }));
}

function hostOf(entry: string): string {
  return /^([^:]+):host-gateway$/.exec(entry)?.[1] ?? `elsewhere: ${entry}`;
}

function valueOf(options: readonly string[], name: string): string | undefined {
  return options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Not a number when it is missing or written in another unit: then it differs from whatever was promised. */
function megabytes(text: unknown): number {
  return Number(/^(\d+)m$/.exec(String(text))?.[1]);
}

function optionalMegabytes(text: unknown): number | undefined {
  return text === undefined ? undefined : megabytes(text);
}

function seconds(text: unknown): number {
  return Number(/^(\d+)s$/.exec(String(text))?.[1]);
}
