import type { ServicePlan } from './service-plan';

/** Whether the program can gain privileges, through a set-user-ID file for example. */
export function gainsPrivileges({ securityOpt }: Pick<ServicePlan, 'securityOpt'>): boolean {
  return !securityOpt.some((option) => /^no-new-privileges(?:[:=]true)?$/.test(option));
}

/** Capabilities that engines and container runtimes give when none is dropped. */
const DEFAULT_CAPABILITIES: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** Whether a service has a capability. */
export function hasCapability(name: string, service: Pick<ServicePlan, 'capabilities' | 'capDrop'>): boolean {
  const { capabilities, capDrop } = service;
  const isDropped = capDrop.includes('ALL') || capDrop.includes(name);
  return capabilities.includes(name) || (DEFAULT_CAPABILITIES.includes(name) && !isDropped);
}

/** Parameters of the kernel that Kubernetes lets every pod set: they end with its namespaces. */
const SAFE_SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
]);

/** Whether Pod Security "baseline" accepts a parameter of the kernel. */
export function isSafeSysctl(name: string): boolean {
  return SAFE_SYSCTLS.has(name);
}
