import { compareText, sortedBy } from './collections';
import { resolveContainer } from './container-plan';
import { resolveEndpoint, resolveHost } from './endpoint-text';
import { endpointsOf } from './file-content';
import { foreignOfService } from './foreign';
import {
  AttachmentPlan,
  ContentPlan,
  DataPlan,
  DependencyPlan,
  FilePlan,
  MountPlan,
  Place,
  PortPlan,
  ResourcesPlan,
  SecretMountPlan,
  ServicePlan,
  TablePlan,
  ValuePartPlan,
  ValuePlan,
} from './plan';
import { ProjectFiles } from './project-files';
import { resolveHealthCheck } from './resolve-health-check';
import { ImageSurroundings, resolveImage, statedUser } from './resolve-image';
import { resolveOverrides } from './resolve-overrides';
import { hostsOf } from './value-parts';
import { ConfigFile, Content, ContentSpec, DataSpec, DataTable } from '../model/config-file';
import { EnvironmentPartSpec, EnvironmentValueSpec } from '../model/environment-value';
import { HostService } from '../model/host-service';
import { Mount } from '../model/mount';
import { Port } from '../model/port';
import { Resources } from '../model/resources';
import { Secret, SecretFile } from '../model/secret';
import { Service } from '../model/service';
import type { FileFacts } from '../model/service-facts';
import type { LogRotation } from '../model/service-props';

/** Inputs for resolving a service. */
export interface Surroundings extends ImageSurroundings {
  readonly projectFiles: ProjectFiles;
  /** Services to wait for because of dependencies between nodes of the tree. */
  readonly treeDependencies: ReadonlyMap<Service, Service['_dependencies']>;
}

/** A service with every reference turned into a name and every default filled in. */
export function resolveService(service: Service, surroundings: Surroundings): ServicePlan {
  const { projectFiles, treeDependencies } = surroundings;
  const facts = service._facts();
  const image = resolveImage(service.image, surroundings);
  const environment = sortedBy(
    [...service._environment, ...Object.entries(facts.environment ?? {})].map(([name, value]) => ({
      name,
      value: resolveValue(value._spec),
    })),
    (one) => one.name,
  );
  const files = (facts.files ?? []).map((file) => resolveFile(service, file));
  const mounts = sortedBy(
    [...service._mounts.map((mount) => resolveMount(mount, projectFiles)), ...files],
    (one) => one.path,
  );
  const user = service.user ?? statedUser(service.image._facts);
  return {
    path: service.node.path,
    name: service.name,
    description: service.description,
    lifecycle: service.lifecycle,
    profile: service.profile?.name,
    places: [...new Set<Place>(service.places)].sort(compareText),
    image,
    entrypoint: service.entrypoint,
    command: service.command,
    workingDirectory: service.workingDirectory,
    environment,
    envFiles: someOf([...new Set(service._envFiles.map(({ name }) => name))].sort(compareText)),
    mounts,
    ports: service._ports.map(resolvePort).sort(comparePorts),
    attachments: resolveAttachments(service),
    hostServices: hostServicesOf({ environment, mounts }),
    extraHosts: someOf(
      sortedBy(Object.entries(service.extraHosts).map(([name, address]) => ({ name, address })), (one) => one.name),
    ),
    healthCheck: service.healthCheck && resolveHealthCheck(service.healthCheck, image, surroundings),
    disablesHealthCheck: service.healthCheck?._spec.kind === 'none' || undefined,
    dependencies: resolveDependencies(service._dependencies, treeDependencies.get(service) ?? []),
    resources: resolveResources(service.resources),
    accelerator: service.accelerator && {
      vendor: service.accelerator._vendor,
      count: service.accelerator._count,
      deviceIds: service.accelerator._deviceIds,
    },
    ...resolveContainer(service.containerOptions, service.terminal),
    user: user && { uid: user.uid, gid: user.gid },
    readOnlyRoot: service.readOnlyRoot,
    capabilities: service.capabilities.sort(compareText),
    capDrop: service.capDrop.sort(compareText),
    securityOpt: service.securityOpt.sort(compareText),
    init: service.init,
    restart: service.restart._policy,
    restartAttempts: service.restart.attempts,
    stopGraceSeconds: service.stopGrace.toSeconds(),
    logRotation: service.containerOptions.logging === undefined ? resolveLogRotation(service.logRotation) : undefined,
    overrides: resolveOverrides(service._overrides),
    client: facts.client && { ...facts.client, server: coveredName(facts.client.server) },
    settingProblems: someOf(facts.problems),
    notes: someOf(facts.notes),
    foreign: foreignOfService(service, facts),
  };
}

/** A declared dependency wins over one that follows from the tree. */
function resolveDependencies(declared: Service['_dependencies'], ofTree: Service['_dependencies']): DependencyPlan[] {
  const others = new Set(declared.map(({ service }) => service));
  const all = [...declared, ...ofTree.filter(({ service }) => !others.has(service))];
  return sortedBy(all.map(({ service, condition }) => ({ service: service.name, condition })), (one) => one.service);
}

function resolveAttachments(service: Service): AttachmentPlan[] {
  const attachments = service._attachments
    .map(({ network, aliases, ipv4Address, ipv6Address }): AttachmentPlan => ({
      network: network.name,
      aliases: [...new Set(aliases)].sort(compareText),
      ipv4Address,
      ipv6Address,
    }));
  return sortedBy(attachments, (one) => one.network);
}

function resolveLogRotation({ maxSize, maxFiles }: LogRotation): ServicePlan['logRotation'] {
  return { maxMegabytes: maxSize.toMebibytes(), maxFiles };
}

function resolveValue(spec: EnvironmentValueSpec): ValuePlan {
  if (spec.kind !== 'concat') {
    return resolvePart(spec);
  }
  const parts = spec.parts.map(resolvePart).filter((part) => part.kind !== 'literal' || part.text !== '');
  return parts.length > 1 ? { kind: 'concat', parts } : parts[0] ?? { kind: 'literal', text: '' };
}

function resolvePart(spec: EnvironmentPartSpec): ValuePartPlan {
  switch (spec.kind) {
    case 'literal':
      return { kind: 'literal', text: spec.text };
    case 'secret':
      return { kind: 'secret', envFile: spec.secret.envFile.name, key: spec.secret.key };
    case 'endpoint':
    case 'port':
      return { kind: spec.kind, endpoint: resolveEndpoint(spec.endpoint) };
    case 'host':
      return { kind: 'host', host: resolveHost(spec.target) };
  }
}

function resolveMount(mount: Mount, projectFiles: ProjectFiles): MountPlan {
  const spec = mount._spec;
  const path = mount.path;
  switch (spec.kind) {
    case 'volume':
      return {
        kind: 'volume',
        path,
        volume: spec.volume.name,
        readOnly: spec.options.readOnly ?? false,
        subpath: spec.options.subpath,
        noCopy: spec.options.copyFromImage === false ? true : undefined,
        selinux: spec.options.selinux,
      };
    case 'directory': {
      const { node, name, directory } = spec.directory;
      return {
        kind: 'directory',
        path,
        directory: { constructPath: node.path, name, source: directory, ...projectFiles.readDirectory(directory) },
        writable: spec.options.readOnly === false ? true : undefined,
        selinux: spec.options.selinux,
      };
    }
    case 'host-path':
      return { kind: 'host-path', path, source: spec.source, ...spec.options, readOnly: spec.options.readOnly ?? true };
    case 'anonymous':
      return { kind: 'anonymous', path };
    case 'secret':
      return { kind: 'secret', path, mode: spec.mode, secret: resolveMountedSecret(spec.secret) };
    case 'scratch':
      return {
        kind: 'scratch',
        path,
        megabytes: spec.size?.toMebibytes(),
        executable: spec.executable,
        mode: spec.mode,
        owner: spec.owner && { uid: spec.owner.uid, gid: spec.owner.gid },
      };
    case 'file':
      return {
        kind: 'file',
        path,
        file: resolveConfigFile(spec.file, projectFiles),
        writable: spec.options.readOnly === false ? true : undefined,
        selinux: spec.options.selinux,
      };
  }
}

function resolveMountedSecret(secret: Secret | SecretFile): SecretMountPlan['secret'] {
  if (SecretFile.isSecretFile(secret)) {
    return { kind: 'file', name: (secret as SecretFile).name };
  }
  const { envFile, key } = secret as Secret;
  return { kind: 'key', envFile: envFile.name, key };
}

function resolveConfigFile({ node, name, _content, _source }: ConfigFile, projectFiles: ProjectFiles): FilePlan {
  const file = { constructPath: node.path, name };
  if (_source === undefined) {
    return { ...file, content: _content.map(resolveContent) };
  }
  const { text, ...reading } = projectFiles.read(_source.file);
  const executable = _source.executable ?? text?.startsWith('#!') ?? false;
  return {
    ...file,
    content: text === undefined ? [] : [{ kind: 'text', text }],
    source: { path: _source.file, executable, ...reading },
  };
}

/** A file of a ready-made service has no construct of its own. */
function resolveFile({ node }: Service, { name, path, content }: FileFacts): MountPlan {
  const pieces = content.map(({ _spec: spec }) => resolveContent(spec));
  return { kind: 'file', path, file: { constructPath: `${node.path}/${name}`, name, content: pieces } };
}

function resolveContent(spec: ContentSpec): ContentPlan {
  return spec.kind === 'data' ? { ...spec, data: resolveTable(spec.data) } : resolvePiece(spec);
}

function resolvePiece(spec: Exclude<ContentSpec, { kind: 'data' }>): Exclude<ContentPlan, { kind: 'data' }> {
  return spec.kind === 'endpoint' ? { kind: 'endpoint', endpoint: resolveEndpoint(spec.endpoint) } : spec;
}

function resolveTable(table: DataTable): TablePlan {
  const entries = Object.entries(table).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: resolveData(value) }],
  );
  return { kind: 'table', entries };
}

function resolveData(data: DataSpec): DataPlan {
  if (typeof data !== 'object') {
    return data;
  }
  if (Content.isContent(data)) {
    return data._spec.kind === 'data' ? resolveTable(data._spec.data) : resolvePiece(data._spec);
  }
  return isList(data) ? data.map(resolveData) : resolveTable(data);
}

function isList(data: object): data is readonly DataSpec[] {
  return Array.isArray(data);
}

function someOf<T>(items: readonly T[] = []): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** What is no number comes last: it is reported, in the same order whatever the model's. */
function comparePorts(a: PortPlan, b: PortPlan): number {
  const [left, right] = [a.port, b.port].map((port) => (Number.isFinite(port) ? port : Number.MAX_VALUE));
  return left - right || compareText(a.protocol, b.protocol);
}

function resolvePort(port: Port): PortPlan {
  return {
    name: port.name,
    port: port.containerPort,
    protocol: port.protocol,
    exposure: port.exposure,
    hostPort: port.hostPort,
    address: port.address,
  };
}

function resolveResources(resources?: Resources): ResourcesPlan {
  if (resources === undefined) {
    return {};
  }
  const cpu = resources.cpu?.toMillis();
  const memory = resources.memory?.toMebibytes();
  const byDefault = <T>(value: T): T | undefined => (resources.exact ? undefined : value);
  const shareOf = (limit: number | undefined, parts: number): number | undefined =>
    byDefault(limit === undefined ? undefined : Math.ceil(limit / parts));
  return {
    cpuMillis: cpu,
    cpuRequestMillis: resources.cpuRequest?.toMillis() ?? shareOf(cpu, 4),
    memoryMegabytes: memory,
    memoryRequestMegabytes: resources.memoryRequest?.toMebibytes() ?? shareOf(memory, 2),
    memorySwapMegabytes: resources.memorySwap?.toMebibytes() ?? byDefault(memory),
    pids: resources.pids ?? byDefault(256),
    ephemeralStorageMegabytes: resources.ephemeralStorage?.toMebibytes() ?? byDefault(1024),
  };
}

/** A service talks to the host services whose address it is given. */
function hostServicesOf(service: Pick<ServicePlan, 'environment' | 'mounts'>): string[] {
  const hosts = [...endpointsOf(service), ...hostsOf(service)].filter(({ to }) => to === 'host-service');
  return [...new Set(hosts.map(({ name }) => name))].sort(compareText);
}

/** Names of a list of constructs that checks cover. */
export function coveredName(construct: unknown): string {
  return Service.isService(construct) || HostService.isHostService(construct)
    ? (construct as Service | HostService).name
    : '';
}
