import type { ServicePlan } from './service-plan';

/** Whether the program can gain privileges, through a set-user-ID file for example. */
export function gainsPrivileges({ securityOpt }: Pick<ServicePlan, 'securityOpt'>): boolean {
  return !securityOpt.some((option) => /^no-new-privileges(?:[:=]true)?$/.test(option));
}
