import { Rule, Violation } from './rule';
import { ParameterPlan } from '../plan/plan';

/** A port number; its range is judged with all other ports. */
const WHOLE = /^\d{1,9}$/;
/** Compose ends a default at a closing brace, takes `${` as a variable, and lets no line end in one. */
const NO_DEFAULT = /[}\r\n]|\$\{/;

export const parameterDefault: Rule = {
  id: 'parameter-default',
  severity: 'error',
  title: 'A parameter has a default that fits wherever it stands',
  fix: 'Give it a default.',
  waivable: false,
  facets: ['parameter'],
  check: ({ plan }) =>
    plan.parameters.flatMap((one) => problems(one).map((problem) => ({ path: one.path, ...problem }))),
};

function problems({ name, default: text, uses }: ParameterPlan): Omit<Violation, 'path'>[] {
  if (text === undefined) {
    return uses
      .filter(({ place, places }) => place === 'port' || places.includes('cluster'))
      .map(({ path, place }) => ({
        message: `The parameter ${name} has no default, and ${path} needs one (${place}).`,
        fix: 'Give it a default, or keep the service on the workstation. A cluster gets defaults only.',
      }));
  }
  const numbers = uses.filter(({ place }) => place === 'port' || place === 'host port');
  return [
    ...(NO_DEFAULT.test(text)
      ? [
        {
          message: `The default ${JSON.stringify(text)} of the parameter ${name} has braces or more than one line.`,
          fix: 'Use a default without them: Compose cannot read it.',
        },
      ]
      : []),
    ...(WHOLE.test(text)
      ? []
      : numbers.map(({ path, place }) => ({
        message: `The default ${JSON.stringify(text)} of ${name} is not a number, but ${path} needs one (${place}).`,
        fix: 'Use a whole number from 1 to 65535, for example "3000".',
      }))),
  ];
}
