import { Rule, RuleContext, Violation } from './rule';
import { ServicePlan } from '../plan/plan';

/** References are objects, so what is missing belongs to another tree. */
export const referenceUnknown: Rule = {
  id: 'reference-unknown',
  severity: 'error',
  title: 'Everything a service refers to is part of the same toolbox',
  mend: 'Create it below the same toolbox.',
  waivable: false,
  check: (context) => {
    const known = {
      volumes: new Set(context.plan.volumes.map(({ name }) => name)),
      networks: new Set(context.plan.networks.map(({ name }) => name)),
      parts: new Set(context.plan.optionalParts.map(({ name }) => name)),
      envFiles: new Set(context.plan.envFiles.map(({ name }) => name)),
    };
    const { services, hostServices, checks } = context.plan;
    return [
      ...services.flatMap((service) => missingFrom(service, known, context)),
      ...[...hostServices, ...checks].flatMap(({ path, foreign = [] }) => foreign.map((one) => stranger(path, one))),
      ...checks.filter(({ covers }) => covers.includes('')).map(({ path }) => ({ path, message: 'Covers something that is neither a service nor a host service.', mend: 'Name services and host services only.' })),
    ];
  },
};

interface Known {
  readonly volumes: ReadonlySet<string>;
  readonly networks: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
  readonly envFiles: ReadonlySet<string>;
}

function missingFrom(service: ServicePlan, known: Known, context: RuleContext): Violation[] {
  const { path, foreign = [] } = service;
  const missing = (kind: string, names: readonly string[], all: { has(name: string): boolean }): string[] =>
    names.filter((name) => !all.has(name)).map((name) => `${kind} ${JSON.stringify(name)}`);
  const strangers = [
    ...foreign,
    ...missing('volume', service.mounts.flatMap((one) => (one.kind === 'volume' ? [one.volume] : [])), known.volumes),
    ...missing('network', service.attachments.map(({ network }) => network), known.networks),
    ...missing('optional part', service.optionalPart === undefined ? [] : [service.optionalPart], known.parts),
    ...missing('env file', service.environment.flatMap(({ value }) => (value.kind === 'secret' ? [value.envFile] : [])), known.envFiles),
    ...missing('service', service.dependencies.map((one) => one.service), context.services),
    ...missing('host service', service.hostServices, context.hostServices),
  ];
  return [...new Set(strangers)].map((one) => stranger(path, one));
}

function stranger(path: string, what: string): Violation {
  return { path, message: `The ${what} is not part of this toolbox.` };
}
