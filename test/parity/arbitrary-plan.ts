import * as fc from 'fast-check';
import { containerSettings, fitting } from './arbitrary-container';
import {
  character,
  composeName,
  healthCheck,
  image,
  label,
  ports,
  resources,
  sorted,
  text,
  variable,
} from './arbitrary-parts';
import { EXTERNAL } from './stated-facts';
import { kubernetesName } from '../../src/plan/kubernetes-name';
import {
  ContentPlan,
  DependencyPlan,
  EndpointPlan,
  EnvFilePlan,
  EnvironmentPlan,
  FilePlan,
  HostPlan,
  HostServicePlan,
  MountPlan,
  NetworkPlan,
  Place,
  Plan,
  SecretMountPlan,
  ServicePlan,
  VolumePlan,
  ValuePartPlan,
} from '../../src/plan/plan';
import { resolveReaches } from '../../src/plan/resolve-reach';
import { aPlan, aService, SOME_DIGEST } from '../plan/plan-builder';

const SECRET_FILE = {
  path: 'box/secret-file',
  file: 'secrets/a.key',
  name: 'secret-file',
  description: 'A key.',
  usedBy: [],
};

/** What services refer to, drawn before them. */
interface Surroundings {
  readonly names: readonly string[];
  readonly parts: readonly string[];
  readonly volumes: readonly Omit<VolumePlan, 'users'>[];
  readonly networks: readonly Omit<NetworkPlan, 'members'>[];
  readonly envFile: EnvFilePlan;
  readonly hostServices: readonly HostServicePlan[];
}

const EVERYWHERE: readonly Place[] = ['cluster', 'workstation'];

/** Whole plans that no rule refuses: whatever is referred to is there, can be reached, and can come true. */
export const arbitraryPlan: fc.Arbitrary<Plan> = fc.tuple(
  fc.uniqueArray(label, { minLength: 5, maxLength: 5 }),
  fc.uniqueArray(composeName, { minLength: 2, maxLength: 2, selector: kubernetesName }),
  fc.uniqueArray(composeName, { minLength: 1, maxLength: 7, selector: kubernetesName }),
)
  .chain(surroundings)
  .chain((around) => servicesOf(around).map((services) => assemble(around, services)));

function surroundings([labels, [volume, folder], names]: string[][]): fc.Arbitrary<Surroundings> {
  const [part, inner, outer, hostNetwork, envName] = labels;
  return fc.record({
    names: fc.constant(names),
    parts: fc.constant([part]),
    volumes: fc.constant([
      { ...described(EXTERNAL), source: { kind: 'external' as const }, megabytes: 0, multiWriter: true },
      {
        ...described(volume),
        path: `box/volumes/${volume}`,
        source: { kind: 'persistent' as const },
        engine: {
          name: `old_${volume}`,
          driver: 'local',
          driverOptions: [{ name: 'type', value: 'nfs $X' }],
          labels: [{ name: 'keep', value: '' }],
        },
        megabytes: 1024,
        multiWriter: true,
      },
      {
        ...described(folder),
        path: `box/volumes/${folder}`,
        source: { kind: 'host-directory' as const, directory: './shared files' },
        megabytes: 512,
        multiWriter: true,
      },
    ]),
    networks: fc.constant([
      { ...described(inner), egress: 'none' as const },
      { ...described(outer), egress: 'internet' as const },
      { ...described(hostNetwork), egress: 'host' as const },
    ]),
    envFile: fc.uniqueArray(variable, { minLength: 2, maxLength: 3 }).map((keys) => ({
      path: `box/${envName}`,
      file: '.env.local',
      name: envName,
      keys: keys.sort().map((name) => ({ name, description: 'A key.', usedBy: [] })),
    })),
    hostServices: fc.constant([
      { ...described('host-server'), hostname: 'host.docker.internal', port: 11434, clusterService: 'stand-in' },
    ]),
  });
}

function described(name: string): { path: string; name: string; description: string } {
  return { path: `box/${name}`, name, description: 'A thing.' };
}

/** Services come one after the other, so that dependencies run back only. */
function servicesOf(around: Surroundings): fc.Arbitrary<ServicePlan[]> {
  const none: fc.Arbitrary<ServicePlan[]> = fc.constant([standIn(around)]);
  return around.names.reduce(
    (before, name) => before.chain((list) => aServiceAfter(around, name, list).map((service) => [...list, service])),
    none,
  );
}

/** In a cluster it answers for the host's server. */
function standIn({ networks }: Surroundings): ServicePlan {
  return aService({
    name: 'stand-in',
    ports: [{ name: 'http', port: 11434, protocol: 'tcp', exposure: 'internal' }],
    attachments: networks
      .filter((network) => network.egress === 'internet')
      .map((network) => ({ network: network.name, aliases: [] })),
    resources: { cpuMillis: 100, memoryMegabytes: 64, pids: 32 },
  });
}

function aServiceAfter(around: Surroundings, name: string, before: readonly ServicePlan[]): fc.Arbitrary<ServicePlan> {
  const shape = fc.record({
    image,
    ports,
    resources,
    character,
    container: containerSettings,
    places: fc.constantFrom<readonly Place[]>(EVERYWHERE, EVERYWHERE, ['cluster'], ['workstation']),
    profile: fc.constantFrom(undefined, ...around.parts),
    networks: fc.subarray([...around.networks]),
    alias: fc.option(label, { nil: undefined }),
    extraHosts: fc.option(fc.constantFrom(
      [{ name: 'a.example', address: '192.0.2.7' }, { name: 'b.example', address: '192.0.2.7' }],
      [{ name: 'host.example', address: 'host-gateway' }],
      [{ name: 'six.example', address: '2001:db8::7' }],
    ), { nil: undefined }),
  });
  return shape.chain(({ character: own, container: settings = {}, networks, alias, ...facts }) => {
    const attachments = sorted(networks, (one) => one.name).map((one, index) => ({
      network: one.name,
      aliases: alias !== undefined && index === 0 ? [`${alias}-alias`] : [],
    }));
    const hasHostPort = facts.ports.some(({ exposure }) => exposure !== 'internal');
    const container = fitting(
      own.terminal ? { ...settings, stdinOpen: undefined, tty: undefined } : settings,
      `c-${name}`,
      hasHostPort,
    );
    const logRotation = container?.logging === undefined ? own.logRotation : undefined;
    const bare = aService({ name, ...own, ...facts, container, logRotation, attachments });
    const addresses = reachable(around, bare, before);
    return fc
      .record({
        environment: environment(around, addresses),
        mounts: mounts(around, name, addresses),
        dependencies: dependencies(bare, before),
        healthCheck:
          own.lifecycle === 'one-shot'
            ? fc.constant(undefined)
            : fc.option(healthCheck(facts.ports), { nil: undefined }),
      })
      .map((more) => ({
        ...bare,
        ...more,
        mounts: bare.readOnlyRoot ? more.mounts.filter(isForReadOnlyRoot) : more.mounts,
        hostServices: hostServicesOf(more.environment, more.mounts),
      }));
  });
}

/** An engine puts keys of env files only into containers with a writable root. */
function isForReadOnlyRoot(mount: MountPlan): boolean {
  return mount.kind !== 'secret' || mount.secret.kind === 'file';
}

/** Addresses that the networks let a service reach, in each of its places. */
function reachable(
  { networks, hostServices }: Surroundings,
  service: ServicePlan,
  before: readonly ServicePlan[],
): EndpointPlan[] {
  const mine = new Set(service.attachments.map((one) => one.network));
  const peers = before.filter(
    (other) => isWherever(service, other) && other.attachments.some((one) => mine.has(one.network)),
  );
  const opensOut = networks.some((network) => mine.has(network.name) && network.egress !== 'none');
  return [
    ...peers.flatMap((peer) =>
      peer.ports.map((port) => ({
        to: 'service' as const,
        name: peer.name,
        port: port.port,
        scheme: 'http',
        suffix: '/v1',
      })),
    ),
    ...(opensOut && service.places.includes('workstation')
      ? hostServices.map((host) => ({
        to: 'host-service' as const,
        name: host.name,
        port: host.port,
        scheme: '',
        suffix: '',
      }))
      : []),
  ];
}

function environment({ envFile }: Surroundings, addresses: readonly EndpointPlan[]): fc.Arbitrary<EnvironmentPlan[]> {
  const keys = envFile.keys.map((key) => key.name);
  const literal = fc.record({ name: variable, value: fc.record({ kind: fc.constant('literal' as const), text }) });
  const secret = fc
    .constantFrom(...keys)
    .map((key) => ({ name: key, value: { kind: 'secret' as const, envFile: envFile.name, key } }));
  const renamed = fc.tuple(variable, secret).map(([name, { value }]) => ({ name, value }));
  const parts = fc.array(fc.oneof<fc.Arbitrary<ValuePartPlan>[]>(
    literal.map(({ value }) => value),
    secret.map(({ value }) => value),
    ...(addresses.length === 0 ? [] : [
      fc.tuple(fc.constantFrom('endpoint' as const, 'port' as const), fc.constantFrom(...addresses))
        .map(([kind, endpoint]) => ({ kind, endpoint })),
      fc.constantFrom(...addresses).map(({ to, name }) => ({ kind: 'host' as const, host: { to, name } })),
    ]),
  ), { minLength: 1, maxLength: 5 }).map((list): ValuePartPlan[] => [
    ...list.filter((one) => one.kind !== 'literal' || one.text !== ''),
    { kind: 'literal', text: '/app' },
  ]);
  const composed = fc.record({ name: variable, value: fc.record({ kind: fc.constant('concat' as const), parts }) });
  const endpoint = addresses.length === 0 ? [] : [fc.record({
    name: variable,
    value: fc.record({ kind: fc.constant('endpoint' as const), endpoint: fc.constantFrom(...addresses) }),
  })];
  return fc
    .uniqueArray(fc.oneof<fc.Arbitrary<EnvironmentPlan>[]>(literal, secret, renamed, composed, ...endpoint), {
      maxLength: 4,
      selector: (one) => one.name,
    })
    .map((list) => sorted(withFreeKeys(list, keys), (one) => one.name));
}

/** A secret in a text counts under the name of its key, so no other variable has that name. */
function withFreeKeys(list: EnvironmentPlan[], keys: readonly string[]): EnvironmentPlan[] {
  return list.some(({ value }) => value.kind === 'concat')
    ? list.filter(({ name, value }) => !keys.includes(name) || (value.kind === 'secret' && value.key === name))
    : list;
}

function mounts(
  { volumes, envFile }: Surroundings,
  service: string,
  addresses: readonly EndpointPlan[],
): fc.Arbitrary<MountPlan[]> {
  const pieces: fc.Arbitrary<ContentPlan>[] = [
    text.map((one) => ({ kind: 'text', text: one })),
    fc.constant({ kind: 'provenance' }),
    ...(addresses.length === 0
      ? []
      : [fc.constantFrom(...addresses).map((endpoint): ContentPlan => ({ kind: 'endpoint', endpoint }))]),
  ];
  const content = fc
    .array(fc.oneof(...pieces), { maxLength: 3 })
    .map((list): ContentPlan[] => [...list, { kind: 'text', text: '\n' }]);
  const file = content.map((list): MountPlan => ({
    kind: 'file',
    path: '/etc/app/app.conf',
    file: { constructPath: `box/${service}/file`, name: 'app.conf', content: list },
  }));
  const projectFile = fc.record({
    content: fc.oneof(
      text.map((one): Pick<FilePlan, 'content'> & { base64?: string } => ({ content: [{ kind: 'text', text: one }] })),
      fc.uint8Array({ minLength: 1 }).map((bytes) => ({ content: [], base64: Buffer.from(bytes).toString('base64') })),
    ),
    executable: fc.boolean(),
    writable: fc.constantFrom(undefined, true as const),
  }).map(({ content: { content: texts, base64 }, executable, writable }): MountPlan => ({
    kind: 'file',
    path: '/etc/project file',
    file: {
      constructPath: `box/${service}/project-file`,
      name: 'project.file',
      content: texts,
      source: { path: `./files/${service}/a file`, executable, digest: SOME_DIGEST, bytes: 1, base64 },
    },
    writable,
  }));
  const secret = fc.record({
    kind: fc.constant('secret' as const),
    path: fc.constantFrom('/run/secrets/a', '/etc/key $b'),
    mode: fc.constantFrom('0444', '0400'),
    secret: fc.oneof<fc.Arbitrary<SecretMountPlan['secret']>[]>(
      fc.constantFrom(...envFile.keys).map(({ name: key }) => ({ kind: 'key' as const, envFile: envFile.name, key })),
      fc.constant({ kind: 'file', name: SECRET_FILE.name }),
    ),
  });
  const folder = fc.uniqueArray(
    fc.record({
      path: fc.constantFrom('a.conf', '.hidden', 'sub/b c.sh', 'constructor', 'A_b-c.d'),
      executable: fc.boolean(),
      text,
    }),
    { minLength: 1, maxLength: 4, selector: ({ path }) => path },
  ).map((files): MountPlan => ({
    kind: 'directory',
    path: '/etc/folder',
    directory: {
      constructPath: `box/${service}/folder`,
      name: 'folder.d',
      source: `./folders/${service}`,
      digest: SOME_DIGEST,
      bytes: 1,
      files: sorted(files, ({ path }) => path),
    },
  }));
  const scratch = fc.record({
    kind: fc.constant('scratch' as const),
    path: fc.constantFrom('/scratch', '/tmp', '/var/a$b'),
    megabytes: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
    executable: fc.boolean(),
    mode: fc.constantFrom(undefined, '0755'),
    owner: fc.constantFrom(undefined, { uid: 1000, gid: 1000 }),
  });
  const volume = fc.record({
    kind: fc.constant('volume' as const),
    path: fc.constantFrom('/workspace', '/data/a b', '/home/app'),
    volume: fc.constantFrom(...volumes.map((one) => one.name)),
    readOnly: fc.boolean(),
    noCopy: fc.constantFrom(undefined, true as const),
    subpath: fc.constantFrom(undefined, 'a/b c'),
    selinux: fc.constantFrom(undefined, 'z', 'Z'),
  }).map((mount): MountPlan => (
    // a folder of a host directory is another folder of the host
    volumes.some(({ name, source }) => name === mount.volume && source.kind === 'host-directory')
      ? { ...mount, subpath: undefined }
      : mount));
  const anonymous = fc.constant<MountPlan>({ kind: 'anonymous', path: '/home/app/node_modules' });
  return fc
    .uniqueArray(fc.oneof<fc.Arbitrary<MountPlan>[]>(file, projectFile, folder, scratch, secret, volume, anonymous), {
      maxLength: 4,
      selector: (one) => one.path,
    })
    .map((list) => sorted(list, (one) => one.path));
}

/** Only on what runs wherever this one runs and is there whenever this one is. */
function dependencies(service: ServicePlan, before: readonly ServicePlan[]): fc.Arbitrary<DependencyPlan[]> {
  const possible = before.filter(
    (other) => isWherever(service, other) && [undefined, service.profile].includes(other.profile),
  );
  const some = fc.subarray(possible, { maxLength: Math.min(3, possible.length) });
  return some.chain((chosen) => fc.tuple(...sorted(chosen, (one) => one.name).map((other) => fc.record({
    service: fc.constant(other.name),
    condition: fc.constantFrom<DependencyPlan['condition']>(
      'started',
      ...(other.healthCheck ? ['healthy' as const] : []),
      ...(other.lifecycle === 'one-shot' ? ['completed' as const] : []),
    ),
  }))));
}

function isWherever(service: ServicePlan, other: ServicePlan): boolean {
  return service.places.every((place) => other.places.includes(place));
}

function hostServicesOf(variables: readonly EnvironmentPlan[], mounted: readonly MountPlan[]): string[] {
  const pieces = mounted.flatMap((mount) => (mount.kind === 'file' ? mount.file.content : []));
  const values = variables.flatMap(({ value }) => (value.kind === 'concat' ? value.parts : [value]));
  const hosts = [...values, ...pieces].flatMap((one): readonly HostPlan[] => {
    switch (one.kind) {
      case 'endpoint':
      case 'port': return [one.endpoint];
      case 'host': return [one.host];
      default: return [];
    }
  });
  return [...new Set(hosts.filter((one) => one.to === 'host-service').map((one) => one.name))];
}

function assemble(
  { parts, volumes, networks, envFile, hostServices }: Surroundings,
  list: readonly ServicePlan[],
): Plan {
  const services = sorted(withOwnHostPorts(list), (one) => one.name);
  const members = (network: string): string[] =>
    services.filter((one) => one.attachments.some((at) => at.network === network)).map((one) => one.name);
  const ofNetworks = sorted(
    networks.map((network) => ({ ...network, members: members(network.name) })),
    (one) => one.name,
  );
  return aPlan({
    services,
    hostServices,
    networks: ofNetworks,
    profiles: parts.map((part) => ({
      ...described(part),
      services: services.filter((one) => one.profile === part).map((one) => one.name),
    })),
    volumes: sorted(
      volumes.map((volume) => ({ ...volume, users: usersOf(services, volume.name) })),
      (one) => one.name,
    ),
    envFiles: [envFile],
    secretFiles: [SECRET_FILE],
    reaches: resolveReaches(services, hostServices, ofNetworks),
  });
}

function usersOf(services: readonly ServicePlan[], volume: string): VolumePlan['users'] {
  return services.flatMap((service) =>
    service.mounts.flatMap((mount) =>
      mount.kind === 'volume' && mount.volume === volume ? [{ service: service.name, readOnly: mount.readOnly }] : [],
    ),
  );
}

/** No two services publish the same port of the host. */
function withOwnHostPorts(list: readonly ServicePlan[]): ServicePlan[] {
  return list.map((service, index) => ({
    ...service,
    ports: service.ports.map((port, at) => ({
      ...port,
      hostPort: port.exposure === 'internal' ? undefined : 20000 + 10 * index + at,
    })),
  }));
}
