import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Connection, connectionsTo, kubectl, RenderContext } from './context';
import { expansionText } from './escape';
import { labelFrom } from './names';
import { listed } from './report';
import { kubernetesName } from '../../plan/kubernetes-name';
import { DependencyPlan, ServicePlan } from '../../plan/plan';
import { from, merge } from '../origin';
import { ofNamed, ofReference } from '../service-origins';

/**
 * A command of the service's own image that ends when a service accepts connections; a port of a Service answers once a
 * pod is ready.
 */
type Wait = (target: Connection) => string[];

const WAITS: readonly (readonly [tool: string, wait: Wait])[] = [
  ['node', ({ to, port }) => ['node', '--eval', NODE_WAIT, to, String(port)]],
  [
    'bash',
    ({ to, port }) => [
      'bash',
      '-c',
      'until (exec 3<>"/dev/tcp/$0/$1") 2>/dev/null; do sleep 2; done',
      to,
      String(port),
    ],
  ],
];

const NODE_WAIT = 'const [host, port] = process.argv.slice(1); const attempt = () => require("net").connect(port, host)'
  + '.on("connect", () => process.exit(0)).on("error", () => setTimeout(attempt, 2000)); attempt();';

/** Settings that an init container shares with the container that it precedes. */
export type ContainerBase = Pick<k8s.Container, 'image' | 'imagePullPolicy' | 'resources' | 'securityContext'>;

/**
 * Returns init containers that wait for healthy services, if the service's own pinned image has a tool for it. Reports
 * dependencies that nothing waits for.
 */
export function waitContainers(context: RenderContext, service: ServicePlan, base: ContainerBase): k8s.Container[] {
  const waits = service.dependencies.map((dependency) => ({
    dependency,
    command: waitCommand(context, service, dependency),
  }));
  reportRetries(
    context,
    service,
    waits.filter(({ command }) => command === undefined).map(({ dependency }) => dependency),
  );
  return waits.flatMap(({ dependency, command }) => {
    if (command === undefined) { return []; }
    const ofDependency = () => ofReference(service, 'dependency', ofNamed(context.plan.services, dependency.service));
    const wait = {
      name: labelFrom('wait-for', kubernetesName(dependency.service)),
      command: command.map(expansionText),
    };
    return [from(ofDependency, merge<k8s.Container>(wait, base))];
  });
}

function waitCommand(context: RenderContext, service: ServicePlan, dependency: DependencyPlan): string[] | undefined {
  const other = context.byName.get(dependency.service);
  const target = connectionsTo(context, service.name, dependency.service).find(({ protocol }) => protocol === 'tcp');
  if (dependency.condition !== 'healthy' || other?.healthCheck === undefined || target === undefined) {
    return undefined;
  }
  return WAITS.find(([tool]) => service.image.facts.healthTools.includes(tool))?.[1]({
    ...target,
    to: kubernetesName(target.to),
  });
}

function reportRetries(
  { plan, report }: RenderContext,
  service: ServicePlan,
  dependencies: readonly DependencyPlan[],
): void {
  if (dependencies.length === 0) {
    return;
  }
  const names = listed(dependencies.map((one) => `${one.service} (${one.condition})`));
  const jobs = dependencies.filter((one) => one.condition === 'completed').map((one) => one.service);
  const wait = jobs.map((name) =>
    kubectl(
      plan,
      'wait',
      'job',
      `--selector=app.kubernetes.io/name=${kubernetesName(name)}`,
      '--for=condition=complete',
      '--timeout=30m',
    ),
  );
  report.adapted(
    service.path,
    'start order',
    `Nothing in the pod waits for ${names}: it starts at once and relies on retry.`,
    jobs.length > 0
      ? `Before the first use wait with ${listed(wait)}.`
      : 'See that the program tries again, or is restarted, until what it needs answers.',
  );
}
