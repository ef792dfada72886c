import { collect, Collected } from './collect';
import { compareText, groupPairs, sortedBy } from './collections';
import { BuildContexts } from './fingerprint/build-context';
import { Fingerprints } from './fingerprint/fingerprints';
import { foreignOfHostService } from './foreign';
import { settle, textWithDefaults } from './parameters';
import {
  EngineNetworkPlan,
  Architecture,
  CheckPlan,
  DecisionPlan,
  EnvFilePlan,
  HostServicePlan,
  NetworkPlan,
  PinPlan,
  Plan,
  ProfilePlan,
  RecordsPlan,
  SecretFilePlan,
  ServicePlan,
  VolumePlan,
  WaiverPlan,
} from './plan';
import { ProjectFiles } from './project-files';
import { generatorVersion } from './provenance';
import { resolveChecks } from './resolve-checks';
import { resolveGate } from './resolve-gate';
import { resolveObjects } from './resolve-objects';
import { resolveSomeOverrides } from './resolve-overrides';
import { resolveOwnRules, resolveProblems } from './resolve-problems';
import { resolveReaches } from './resolve-reach';
import { resolveService } from './resolve-service';
import { componentsOf } from './service-plan';
import { OverrideReference } from './target-output';
import { treeDependencies } from './tree-dependencies';
import { mountedKeys, secretsIn } from './value-parts';
import { Finding, SourceLocation } from '../model/finding';
import { Network } from '../model/network';
import type { Overrides } from '../model/override';
import { Pin } from '../model/pin';
import { Service } from '../model/service';
import { sourceOf } from '../model/source-location';
import { Toolbox } from '../model/toolbox';
import type { Volume } from '../model/volume';

/** A resolved model and what is needed to talk about it. */
export interface Resolution {
  /** With the defaults of parameters in place. */
  readonly plan: Plan;
  /** Errors in the files that the model read. */
  readonly findings: readonly Finding[];
  /**
   * Where a construct was written, or one of its overrides.
   *
   * @param override the override that is meant
   */
  sourceOf(constructPath: string, override?: OverrideReference): SourceLocation | undefined;
}

/** Turns the tree into plain data. Never throws for a wrong model: the rules judge the data. */
export function resolve(toolbox: Toolbox): Resolution {
  const found = collect(toolbox);
  return {
    plan: resolvePlan(found),
    findings: [toolbox._pins, toolbox._evidence, toolbox._approval, toolbox._linterSuppressions].flatMap(
      (source) => source?.findings ?? [],
    ),
    sourceOf: (path, override) => (override && sourceOfOverride(found, override)) ?? nearestSource(found, path),
  };
}

function resolvePlan(found: Collected): Plan {
  const { toolbox } = found;
  const root = process.cwd();
  const parameters = sortedBy(found.parameters, (one) => `${one.name}\t${one.node.path}`);
  const { architecture, withDefaults } = settle(resolveArchitecture(found, root), parameters);
  const fingerprints = new Fingerprints(architecture, root);
  const { checks } = withDefaults({
    checks: resolveChecks(found.checks, toolbox._evidence?.records ?? [], fingerprints),
  });
  const gate = resolveGate(
    architecture,
    checks,
    toolbox._approval?.record,
    fingerprints.ofArchitecture(generatorVersion()),
  );
  return {
    ...architecture,
    stage: gate.missing.length === 0 ? 'approved' : 'draft',
    checks,
    gate,
    records: resolveRecords(toolbox, checks),
  };
}

function resolveRecords(
  { _evidence: evidence, _approval: approval }: Toolbox,
  checks: readonly CheckPlan[],
): RecordsPlan {
  const names = new Set(checks.map(({ name }) => name));
  const stray = (evidence?.records ?? []).filter(({ check }) => !names.has(check));
  return {
    evidenceDirectory: evidence?.directory,
    approvalFile: approval?.file,
    stray: sortedBy(
      stray.map(({ check, location: { file, line } }) => ({ check, location: { file, line } })),
      ({ check }) => check,
    ),
  };
}

function resolveArchitecture(found: Collected, root: string): Architecture {
  const { toolbox } = found;
  const pins = new Map((toolbox._pins?.pins ?? []).map((pin) => [pin.component, pin]));
  const surroundings = {
    pins,
    contexts: new BuildContexts(root),
    projectFiles: new ProjectFiles(root),
    treeDependencies: treeDependencies(toolbox),
    withDefaults: textWithDefaults(found.parameters),
  };
  const services = sortedBy(
    found.services.map((one) => resolveService(one, surroundings)),
    (one) => `${one.name}\t${one.path}`,
  );
  const hostServices = resolveHostServices(found);
  const networks = resolveNetworks(found, services);
  return {
    schemaVersion: 1,
    name: toolbox._name,
    title: toolbox.title,
    description: toolbox.description,
    source: toolbox.source,
    outdir: toolbox.outdir,
    services,
    hostServices,
    profiles: resolveOptionalParts(found, services),
    volumes: resolveVolumes(found, services, surroundings.projectFiles),
    networks,
    envFiles: resolveEnvFiles(found, services),
    secretFiles: resolveSecretFiles(found, services),
    parameters: [],
    templates: [],
    reaches: resolveReaches(services, hostServices, networks),
    pins: resolvePins([...pins.values()], services, hostServices),
    policies: sortedBy(
      found.policies.map((one) => ({ path: one.node.path, service: one.gateway.name, ...one._table() })),
      (one) => one.path,
    ),
    waivers: resolveWaivers(found),
    linterSuppressions: (toolbox._linterSuppressions?.entries ?? []).map(({ linter, check, where, reason }) => ({
      linter,
      check,
      where,
      reason,
    })),
    decisions: resolveDecisions(found),
    problems: resolveProblems(toolbox),
    rules: resolveOwnRules(toolbox),
    roadmap: toolbox.roadmap,
    overrides: resolveSomeOverrides(toolbox._overrides),
    objects: resolveObjects(found.objects),
  };
}

/** A part of a construct that has no place of its own is found where its owner was written. */
function nearestSource(found: Collected, path: string): SourceLocation | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const construct = found.byPath.get(at);
    const location = construct && sourceOf(construct);
    if (location !== undefined) {
      return location;
    }
  }
  return undefined;
}

function sourceOfOverride(
  { toolbox, byPath }: Collected,
  { path, target, index }: OverrideReference,
): SourceLocation | undefined {
  const owner = path === toolbox._name ? toolbox : byPath.get(path);
  const override = (owner as { readonly _overrides?: Overrides } | undefined)?._overrides?.[target][index];
  return override && sourceOf(override);
}

function resolveHostServices(found: Collected): HostServicePlan[] {
  return sortedBy(found.hostServices.map((one) => ({
    path: one.node.path,
    name: one.name,
    description: one.description,
    hostname: one.hostname,
    port: one.port,
    component: one.component,
    addressSetting: one.addressSetting,
    clusterService: (one._clusterService as Service | undefined)?.name,
    relay: (one._relay as Service | undefined)?.name,
    foreign: foreignOfHostService(one),
  })), (one) => `${one.name}\t${one.path}`);
}

function resolveNetworks(found: Collected, services: readonly ServicePlan[]): NetworkPlan[] {
  const members = groupPairs(services.flatMap((one) => one.attachments.map((at) => [at.network, one.name] as const)));
  return sortedBy(found.networks.map((one) => ({
    path: one.node.path,
    name: one.name,
    description: one.description,
    egress: one.egress,
    engine: engineNetwork(one),
    members: [...new Set(members.get(one.name) ?? [])],
    overrides: resolveSomeOverrides(one._overrides),
  })), (one) => `${one.name}\t${one.path}`);
}

/** Settings that do not go with an external network are left to the rule network-external. */
function engineNetwork({ external, _engine: engine }: Network): EngineNetworkPlan | undefined {
  const { engineName: name, driver, driverOpts, subnets } = engine;
  const settings = {
    external: external || undefined,
    name,
    driver,
    driverOpts: driverOpts && Object.fromEntries(sortedBy(Object.entries(driverOpts), ([key]) => key)),
    attachable: engine.attachable || undefined,
    enableIpv6: engine.enableIpv6 || undefined,
    subnets: subnets?.map(({ subnet, ipRange, gateway }) => ({ subnet, ipRange, gateway })),
  };
  return Object.values(settings).every((value) => value === undefined) ? undefined : settings;
}

function resolveOptionalParts(found: Collected, services: readonly ServicePlan[]): ProfilePlan[] {
  const members = groupPairs(
    services.flatMap((one) => (one.profile === undefined ? [] : [[one.profile, one.name] as const])),
  );
  return sortedBy(found.profiles.map((one) => ({
    path: one.node.path,
    name: one.name,
    description: one.description,
    services: members.get(one.name) ?? [],
  })), (one) => `${one.name}\t${one.path}`);
}

function resolveVolumes(
  found: Collected,
  services: readonly ServicePlan[],
  projectFiles: ProjectFiles,
): VolumePlan[] {
  const users = groupPairs(services.flatMap((service) => service.mounts.flatMap((mount) => (
    mount.kind === 'volume' ? [[mount.volume, { service: service.name, readOnly: mount.readOnly }] as const] : []))));
  return sortedBy(found.volumes.map((one): VolumePlan => ({
    path: one.node.path,
    name: one.name,
    description: one.description,
    source: volumeSource(one, projectFiles),
    engine: volumeEngine(one),
    megabytes: one.size.toMebibytes(),
    storageClass: one.storageClass,
    multiWriter: one.multiWriter,
    users: users.get(one.name) ?? [],
    overrides: resolveSomeOverrides(one._overrides),
  })), (one) => `${one.name}\t${one.path}`);
}

function volumeSource(
  { directory, _isExternal: isExternal }: Volume,
  projectFiles: ProjectFiles,
): VolumePlan['source'] {
  if (directory !== undefined) {
    const isFile = projectFiles.isFile(directory) ? true : undefined;
    return { kind: 'host-directory', directory, isFile };
  }
  return { kind: isExternal ? 'external' : 'persistent' };
}

function volumeEngine({ _engine: engine }: Volume): VolumePlan['engine'] {
  const { volumeName: name, driver, driverOptions = {}, labels = {} } = engine;
  const pairs = (record: Record<string, string>): { name: string; value: string }[] =>
    sortedBy(Object.entries(record).map(([key, value]) => ({ name: key, value })), (one) => one.name);
  const plan = { name, driver, driverOptions: pairs(driverOptions), labels: pairs(labels) };
  const isDefault = name === undefined && driver === undefined
    && plan.driverOptions.length === 0 && plan.labels.length === 0;
  return isDefault ? undefined : plan;
}

function resolveEnvFiles(found: Collected, services: readonly ServicePlan[]): EnvFilePlan[] {
  const users = groupPairs(services.flatMap((service) => (
    [...service.environment.flatMap(({ value }) => secretsIn(value)), ...mountedKeys(service)]
      .map(({ envFile, key }) => [`${envFile}\t${key}`, service.name] as const))));
  const wholeUsers = (envFile: string) =>
    services.filter(({ envFiles = [] }) => envFiles.includes(envFile)).map(({ name }) => name);
  return sortedBy(
    found.envFiles.map((one) => ({
      path: one.node.path,
      file: one.file,
      name: one.name,
      keys: sortedBy(
        found.secrets
          .filter((secret) => secret.envFile === one)
          .map((secret) => ({
            name: secret.key,
            description: secret.description,
            usedBy: [...new Set([...(users.get(`${one.name}\t${secret.key}`) ?? []), ...wholeUsers(one.name)])].sort(
              compareText,
            ),
          })),
        (key) => key.name,
      ),
    })),
    (one) => one.path,
  );
}

function resolveSecretFiles(
  found: Collected,
  services: readonly ServicePlan[],
): readonly SecretFilePlan[] | undefined {
  const uses = (name: string) => services.filter(({ mounts }) => mounts.some((mount) => (
    mount.kind === 'secret' && mount.secret.kind === 'file' && mount.secret.name === name)));
  return found.secretFiles.length === 0 ? undefined : sortedBy(found.secretFiles.map((one) => ({
    path: one.node.path,
    file: one.file,
    name: one.name,
    description: one.description,
    usedBy: uses(one.name).map(({ name }) => name),
  })), (one) => `${one.name}\t${one.path}`);
}

function resolvePins(
  pins: readonly Pin[],
  services: readonly ServicePlan[],
  hostServices: readonly HostServicePlan[],
): PinPlan[] {
  const users = groupPairs([
    ...services.flatMap((one) => componentsOf(one).map((component) => [component, one.name] as const)),
    ...hostServices.map((one) => [one.component ?? '', one.name] as const),
  ]);
  return sortedBy(
    pins.map((pin): PinPlan => ({
      component: pin.component,
      title: pin.title,
      version: pin.version,
      runsOn: [...pin.runsOn].sort(),
      artifact: artifactOf(pin),
      status: pin.status,
      notes: pin.notes ?? '',
      usedBy: users.get(pin.component) ?? [],
      location: { file: pin.location.file, line: pin.location.line },
    })),
    (one) => one.component,
  );
}

function artifactOf(pin: Pin): PinPlan['artifact'] {
  if (pin.image) {
    return {
      kind: 'image',
      repository: pin.image.repository,
      tag: pin.image.tag,
      digest: pin.image.digest,
      missingReason: pin.image.digestMissing,
      facts: pin.image.facts,
    };
  }
  return pin.npm ? { kind: 'npm', name: pin.npm.name, integrity: pin.npm.integrity } : { kind: 'none' };
}

function resolveWaivers(found: Collected): WaiverPlan[] {
  return sortedBy(found.waivers.map((one) => ({
    path: one.node.path,
    rule: one.rule,
    scope: one.node.scope?.node.path ?? '',
    reason: one.reason,
    until: one.until,
    blocksApproval: one.blocksApproval,
  })), (one) => one.path);
}

function resolveDecisions(found: Collected): DecisionPlan[] {
  return sortedBy(found.decisions.map((one) => ({ path: one.node.path, ...one._props })), (one) => one.path);
}
