import { Rule } from './rule';

/** Requires equal names, since env files pass keys under their own names on every target. */
export const environmentSecret: Rule = {
  id: 'environment-secret',
  severity: 'error',
  title: 'Secret variables have the name of their env file key',
  fix: 'Rename the variable to the key in the env file.',
  waivable: false,
  facets: ['environment', 'secret'],
  check: ({ plan }) =>
    plan.services.flatMap(({ path, environment }) =>
      environment.flatMap(({ name, value }) =>
        value.kind === 'secret' && value.key !== name
          ? [{ path, message: `The variable ${name} takes the secret ${value.key}.` }]
          : [],
      ),
    ),
};
