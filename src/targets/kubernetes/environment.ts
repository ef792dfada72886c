import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { kubectl, RenderContext } from './context';
import { expansionText } from './escape';
import { listed } from './report';
import { endpointText, hostText } from '../../plan/endpoint-text';
import { EndpointPlan, EnvironmentPlan, HostPlan, ServicePlan, ValuePartPlan, ValuePlan } from '../../plan/plan';
import { mountedKeys, partsOf, secretFileKey, SecretPlan, secretsIn } from '../../plan/value-parts';
import { from } from '../origin';
import { ofNamed, ofReference, ofSecret, ofVariable } from '../service-origins';

/**
 * Variables of a service. One whose address does not exist in the cluster is refused: a wrong address would hide the
 * fault.
 */
export function environmentOf(context: RenderContext, service: ServicePlan): k8s.EnvVar[] {
  const lost: string[] = [];
  const secrets = composedSecrets(service);
  const variables = service.environment.flatMap((variable) => {
    const entry = from(() => ofVariable(context.plan, service, variable), variableOf(context, variable, secrets));
    return entry ?? (lost.push(variable.name), []);
  });
  if (lost.length > 0) {
    context.report.refused(
      service.path,
      'environment',
      `The address in ${listed(lost)} has nothing behind it in a cluster.`,
      'Name a service of the cluster as the stand-in of the host service.',
    );
  }
  const composed = new Set(service.environment.filter(({ value }) => secretsInText(value).length > 0)
    .map(({ name }) => name));
  const added = [...secrets.values()].filter(({ isAdded }) => isAdded);
  reportAdded(context, service, added);
  // the kubelet expands only variables that stand before
  return [
    ...variables.filter(({ name }) => !composed.has(name)),
    ...added.map(({ name, secret }) => from(() => ofReference(service, 'environment', ofSecret(context.plan, secret)), {
      name, valueFrom: secretSource(secret),
    })),
    ...variables.filter(({ name }) => composed.has(name)),
  ];
}

/** Env files that the container gets whole. */
export function envFromOf({ plan }: RenderContext, service: ServicePlan): k8s.EnvFromSource[] {
  return (service.envFiles ?? []).map((name) => (
    from(() => ofReference(service, 'secret', ofNamed(plan.envFiles, name)), { secretRef: { name } })));
}

/** A secret in a composed value, with the variable that holds it. */
interface ComposedSecret {
  readonly name: string;
  readonly secret: SecretPlan;
  /** Whether no variable of the model is the same. */
  readonly isAdded: boolean;
}

function secretsInText(value: ValuePlan): readonly SecretPlan[] {
  return value.kind === 'concat' ? secretsIn(value) : [];
}

/** The variables that composed values refer to, by env file and key. A manifest cannot put a secret into a text. */
function composedSecrets({ environment }: ServicePlan): ReadonlyMap<string, ComposedSecret> {
  const taken = new Map(environment.map(({ name, value }) => [name, value]));
  const found = new Map<string, ComposedSecret>();
  for (const secret of environment.flatMap(({ value }) => secretsInText(value))) {
    const same = taken.get(secret.key);
    const isDeclared = same?.kind === 'secret' && same.envFile === secret.envFile && same.key === secret.key;
    const id = idOf(secret);
    if (!found.has(id)) {
      const name = isDeclared ? secret.key : freeName(secret.key, taken);
      found.set(id, { name, secret, isAdded: !isDeclared });
      taken.set(name, secret);
    }
  }
  return found;
}

function idOf({ envFile, key }: SecretPlan): string {
  return `${envFile}\t${key}`;
}

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  return taken.has(name) ? freeName(`${name}_`, taken) : name;
}

function secretSource({ envFile, key }: SecretPlan): k8s.EnvVarSource {
  return { secretKeyRef: { name: envFile, key } };
}

function variableOf(
  context: RenderContext,
  { name, value }: EnvironmentPlan,
  secrets: ReadonlyMap<string, ComposedSecret>,
): k8s.EnvVar | undefined {
  if (value.kind === 'secret') {
    return { name, valueFrom: secretSource(value) };
  }
  const texts = partsOf(value).map((part) =>
    part.kind === 'secret' ? secrets.get(idOf(part)) : textOf(context, part),
  );
  return texts.includes(undefined) ? undefined : { name, value: expandable(texts as (string | ComposedSecret)[]) };
}

/** Escapes neighbouring texts as one: `$` and `(A)` would become a reference, and `$` would escape the one after it. */
function expandable(texts: readonly (string | ComposedSecret)[]): string {
  let plain = '';
  let done = '';
  for (const text of texts) {
    if (typeof text === 'string') {
      plain += text;
    } else {
      done += `${expansionText(`${plain}(`).slice(0, -1)}$(${text.name})`;
      plain = '';
    }
  }
  return done + expansionText(plain);
}

function textOf(context: RenderContext, part: Exclude<ValuePartPlan, SecretPlan>): string | undefined {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'endpoint':
      return clusterEndpoint(context, part.endpoint);
    case 'host':
      // a service without ports has no name in a cluster
      return clusterService(context, part.host)?.ports.length
        ? hostText(context.plan, part.host, 'cluster')
        : undefined;
    case 'port':
      return clusterEndpoint(context, part.endpoint) === undefined ? undefined : String(part.endpoint.port);
  }
}

function reportAdded({ report }: RenderContext, service: ServicePlan, added: readonly ComposedSecret[]): void {
  if (added.length > 0) {
    report.adapted(
      service.path,
      'environment',
      `A manifest cannot put a secret into a text: the pod also has ${listed(added.map(({ name }) => name))}, and the `
        + 'kubelet puts it in.',
      'Nothing to do.',
    );
  }
}

/** The address of an endpoint; undefined when no service of the cluster listens there. */
export function clusterEndpoint(context: RenderContext, endpoint: EndpointPlan): string | undefined {
  const listens = clusterService(context, endpoint)?.ports.some(({ port }) => port === endpoint.port);
  return listens ? endpointText(context.plan, endpoint, 'cluster') : undefined;
}

function clusterService({ plan, byName }: RenderContext, { to, name }: HostPlan): ServicePlan | undefined {
  const host = to === 'service' ? name : plan.hostServices.find((one) => one.name === name)?.clusterService;
  return byName.get(host ?? '');
}

/** Where the values of secrets come from; nothing here ever holds one. */
export function reportSecrets({ plan, services, report }: RenderContext): void {
  const used = new Set(
    services.flatMap(({ environment, envFiles = [], mounts }) => [
      ...[...environment.flatMap(({ value }) => secretsIn(value)), ...mountedKeys({ mounts })].map(
        (one) => one.envFile,
      ),
      ...envFiles,
    ]),
  );
  for (const file of plan.envFiles.filter((one) => used.has(one.name))) {
    report.adapted(
      file.path,
      'env file',
      `Pods read their secrets from the Secret ${file.name}, which is never generated.`,
      `Create it: ${kubectl(plan, 'create', 'secret', 'generic', file.name, `--from-env-file=${file.file}`)}.`,
    );
  }
  for (const one of (plan.secretFiles ?? []).filter(({ usedBy }) =>
    services.some(({ name }) => usedBy.includes(name)),
  )) {
    const source = `--from-file=${secretFileKey(one)}=${one.file}`;
    report.adapted(
      one.path,
      'secret file',
      `Pods read it from the Secret ${one.name}, which is never generated.`,
      `Create it: ${kubectl(plan, 'create', 'secret', 'generic', one.name, source)}.`,
    );
  }
}

/** Manifests have no variables: the default stands in them, where Kustomize can patch it. */
export function reportParameters({ plan, report }: RenderContext): void {
  for (const { path, name, default: value, uses } of plan.parameters) {
    const here = uses.filter(({ places }) => places.includes('cluster'));
    if (here.length > 0) {
      const where = listed(here.map((use) => `${use.path} (${use.place})`));
      report.adapted(
        path,
        'parameter',
        `Manifests have no parameters, so ${name} is its default ${JSON.stringify(value)} at ${where}.`,
        'Put another value there with a Kustomize overlay: "images" for an image, "patches" for the rest.',
      );
    }
  }
}

/** Host services do not exist in a cluster. */
export function reportHostServices({ plan, services, byName, report }: RenderContext): void {
  for (const host of plan.hostServices) {
    const users = services.filter((service) => service.hostServices.includes(host.name)).map((service) => service.name);
    if (users.length === 0) {
      continue;
    }
    if (byName.has(host.clusterService ?? '')) {
      report.adapted(
        host.path,
        'host service',
        `A cluster has no host: ${listed(users)} ${users.length === 1 ? 'talks' : 'talk'} to the service `
          + `${host.clusterService} instead.`,
        `See that ${host.clusterService} offers the same as ${host.name}.`,
      );
    } else {
      report.refused(
        host.path,
        'host service',
        `A cluster has no host, and no service of the cluster stands in for ${host.name}.`,
        `Name a service of the cluster as the stand-in of ${host.name}.`,
      );
    }
  }
}
