import { MergedService, MergedTarget, MergedViolation, Rule } from './rule';
import { ServicePlan } from '../plan/plan';
import { Namespace, SecurityFacts } from '../plan/target-facts';

/** Reports what leads out of a container, whether the model states it or an override or a patch does. */
export const serviceIsolation: Rule = {
  id: 'service-isolation',
  severity: 'error',
  title: 'Services are isolated from the host and from each other',
  fix: 'Do without, or waive the rule with a reason.',
  waivable: true,
  facets: ['security', 'override'],
  check: ({ plan }) => plan.services.flatMap((service) => statedRights(service).map((right) => (
    { path: service.path, message: `It ${right}.` }))),
  checkMerged: (service) => [...rightsOf(service), ...lostProtection(service), ...shared(service)],
  checkMergedTarget: (target) => [...unchecked(target), ...clusterRights(target)],
};

/** Capabilities that lead to the host: to its kernel, its devices, its files or its other programs. */
const HOST_CAPABILITIES = [
  'ALL', 'BPF', 'DAC_READ_SEARCH', 'MAC_ADMIN', 'MAC_OVERRIDE', 'NET_ADMIN', 'PERFMON', 'SYSLOG', 'SYS_ADMIN',
  'SYS_BOOT', 'SYS_MODULE', 'SYS_PTRACE', 'SYS_RAWIO', 'SYS_TIME',
];

/** Values that share no namespace. */
const OWN_NAMESPACE = ['', 'none', 'private', 'shareable'];

function statedRights(service: ServicePlan): string[] {
  const { container = {} } = service;
  return [
    ...service.capabilities
      .filter((name) => HOST_CAPABILITIES.includes(name))
      .map((name) => `has the capability ${name}, which leads out of the container`),
    ...(container.devices ?? []).map((device) => `has the device ${JSON.stringify(device)} of the host`),
    ...service.securityOpt.filter(isUnconfined).map((option) => (
      `runs without a security profile (${JSON.stringify(option)})`)),
    ...namespacesOf(service).map(({ namespace, owner }) => (
      `shares the namespace "${namespace}" with ${JSON.stringify(owner)}`)),
  ];
}

function namespacesOf({ container = {} }: ServicePlan): SecurityFacts['sharedNamespaces'] {
  const { pid, ipc, uts, usernsMode, cgroup } = container;
  const owners: readonly (readonly [Namespace, string | undefined])[] = [
    ['processes', pid], ['shared memory', ipc], ['host name', uts], ['users', usernsMode], ['control groups', cgroup],
  ];
  return owners.flatMap(([namespace, owner]) => (
    owner === undefined || OWN_NAMESPACE.includes(owner) ? [] : [{ namespace, owner }]));
}

function isUnconfined(option: string): boolean {
  return /unconfined|disable/i.test(option);
}

/** Settings of Compose that give what another service or the engine has. */
const SHARING_SETTINGS = ['cgroup_parent', 'device_cgroup_rules', 'extends', 'provider', 'volumes_from'];

function rightsOf({ facts: { security } }: MergedService): MergedViolation[] {
  return [
    ...security.addedCapabilities.map((name) => ({ problem: `adds the capability ${JSON.stringify(name)}` })),
    ...security.devices.map((device) => (
      { problem: `passes the device ${JSON.stringify(device)} of the host to the service` })),
  ];
}

/** A missing restriction is no loss: only changes by an override are reported. */
function lostProtection({ facts: { security } }: MergedService): MergedViolation[] {
  const problems: (readonly [isLost: boolean, problem: string])[] = [
    [!security.droppedCapabilities.includes('ALL'), 'keeps the default capabilities of the engine'],
    [security.gainsPrivileges, 'lets programs gain privileges'],
    [
      security.options.some(isUnconfined) || security.systemCalls === 'Unconfined',
      `removes a security profile (${JSON.stringify(security.options.join(', ') || security.systemCalls)})`,
    ],
    [!security.readOnlyRoot, 'makes the root filesystem writable'],
  ];
  return problems.filter(([isLost]) => isLost).map(([, problem]) => ({ problem }));
}

function shared({ facts: { container, security, settings } }: MergedService): MergedViolation[] {
  return [
    ...security.sharedNamespaces.map(({ namespace, owner }) => ({
      problem: `shares the namespace "${namespace}" with ${JSON.stringify(owner)}`,
    })),
    ...(container.runtime === undefined
      ? []
      : [{ problem: `has another program start the container (${JSON.stringify(container.runtime)})` }]),
    ...settings
      .filter(({ key }) => SHARING_SETTINGS.includes(key))
      .map(({ key }) => ({ problem: `gives the service what lies outside of its container ("${key}")` })),
    ...[...container.postStart ?? [], ...container.preStop ?? []]
      .filter(({ user = '' }) => /^(?:0+|root)(?::|$)/.test(user))
      .map(({ command }) => ({ problem: `runs a command as root (${JSON.stringify(command[0] ?? '')})` })),
  ];
}

/** Rules check the generated file only. */
function unchecked({ facts: { settings } }: MergedTarget): MergedViolation[] {
  return settings
    .filter(({ key }) => key === 'include')
    .map(() => ({ problem: 'includes a file that no rule checks' }));
}

/** Objects that give rights in the cluster to whom they name. */
const GRANTS = ['ClusterRoleBinding', 'RoleBinding'];

function clusterRights({ facts: { cluster, services } }: MergedTarget): MergedViolation[] {
  const tokens = [
    ...services.filter(({ pod }) => pod?.mountsToken === true).map(({ name }) => `pod of "${name}"`),
    ...(cluster?.accounts ?? []).filter(({ mountsToken }) => mountsToken).map(({ name }) => `ServiceAccount "${name}"`),
  ];
  return [
    ...tokens.map((what) => ({ problem: `mounts the token of the cluster's API (${what})` })),
    ...(cluster?.others ?? []).filter(({ kind }) => GRANTS.includes(kind)).map(({ kind, name }) => (
      { problem: `grants rights in the cluster (${kind} ${JSON.stringify(name)})` })),
  ];
}
