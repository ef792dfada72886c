import { BlockList, isIPv6 } from 'node:net';
import { posix } from 'node:path';
import * as jsYaml from 'js-yaml';
import { Facts, HealthFact, MountFact, reachLine, ServiceFacts } from './facts';
import { readObjects } from './kubernetes-object';
import { contentText } from '../../src/plan/file-content';
import { kubernetesName } from '../../src/plan/kubernetes-name';
import { DirectoryPlan, FilePlan, Plan } from '../../src/plan/plan';
import * as read from '../../src/plan/target-facts';
import { OutputFile } from '../../src/plan/target-output';
import { readCompose } from '../../src/targets/compose/read/read-compose';
import { readKubernetes } from '../../src/targets/kubernetes/read/read-kubernetes';

/** What a compose file cannot say itself: which volume a folder is, which env file a file is, what a file holds. */
type Names = Pick<Plan, 'outdir' | 'services' | 'volumes' | 'envFiles'>;

/**
 * The facts that a compose file states, in the form of those that a plan promises. The product's reader reads the file,
 * another YAML library than the product's parses it.
 *
 * @throws for what a generated file must never hold: a variable, a check in a shell, a folder that an engine makes.
 */
export function composeFacts(files: readonly OutputFile[], names: Names): Facts {
  const main = files.find((file) => /^compose\/docker-compose(\.draft)?\.yml$/.test(file.path));
  const facts = readCompose(jsYaml.load(main?.content ?? ''), contentByPath(files));
  return {
    services: Object.fromEntries(facts.services.map((service) => {
      refuse(service.interpolations, 'Compose would look for a variable in');
      return [service.name, {
        ...commonFacts(service, facts, names),
        stopGraceSeconds: (service.stopGraceSeconds ?? 10) as number,
      }];
    })),
    reaches: engineReaches(facts),
  };
}

/**
 * The facts that manifests state.
 *
 * @throws when the kustomization, a mount or an init container refers to something that is not there.
 */
export function kubernetesFacts(files: readonly OutputFile[]): Facts {
  const facts = readKubernetes(readObjects(files));
  const pods = facts.services.filter((service) => service.beside === undefined);
  return {
    services: Object.fromEntries(pods.map((service) => {
      refuse(service.interpolations, 'the kubelet would expand');
      refuseStrayWaits(service, facts);
      const { limits, requests } = service;
      refuse(limits.diskBytes === requests.diskBytes ? [] : [service.name], 'requests and limits of disk differ for');
      return [service.name, {
        ...commonFacts(service, facts, { outdir: '', services: [], volumes: [], envFiles: [] }),
        lifecycle: service.pod?.workload === 'Job' ? 'one-shot' : 'long-running',
        cpuRequestMillis: times(requests.processors, 1000),
        ephemeralStorageMegabytes: times(limits.diskBytes, 1 / 1024 ** 2),
        portExposure: {},
      }];
    })),
    reaches: clusterReaches(pods),
  };
}

function contentByPath(files: readonly OutputFile[]): Map<string, string> {
  return new Map(files.map(({ path, content }) => [path, content]));
}

function refuse(found: readonly unknown[], message: string): void {
  if (found.length > 0) { throw new Error(`${message} ${JSON.stringify(found)}`); }
}

/** An init container may only wait for what the annotation names. Every way to wait ends in a service and its port. */
function refuseStrayWaits(service: read.ServiceFacts, { services }: read.TargetFacts): void {
  const awaited = services
    .filter(({ name, beside }) => beside === 'init' && name.startsWith(`${service.name} container `))
    .map(({ entrypoint }) => entrypoint?.at(-2) ?? '');
  const healthy = service.dependencies
    .filter(({ condition }) => condition === 'healthy')
    .map((one) => kubernetesName(one.service));
  refuse(awaited.filter((one) => !healthy.includes(one)), 'an init container waits for what is no dependency:');
}

function commonFacts(service: read.ServiceFacts, facts: read.TargetFacts, names: Names): ServiceFacts {
  const { build, limits, logging, mounts, security } = service;
  return {
    image: service.image,
    build: build && {
      context: inProject(build.context, names),
      dockerfile: build.dockerfile,
      args: Object.fromEntries(build.args.map(({ name, value }) => [name, value])),
    },
    profile: service.profiles.join() || undefined,
    entrypoint: service.entrypoint as readonly string[] | undefined,
    command: service.command as readonly string[] | undefined,
    workingDirectory: service.workingDirectory,
    environment: Object.fromEntries(service.environment.map((one) => [one.name, one.value ?? `from ${one.source}`])),
    secrets: Object.fromEntries(service.secrets.map((one) => [one.name, `${storeOf(one, names)}/${one.key}`])),
    mounts: Object.fromEntries(mounts.map((mount) => [mount.path, mountOf(mount, facts, names)])),
    executableScratch: mounts
      .filter((mount) => mount.kind === 'scratch' && mount.allows?.includes('programs') !== false)
      .map(({ path }) => path)
      .sort(),
    ports: service.ports.map(({ port }) => port).sort(),
    portExposure: Object.fromEntries(
      service.ports
        .filter(({ exposure }) => exposure !== 'inside')
        .map(({ port, exposure, address, hostPort }) => [
          port,
          `${EXPOSURES[exposure] ?? address?.replace(/:\d+$/, '')}:${hostPort}`,
        ]),
    ),
    aliases: [...new Set([
      ...service.attachments.flatMap(({ aliases }) => aliases),
      ...(facts.cluster?.addresses ?? [])
        .filter(({ service: owner, name, ports }) =>
          owner === service.name && name !== kubernetesName(owner) && ports.length > 0)
        .map(({ name }) => name),
    ])].sort(),
    extraHosts: service.hostNames.filter((entry) => !entry.endsWith(':host-gateway')).sort(),
    healthCheck: service.healthCheck && healthOf(service.healthCheck),
    dependencies: Object.fromEntries(
      service.dependencies.map((one) => [one.service, one.condition as 'started' | 'healthy' | 'completed']),
    ),
    cpuMillis: times(limits.processors, 1000),
    memoryMegabytes: times(limits.memoryBytes, 1 / 1024 ** 2),
    memorySwapMegabytes: times(limits.memoryAndSwapBytes, 1 / 1024 ** 2),
    memoryRequestMegabytes: times(service.requests.memoryBytes, 1 / 1024 ** 2),
    pids: limits.processes as number | undefined,
    accelerator: service.accelerators.join(' and ') || undefined,
    terminal: service.stdin && service.tty,
    user: security.user && [security.user, ...(security.group === undefined ? [] : [security.group])].join(':'),
    readOnlyRoot: security.readOnlyRoot,
    capabilities: [...security.addedCapabilities].sort(),
    capDrop: [...security.droppedCapabilities].sort(),
    gainsPrivileges: security.gainsPrivileges,
    securityOptions: [...security.options].sort(),
    container: withoutDigest(service.container),
    init: service.init,
    restart: restartOf(service),
    stopGraceSeconds: service.stopGraceSeconds as number,
    logRotation: logging?.maxBytes !== undefined && logging.maxFiles !== undefined
      ? `${times(logging.maxBytes, 1 / 1024 ** 2)} MB x ${logging.maxFiles}`
      : undefined,
  };
}

/** An external volume of random plans: nothing in a cluster makes it. */
export const EXTERNAL = 'external-data';

const EXPOSURES: Readonly<Record<string, string>> = { 'loopback': 'loopback', 'every interface': 'published' };

/** A text is no number that a reader could compare: it differs from whatever was promised. */
function times(quantity: read.Quantity | undefined, factor: number): number | undefined {
  return quantity === undefined ? undefined : Math.round(Number(quantity) * factor * 1e6) / 1e6;
}

function inProject(path: string, { outdir }: Names): string {
  return posix.join(outdir, 'compose', path);
}

function storeOf({ store }: read.SecretFact, names: Names): string {
  const envFile = names.envFiles.find((candidate) => candidate.file === store);
  return envFile?.name ?? store.replace(/^Secret /, '');
}

function mountOf(mount: read.MountFact, { volumes }: read.TargetFacts, names: Names): MountFact {
  const { readOnly } = mount;
  switch (mount.kind) {
    case 'volume': {
      const [volume] = mount.volume.split('/');
      const isThere = volumes.some(({ name }) => name === volume) || ['', EXTERNAL].includes(volume);
      refuse(isThere ? [] : [mount], 'no volume or claim for');
      return { kind: 'volume', volume: mount.volume, readOnly };
    }
    case 'host': {
      refuse(mount.created ? [mount] : [], 'A bind of something that exists is promised, not of');
      const known = names.volumes.find(
        ({ source }) =>
          source.kind === 'host-directory' &&
          [inProject(mount.directory, names), mount.directory].includes(posix.normalize(source.directory)),
      );
      const file = projectFile(mount.directory, names);
      const isHostPath = names.services.some(({ mounts }) => mounts.some((one) => (
        one.kind === 'host-path' && one.path === mount.path && one.source === mount.directory)));
      if (isHostPath) { return { kind: 'volume', volume: `host ${mount.directory}`, readOnly }; }
      const folder = projectFolder(mount.directory, names);
      if (folder !== undefined) {
        return {
          kind: 'directory',
          files: Object.fromEntries(folder.files.map(({ path, text, base64 }) => [path, base64 ?? text ?? ''])),
          readOnly,
        };
      }
      return file === undefined
        ? { kind: 'volume', volume: known?.name ?? `unknown ${mount.directory}`, readOnly }
        : {
          kind: 'file',
          content:
              file.source!.base64 ??
              contentText(file.content, (piece) => (piece.kind === 'text' ? piece.text : undefined)) ??
              '',
          readOnly,
        };
    }
    case 'directory': return {
      kind: 'directory',
      files: Object.fromEntries(mount.files.map(({ path, content }) => [path, content])),
      readOnly,
    };
    case 'file': return { kind: 'file', content: mount.content, readOnly };
    case 'scratch': return { kind: 'scratch', megabytes: times(mount.bytes, 1 / 1024 ** 2) ?? 0 };
    case 'secret': return { kind: 'volume', volume: `secret ${mount.store}`, readOnly };
    case 'other': return { kind: 'volume', volume: `unknown ${mount.source}`, readOnly };
  }
}

function projectFile(source: string, names: Names): FilePlan | undefined {
  const files = names.services.flatMap(({ mounts }) =>
    mounts.flatMap((one) => (one.kind === 'file' ? [one.file] : [])),
  );
  return files.find((file) => file.source !== undefined
    && [inProject(source, names), source].includes(posix.normalize(file.source.path)));
}

function projectFolder(source: string, names: Names): DirectoryPlan | undefined {
  const folders = names.services.flatMap(({ mounts }) => mounts.flatMap((one) => (
    one.kind === 'directory' ? [one.directory] : [])));
  return folders.find((folder) => inProject(source, names) === posix.normalize(folder.source));
}

function healthOf({ probe, ...timing }: read.HealthFacts): HealthFact {
  const command = probe.kind === 'command' ? probe.command : [];
  refuse(typeof command === 'string' ? [command] : [], 'a check not in exec form');
  return {
    probe: probe.kind === 'command'
      ? { kind: 'command', command: command as readonly string[] }
      : probe.kind === 'http'
        ? { kind: 'http', port: Number(probe.port), path: probe.path }
        : probe.kind === 'none' ? probe : { kind: 'tcp', port: Number(probe.port) },
    ...timing as Omit<HealthFact, 'probe'>,
  };
}

function restartOf({ restart, pod }: read.ServiceFacts): string {
  if (restart === undefined) { return 'nothing'; }
  return pod === undefined && restart.text !== 'no' ? restart.text : restart.policy;
}

/** The renderer adds a label for the files of a service. */
function withoutDigest({ labels, ...settings }: read.ServiceFacts['container']): ServiceFacts['container'] {
  const own = Object.entries(labels ?? {}).filter(([name]) => name !== 'toolbox-constructs.config-digest');
  return own.length === 0 ? settings : { ...settings, labels: Object.fromEntries(own) };
}

function serviceLine(from: string, to: string, port: string): string {
  const [number, protocol] = port.split('/');
  return reachLine(from, { kind: 'service', name: to, port: Number(number), protocol: protocol as 'tcp' | 'udp' });
}

function engineReaches({ services, networks }: read.TargetFacts): string[] {
  const leadsTo = new Map(networks.map((network) => [network.name, network.leadsTo]));
  const lines = services.flatMap((from) => {
    const on = from.attachments.map(({ network }) => network);
    const isOpen = on.some((network) => leadsTo.get(network)?.includes('the internet') !== false);
    const leaking = on.filter((network) => leadsTo.get(network)?.join() === 'the host');
    const peers = services.filter((to) => to !== from && to.attachments.some(({ network }) => on.includes(network)));
    const hosts = [...leaking.map((network) => `at the gateway of ${network}`), ...isOpen ? hostsOf(from) : []];
    return [
      ...peers.flatMap((to) => to.ports.map(({ port }) => serviceLine(from.name, to.name, port))),
      ...isOpen ? [reachLine(from.name, { kind: 'internet' })] : [],
      ...hosts.map((hostname) => reachLine(from.name, { kind: 'host', hostname })),
    ];
  });
  return [...new Set(lines)].sort();
}

function hostsOf({ hostNames }: read.ServiceFacts): string[] {
  return hostNames.flatMap((entry) => /^([^:]+):host-gateway$/.exec(entry)?.[1] ?? []);
}

/** Addresses of the internet, and ones that only look like it. */
const PUBLIC = ['1.1.1.1', '2606:4700:4700::1111'];
const PRIVATE = [
  '10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '192.168.0.1', 'fd00::1', 'fe80::1',
  '64:ff9b::a00:1',
];
const OTHER_POD = '10.0.0.1';

/** Who reaches whom when a cluster enforces the policies: both ends must agree. */
function clusterReaches(services: readonly read.ServiceFacts[]): string[] {
  const lines = services.flatMap((from) => {
    const { outgoing, incoming } = from.pod!;
    const isOpen = (address: string) => opens(outgoing, address, '443/tcp');
    return [
      ...services.filter((to) => to !== from).flatMap((to) => {
        const [out, into] = [read.portsWith(outgoing, to.name), read.portsWith(to.pod!.incoming, from.name)];
        const ports = new Set([...to.ports.map(({ port }) => port), ...out, ...into].filter((port) => port !== ALL));
        const allows = (set: ReadonlySet<string>, port: string) => set.has(port) || set.has(ALL);
        return [...ports]
          .filter((port) => allows(out, port) && allows(into, port))
          .map((port) => serviceLine(from.name, to.name, port));
      }),
      ...PUBLIC.every(isOpen) ? [reachLine(from.name, { kind: 'internet' })] : [],
      ...PRIVATE.filter(isOpen).map((hostname) => reachLine(from.name, { kind: 'host', hostname })),
      ...opens(incoming, OTHER_POD) ? [`another namespace -> ${from.name}`] : [],
      ...opens(outgoing, OTHER_POD) ? [`${from.name} -> another namespace`] : [],
    ];
  });
  return [...new Set(lines)].sort();
}

const ALL = read.EVERY_PORT;

function opens(connections: read.PodConnections | undefined, address: string, port?: string): boolean {
  return connections?.outside.some(({ name, block, except, ports }) => {
    const coversPort = port === undefined || ports.includes(port) || ports.includes(ALL);
    const coversPeer = block === undefined
      ? name === 'everything' || (port === undefined && name.endsWith(' of every namespace'))
      : within([block], address) && !within(except, address);
    return coversPort && coversPeer;
  }) ?? true;
}

function within(ranges: readonly string[], address: string): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const blocks = new BlockList();
  for (const range of ranges.filter((one) => isIPv6(one.split('/')[0]) === (family === 'ipv6'))) {
    const [base, length] = range.split('/');
    blocks.addSubnet(base, Number(length), family);
  }
  return blocks.check(address, family);
}
