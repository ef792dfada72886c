import { Rule } from './rule';

/** References are objects, so what is missing belongs to another tree. */
export const referenceUnknown: Rule = {
  id: 'reference-unknown',
  severity: 'error',
  title: 'Everything a service refers to is part of the same toolbox',
  fix: 'Create it below the same toolbox.',
  waivable: false,
  facets: ['dependency', 'secret', 'mount', 'network'],
  check: ({ plan: { services, hostServices, checks } }) => [
    ...[...services, ...hostServices, ...checks].flatMap(({ path, foreign = [] }) =>
      foreign.map((one) => ({ path, message: `The ${one} is not part of this toolbox.` })),
    ),
    ...checks
      .filter(({ covers }) => covers.includes(''))
      .map(({ path }) => ({
        path,
        message: 'Covers something that is neither a service nor a host service.',
        fix: 'Name services and host services only.',
      })),
  ],
};
