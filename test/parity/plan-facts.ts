import { posix } from 'node:path';
import { Facts, HealthFact, MountFact, reachLine, ServiceFacts } from './facts';
import { allDependencies } from '../../src/plan/dependencies';
import { contentText } from '../../src/plan/file-content';
import { kubernetesName } from '../../src/plan/kubernetes-name';
import {
  EndpointPlan,
  HostPlan,
  ImagePlan,
  MountPlan,
  Place,
  Plan,
  PortPlan,
  SecretMountPlan,
  ServicePlan,
  ValuePartPlan,
} from '../../src/plan/plan';
import { provenanceSentence } from '../../src/plan/provenance';
import { everyReach, ServiceReach } from '../../src/plan/reaches';
import { scratchMounts } from '../../src/plan/scratch';

/**
 * The facts that a plan promises for a place. Written on its own, not with the renderers' functions, so that it can
 * judge them.
 */
export function planFacts(plan: Plan, place: Place): Facts {
  const services = plan.services.filter((service) => service.places.includes(place));
  const names = new Set(services.map((service) => service.name));
  const lines = everyReach(plan)
    .filter((reach) => reach.places.includes(place) && names.has(reach.from))
    .map((reach) => reachOf(plan, reach));
  const gateways = place === 'cluster' ? [] : services.flatMap((service) => {
    const isOpen = service.attachments.some(({ network }) =>
      plan.networks.some(({ name, egress }) => name === network && egress !== 'none'));
    return (service.extraHosts ?? [])
      .filter(({ address }) => isOpen && address === 'host-gateway')
      .map(({ name }) => reachLine(service.name, { kind: 'host', hostname: name }));
  });
  return {
    services: Object.fromEntries(services.map((service) => [service.name, serviceFacts(plan, service, place)])),
    reaches: [...new Set([...lines, ...gateways])].sort(),
  };
}

function serviceFacts(plan: Plan, service: ServicePlan, place: Place): ServiceFacts {
  const {
    cpuMillis, cpuRequestMillis, memoryMegabytes, memoryRequestMegabytes, memorySwapMegabytes, pids,
    ephemeralStorageMegabytes,
  } = service.resources;
  const scratch = scratchMounts(service);
  return {
    image: imageReference(service.image),
    build: buildOf(service.image),
    lifecycle: place === 'cluster' ? service.lifecycle : undefined,
    profile: service.profile,
    entrypoint: service.entrypoint,
    command: service.command,
    workingDirectory: service.workingDirectory,
    environment: environmentOf(plan, service, place),
    secrets: secretsOf(plan, service, place),
    mounts: Object.fromEntries(
      [...service.mounts, ...scratch].map((mount) => [mount.path, mountOf(plan, mount, place)]),
    ),
    executableScratch: scratch
      .filter((mount) => mount.executable)
      .map((mount) => mount.path)
      .sort(),
    ports: service.ports.map(portName).sort(),
    portExposure: Object.fromEntries(
      service.ports
        .filter((port) => port.exposure !== 'internal')
        .map((port) => [portName(port), `${port.address ?? port.exposure}:${port.hostPort}`]),
    ),
    aliases: [...new Set(service.attachments.flatMap((attachment) => attachment.aliases))].sort(),
    extraHosts: (service.extraHosts ?? []).flatMap(({ name, address }) => (
      place === 'workstation' && address === 'host-gateway' ? [] : [`${name}:${address}`])).sort(),
    healthCheck: healthOf(service, place),
    dependencies: Object.fromEntries(
      (place === 'workstation' ? allDependencies(plan.hostServices, service) : service.dependencies).map(
        ({ service: name, condition }) => [name, condition],
      ),
    ),
    cpuMillis,
    cpuRequestMillis,
    memoryMegabytes,
    memoryRequestMegabytes,
    memorySwapMegabytes: place === 'cluster' ? undefined : memorySwapMegabytes,
    pids,
    ephemeralStorageMegabytes,
    accelerator: acceleratorOf(service, place),
    terminal: service.terminal,
    user: service.user && `${service.user.uid}:${service.user.gid}`,
    readOnlyRoot: service.readOnlyRoot,
    capabilities: [...service.capabilities].sort(),
    capDrop: [...service.capDrop].sort(),
    gainsPrivileges: !service.securityOpt.includes('no-new-privileges:true'),
    securityOptions: service.securityOpt.filter((option) => option !== 'no-new-privileges:true').sort(),
    container: containerOf(service, place),
    init: service.init,
    restart: restartOf(service, place),
    stopGraceSeconds: service.stopGraceSeconds,
    logRotation: service.logRotation && `${service.logRotation.maxMegabytes} MB x ${service.logRotation.maxFiles}`,
  };
}

/** An engine has AMD GPUs as devices. */
function acceleratorOf({ accelerator }: ServicePlan, place: Place): string | undefined {
  if (accelerator === undefined || place === 'cluster') {
    return accelerator && `${accelerator.vendor} ${accelerator.count}`;
  }
  const { vendor, count, deviceIds } = accelerator;
  return vendor === 'amd' ? undefined : `${vendor} ${deviceIds ? `devices ${deviceIds.join(', ')}` : count}`;
}

/** Compose never asks a registry for an image that is built. */
function containerOf({ accelerator, container = {}, image }: ServicePlan, place: Place): ServiceFacts['container'] {
  if (place === 'cluster') { return container; }
  return {
    ...image.origin === 'build' ? { pullPolicy: 'never' } : {},
    ...container,
    ...accelerator?.vendor === 'amd' ? { devices: ['/dev/kfd', '/dev/dri', ...container.devices ?? []] } : {},
  };
}

/** A pod that keeps running cannot be stopped other than by removing it. */
function restartOf({ restart, restartAttempts }: ServicePlan, place: Place): string {
  if (place === 'cluster') { return restart === 'unless-stopped' ? 'always' : restart; }
  return restart !== 'on-failure' || restartAttempts === undefined ? restart : `${restart}:${restartAttempts}`;
}

function imageReference({ repository, tag, digest }: ImagePlan): string {
  return `${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

function buildOf({ build }: ImagePlan): ServiceFacts['build'] {
  return build && {
    context: posix.normalize(build.context),
    dockerfile: build.dockerfile,
    args: Object.fromEntries(build.args.map((arg) => [arg.name, arg.value])),
  };
}

function environmentOf(plan: Plan, service: ServicePlan, place: Place): Record<string, string> {
  return Object.fromEntries(
    service.environment.flatMap(({ name, value }): [string, string][] =>
      value.kind === 'secret'
        ? []
        : [[name, (value.kind === 'concat' ? value.parts : [value]).map((part) => partOf(plan, part, place)).join('')]],
    ),
  );
}

function partOf(plan: Plan, part: ValuePartPlan, place: Place): string {
  switch (part.kind) {
    case 'literal': return part.text;
    case 'secret': return `\${${part.key}}`;
    case 'endpoint': return endpointOf(plan, part.endpoint, place);
    case 'port': return String(part.endpoint.port);
    case 'host': return hostOf(plan, part.host, place);
  }
}

/** Secrets in a text count under the names of their keys; in a cluster under one that no other variable has. */
function secretsOf(plan: Plan, service: ServicePlan, place: Place): Record<string, string> {
  const nameOf = (envFile: string) => plan.envFiles.find((file) => file.name === envFile)?.name;
  const variables = new Map(service.environment.map(({ name, value }) => [name, value]));
  const added = new Map<string, string>();
  const nameFor = ({ envFile, key }: { readonly envFile: string; readonly key: string }): string => {
    const own = variables.get(key);
    if (place !== 'cluster' || (own?.kind === 'secret' && own.envFile === envFile && own.key === key)) { return key; }
    const id = `${envFile}/${key}`;
    let name = added.get(id) ?? key;
    while (!added.has(id) && (variables.has(name) || [...added.values()].includes(name))) { name += '_'; }
    added.set(id, name);
    return name;
  };
  return Object.fromEntries(
    service.environment.flatMap(({ name, value }): [string, string][] => {
      switch (value.kind) {
        case 'secret': return [[name, `${nameOf(value.envFile)}/${value.key}`]];
        case 'concat': return value.parts.flatMap((part): [string, string][] => (
          part.kind === 'secret' ? [[nameFor(part), `${nameOf(part.envFile)}/${part.key}`]] : []));
        default: return [];
      }
    }),
  );
}

function hostOf(plan: Plan, { to, name }: HostPlan, place: Place): string {
  const hostService =
    to === 'host-service' ? plan.hostServices.find((candidate) => candidate.name === name) : undefined;
  const service = hostService === undefined ? name : hostService.clusterService ?? '';
  return place === 'cluster' ? kubernetesName(service) : hostService?.hostname ?? name;
}

function endpointOf(plan: Plan, { scheme, port, suffix, ...host }: EndpointPlan, place: Place): string {
  return `${scheme && `${scheme}://`}${hostOf(plan, host, place)}:${port}${suffix}`;
}

function secretStore({ secretFiles = [] }: Plan, { secret }: SecretMountPlan, place: Place): string {
  if (secret.kind === 'key') {
    return place === 'cluster' ? `Secret ${secret.envFile}/${secret.key}` : `key ${secret.key}`;
  }
  const file = secretFiles.find(({ name }) => name === secret.name)?.file ?? '';
  return place === 'cluster' ? `Secret ${secret.name}/${posix.basename(file)}` : file;
}

function mountOf(plan: Plan, mount: MountPlan, place: Place): MountFact {
  switch (mount.kind) {
    case 'volume': {
      const volume = mount.subpath === undefined ? mount.volume : `${mount.volume}/${mount.subpath}`;
      return { kind: 'volume', volume, readOnly: mount.readOnly };
    }
    case 'directory': return {
      kind: 'directory',
      files: Object.fromEntries(mount.directory.files.map(({ path, text, base64 }) => [path, base64 ?? text ?? ''])),
      readOnly: mount.writable !== true,
    };
    case 'anonymous': return { kind: 'volume', volume: '', readOnly: false };
    case 'host-path': return { kind: 'volume', volume: `host ${mount.source}`, readOnly: mount.readOnly };
    case 'secret': return { kind: 'volume', volume: `secret ${secretStore(plan, mount, place)}`, readOnly: true };
    case 'scratch': return { kind: 'scratch', megabytes: mount.megabytes ?? 0 };
    case 'file': {
      const content = contentText(mount.file.content, (piece) => {
        switch (piece.kind) {
          case 'text': return piece.text;
          case 'endpoint': return endpointOf(plan, piece.endpoint, place);
          case 'provenance': return provenanceSentence(plan);
        }
      });
      return { kind: 'file', content: mount.file.source?.base64 ?? content ?? '', readOnly: mount.writable !== true };
    }
  }
}

function portName({ port, protocol }: PortPlan): string {
  return `${port}/${protocol}`;
}

function healthOf({ healthCheck: check, disablesHealthCheck }: ServicePlan, place: Place): HealthFact | undefined {
  if (check === undefined) {
    return disablesHealthCheck && place === 'workstation' ? { probe: { kind: 'none' } } : undefined;
  }
  const { probe, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds, startIntervalSeconds } = check;
  const times = {
    intervalSeconds,
    timeoutSeconds,
    retries,
    startPeriodSeconds,
    startIntervalSeconds: place === 'cluster' ? undefined : startIntervalSeconds,
  };
  if (probe.kind === 'image') {
    return place === 'cluster' ? { probe: { kind: 'image' } } : undefined;
  }
  if (place === 'workstation' || probe.kind === 'command') {
    return { probe: { kind: 'command', command: probe.command }, ...times };
  }
  return {
    probe:
      probe.kind === 'http' ? { kind: 'http', port: probe.port, path: probe.path } : { kind: 'tcp', port: probe.port },
    ...times,
  };
}

function reachOf(plan: Plan, { from, to }: ServiceReach): string {
  if (to.kind === 'internet') {
    return reachLine(from, to);
  }
  const { kind, name, port, protocol } = to;
  return kind === 'service'
    ? reachLine(from, { kind, name, port, protocol })
    : reachLine(from, {
      kind: 'host',
      hostname: plan.hostServices.find((candidate) => candidate.name === name)?.hostname ?? name,
    });
}
