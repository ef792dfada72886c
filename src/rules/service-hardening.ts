import { Rule } from './rule';
import { gainsPrivileges } from '../plan/isolation';
import { ServicePlan } from '../plan/plan';

/** Warns of what a container has unless it is taken away, as in most compose files. */
export const serviceHardening: Rule = {
  id: 'service-hardening',
  severity: 'warning',
  title: 'Services give up the rights that an engine gives every container',
  fix: 'Leave out capDrop, securityOpt and readOnlyRoot, and mount scratch space where the program writes.',
  waivable: true,
  facets: ['security'],
  check: ({ plan }) => plan.services.flatMap((service) => {
    const rights = rightsOf(service);
    return rights.length === 0
      ? []
      : [{ path: service.path, message: `It has rights that most programs do not need: ${rights.join(', ')}.` }];
  }),
};

function rightsOf(service: ServicePlan): string[] {
  return [
    ...service.capDrop.includes('ALL') ? [] : ["the engine's default capabilities"],
    ...gainsPrivileges(service) ? ['programs can gain privileges'] : [],
    ...service.readOnlyRoot ? [] : ['a writable root file system'],
  ];
}
