import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { kubectl, RenderContext } from './context';
import { expansionText } from './escape';
import { listed } from './report';
import { endpointText } from '../../plan/endpoint-text';
import { EndpointPlan, EnvironmentPlan, ServicePlan } from '../../plan/plan';
import { from } from '../origin';
import { ofVariable } from '../service-origins';

/**
 * Variables of a service. One whose address does not exist in the cluster is refused: a wrong address would hide the
 * fault.
 */
export function environmentOf(context: RenderContext, service: ServicePlan): k8s.EnvVar[] {
  const lost: string[] = [];
  const variables = service.environment.flatMap((variable) => {
    const entry = from(() => ofVariable(context.plan, service, variable), variableOf(context, variable));
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
  return variables;
}

function variableOf(context: RenderContext, { name, value }: EnvironmentPlan): k8s.EnvVar | undefined {
  switch (value.kind) {
    case 'literal':
      return { name, value: expansionText(value.text) };
    case 'secret':
      return { name, valueFrom: { secretKeyRef: { name: value.envFile, key: value.key } } };
    case 'endpoint': {
      const text = clusterEndpoint(context, value.endpoint);
      return text === undefined ? undefined : { name, value: expansionText(text) };
    }
  }
}

/** The address of an endpoint; undefined when no service of the cluster listens there. */
export function clusterEndpoint({ plan, byName }: RenderContext, endpoint: EndpointPlan): string | undefined {
  const host =
    endpoint.to === 'host-service'
      ? plan.hostServices.find((one) => one.name === endpoint.name)?.clusterService
      : endpoint.name;
  const listens = byName.get(host ?? '')?.ports.some((port) => port.port === endpoint.port);
  return listens ? endpointText(plan, endpoint, 'cluster') : undefined;
}

/** Where the values of secrets come from; nothing here ever holds one. */
export function tellSecrets({ plan, services, report }: RenderContext): void {
  const used = new Set(
    services.flatMap((service) =>
      service.environment.flatMap(({ value }) => (value.kind === 'secret' ? [value.envFile] : [])),
    ),
  );
  for (const file of plan.envFiles.filter((one) => used.has(one.name))) {
    report.adapted(
      file.path,
      'env file',
      `Pods read their secrets from the Secret ${file.name}, which is never generated.`,
      `Create it: ${kubectl(plan, 'create', 'secret', 'generic', file.name, `--from-env-file=${file.file}`)}.`,
    );
  }
}

/** Host services do not exist in a cluster. */
/** Manifests have no variables: the default stands in them, where Kustomize can patch it. */
export function tellParameters({ plan, report }: RenderContext): void {
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

export function tellHostServices({ plan, services, byName, report }: RenderContext): void {
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
