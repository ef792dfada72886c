import { MergedService, MergedViolation, Rule } from './rule';
import { gainsPrivileges } from '../plan/isolation';

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
};

/** Settings of Compose that give what another service or the engine has. */
const SHARING_SETTINGS = ['cgroup_parent', 'device_cgroup_rules', 'extends', 'runtime', 'volumes_from'];

function rightsOf({ plan, facts: { security } }: MergedService): MergedViolation[] {
  const added = security.addedCapabilities.filter((name) => !plan.capabilities.includes(name));
  return [
    ...security.privileged === undefined
      ? []
      : [{ problem: 'makes the service privileged', keys: ['privileged', 'securityContext'] }],
    ...added.map((name) => ({
      problem: `adds the capability ${JSON.stringify(name)}`,
      keys: ['cap_add', 'capabilities', 'securityContext'],
    })),
    ...security.devices.map((device) => ({
      problem: `passes the device ${JSON.stringify(device)} of the host to the service`,
      keys: ['devices'],
    })),
  ];
}

function lostProtection({ plan, facts: { security } }: MergedService): MergedViolation[] {
  const problems: (readonly [isLost: boolean, problem: string, keys: readonly string[]])[] = [
    [
      plan.capDrop.includes('ALL') && !security.droppedCapabilities.includes('ALL'),
      'keeps the default capabilities of the engine',
      ['cap_drop', 'capabilities', 'securityContext'],
    ],
    [
      !gainsPrivileges(plan) && security.gainsPrivileges,
      'lets programs gain privileges',
      ['security_opt', 'allowPrivilegeEscalation', 'securityContext'],
    ],
    [
      security.options.some((option) => /unconfined|disable/i.test(option)) || security.systemCalls === 'Unconfined',
      `removes a security profile (${JSON.stringify(security.options.join(', ') || security.systemCalls)})`,
      ['security_opt', 'seccompProfile', 'securityContext'],
    ],
    [
      plan.readOnlyRoot && !security.readOnlyRoot,
      'makes the root filesystem writable',
      ['read_only', 'readOnlyRootFilesystem', 'securityContext'],
    ],
  ];
  return problems.filter(([isLost]) => isLost).map(([, problem, keys]) => ({ problem, keys }));
}

const NAMESPACE_KEYS = [
  'cgroup', 'hostIPC', 'hostNetwork', 'hostPID', 'hostUsers', 'ipc', 'network_mode', 'pid', 'userns_mode', 'uts',
];

function shared({ facts: { security, settings } }: MergedService): MergedViolation[] {
  return [
    ...security.sharedNamespaces.map(({ namespace, owner }) => ({
      problem: `shares the namespace "${namespace}" with ${JSON.stringify(owner)}`,
      keys: NAMESPACE_KEYS,
    })),
    ...settings
      .filter(({ key }) => SHARING_SETTINGS.includes(key))
      .map(({ key }) => ({ problem: 'gives the service what lies outside of its container', keys: [key] })),
  ];
}
