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
