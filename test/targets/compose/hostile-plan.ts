import { Plan } from '../../../src/plan/plan';
import { hostileInputs } from '../../hostile/emitters';
import { aPlan, aService, anImage } from '../../plan/plan-builder';

/** Text that was hostile to other generators, by a variable's name; without what no plan may hold. */
export function hostileVariables(): Readonly<Record<string, string>> {
  const inputs = [...hostileInputs('compose-interp'), ...hostileInputs('env-file'), ...hostileInputs('yaml-value')];
  const texts = inputs.flatMap(({ input }) =>
    typeof input === 'string' ? [input] : Array.isArray(input) ? (input as string[]) : [],
  );
  // the rules refuse control characters but for tab and line feed, and separators of lines
  const kept = texts.filter((text) => !/[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\ud800-\udfff\ufeff]/u.test(text));
  return Object.fromEntries(kept.map((text, index) => [`TEXT_${index}`, text]));
}

/** A service called `hostile` that has the texts wherever a plan takes text. */
export function hostilePlan(): Plan {
  const variables = Object.entries(hostileVariables());
  const texts = variables.map(([, text]) => text);
  return aPlan({
    services: [
      aService({
        name: 'hostile',
        image: anImage({
          origin: 'build',
          digest: undefined,
          build: {
            context: 'containers/web',
            dockerfile: 'Dockerfile',
            baseComponents: [],
            args: variables.map(([name, value]) => ({ name, value })),
          },
        }),
        entrypoint: texts.slice(0, 20),
        command: texts,
        environment: variables.map(([name, text]) => ({ name, value: { kind: 'literal', text } })),
        healthCheck: {
          probe: { kind: 'command', command: ['sh', ...texts], tool: 'sh' },
          intervalSeconds: 10,
          timeoutSeconds: 5,
          retries: 3,
          startPeriodSeconds: 0,
        },
      }),
    ],
  });
}
