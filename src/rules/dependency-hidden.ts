import { Rule } from './rule';
import { allDependencies } from '../plan/dependencies';

export const dependencyHidden: Rule = {
  id: 'dependency-hidden',
  severity: 'error',
  title: 'Services do not depend on a service of another profile',
  fix: 'Put both into the same profile, or remove the dependency.',
  waivable: false,
  facets: ['dependency', 'profile'],
  check: ({ plan, services }) =>
    plan.services.flatMap((service) =>
      allDependencies(plan.hostServices, service).flatMap((dependency) => {
        const other = services.get(dependency.service);
        const hidden = other?.profile !== undefined && other.profile !== service.profile;
        return hidden
          ? [
            {
              path: service.path,
              message: `Depends on "${other.name}", which exists only with the profile "${other.profile}".`,
            },
          ]
          : [];
      }),
    ),
};
