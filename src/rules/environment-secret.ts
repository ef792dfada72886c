import { Rule } from './rule';

/** An env file hands its keys over under their own names, on every target. */
export const environmentSecret: Rule = {
  id: 'environment-secret',
  severity: 'error',
  title: 'A variable that takes a secret has the name of its key',
  fix: 'Name the variable like the key of the env file.',
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
