import { Rule } from './rule';
import { allDependencies } from '../plan/relay';

export const dependencyHidden: Rule = {
  id: 'dependency-hidden',
  severity: 'error',
  title: 'No service depends on one of an optional part that may be absent',
  mend: 'Put both into the same optional part, or take the dependency away.',
  waivable: false,
  facets: ['dependency', 'optional-part'],
  check: ({ plan, services }) => plan.services.flatMap((service) => allDependencies(plan.hostServices, service).flatMap((dependency) => {
    const other = services.get(dependency.service);
    const hidden = other?.optionalPart !== undefined && other.optionalPart !== service.optionalPart;
    return hidden ? [{ path: service.path, message: `Depends on "${other.name}", which is only there with the optional part "${other.optionalPart}".` }] : [];
  })),
};
