import { Rule } from './rule';

/** Finds references into another tree: references are objects, so they cannot be misspelled. */
export const referenceUnknown: Rule = {
  id: 'reference-unknown',
  severity: 'error',
  title: 'References stay within the toolbox',
  fix: 'Create it in the same toolbox.',
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
        message: 'The check covers something that is neither a service nor a host service.',
        fix: 'Name services and host services only.',
      })),
  ],
};
