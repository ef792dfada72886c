import { MergedService, MergedTarget, MergedViolation, Rule } from './rule';

/** The model has no words for these rights, so only an override or a patch can give them. */
export const serviceIsolation: Rule = {
  id: 'service-isolation',
  severity: 'error',
  title: 'Overrides and patches keep the isolation of a service',
  fix: 'Remove the override, or waive the rule with a reason.',
  waivable: true,
  facets: ['security', 'override'],
  check: () => [],
  checkMerged: (service) => [...rightsOf(service), ...lostProtection(service), ...shared(service)],
  checkMergedTarget: (target) => [...unchecked(target), ...clusterRights(target)],
};

/** Settings of Compose that give what another service or the engine has. */
const SHARING_SETTINGS = ['cgroup_parent', 'device_cgroup_rules', 'extends', 'provider', 'runtime', 'volumes_from'];

/** Settings of Compose that run further commands in the container. */
const HOOKS = ['post_start', 'pre_stop'];

function rightsOf({ facts: { security } }: MergedService): MergedViolation[] {
  return [
    ...security.privileged === undefined ? [] : [{ problem: 'makes the service privileged' }],
    ...security.addedCapabilities.map((name) => ({ problem: `adds the capability ${JSON.stringify(name)}` })),
    ...security.devices.map((device) => (
      { problem: `passes the device ${JSON.stringify(device)} of the host to the service` })),
  ];
}

/** What a service does not have is no loss: only what an override changes is reported. */
function lostProtection({ facts: { security } }: MergedService): MergedViolation[] {
  const problems: (readonly [isLost: boolean, problem: string])[] = [
    [!security.droppedCapabilities.includes('ALL'), 'keeps the default capabilities of the engine'],
    [security.gainsPrivileges, 'lets programs gain privileges'],
    [
      security.options.some((option) => /unconfined|disable/i.test(option)) || security.systemCalls === 'Unconfined',
      `removes a security profile (${JSON.stringify(security.options.join(', ') || security.systemCalls)})`,
    ],
    [!security.readOnlyRoot, 'makes the root filesystem writable'],
  ];
  return problems.filter(([isLost]) => isLost).map(([, problem]) => ({ problem }));
}

function shared({ facts: { security, settings } }: MergedService): MergedViolation[] {
  return [
    ...security.sharedNamespaces.map(({ namespace, owner }) => ({
      problem: `shares the namespace "${namespace}" with ${JSON.stringify(owner)}`,
    })),
    ...settings
      .filter(({ key }) => SHARING_SETTINGS.includes(key))
      .map(({ key }) => ({ problem: `gives the service what lies outside of its container ("${key}")` })),
    ...settings
      .filter(
        ({ key, value }) =>
          HOOKS.includes(key) && /"privileged":(?!false)|"user":"(?:0|root)\b/.test(JSON.stringify(value)),
      )
      .map(({ key }) => ({ problem: `runs a command as root or with all privileges ("${key}")` })),
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
