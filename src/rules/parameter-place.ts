import { namesOf, textsOf } from './private/texts';
import { Rule } from './rule';

/** As `Parameter.asString()` writes it. Those of this toolbox are replaced already. */
const MARKER = /\$\{Parameter\[(\w*)\.[0-9a-f]{16}\]\}/;

export const parameterPlace: Rule = {
  id: 'parameter-place',
  severity: 'error',
  title: 'A parameter stands where Compose can set it',
  fix:
    'Use it in a value of a service (image, command, environment, health check, ports, build arguments, ' +
    'working directory, overrides) or in the directory of a volume.',
  waivable: false,
  facets: ['parameter'],
  check: ({ plan }) => [
    ...plan.parameters.flatMap(({ name, uses }) =>
      uses.flatMap(({ path, place }) =>
        typeof place === 'string'
          ? []
          : [{ path, message: `The parameter ${name} cannot be set in "${place.field}".` }],
      ),
    ),
    ...[...textsOf(plan), ...namesOf(plan)].flatMap(({ path, what, text, override }) => {
      const [, name] = MARKER.exec(text) ?? [];
      return name === undefined
        ? []
        : [
          {
            path,
            override,
            message: `The ${what} holds the marker of a parameter "${name}" that this toolbox does not have.`,
            fix: 'Create the parameter below this toolbox, or change the text.',
          },
        ];
    }),
  ],
};
