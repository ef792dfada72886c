import { KubernetesObject, list, map } from '../../../parity/kubernetes-object';

/** An object that makes pods, taken apart for the checks. */
export interface Workload {
  readonly object: KubernetesObject;
  readonly namespace: unknown;
  readonly podLabels: KubernetesObject;
  readonly pod: KubernetesObject;
  /** Those that stay, and those that start before them. */
  readonly containers: readonly KubernetesObject[];
  /** Those that stay alone: only they are probed. */
  readonly mainContainers: readonly KubernetesObject[];
}

/** A thing that is wrong, and at which object. */
export interface Problem {
  readonly object: KubernetesObject;
  readonly message: string;
}

/** A check of kube-linter, under its own id. */
export interface KubeLinterCheck {
  readonly id: string;
  problems(manifests: Manifests): Problem[];
}

/** All objects that are applied together. */
export class Manifests {
  public readonly workloads: readonly Workload[];

  constructor(public readonly objects: readonly KubernetesObject[]) {
    this.workloads = objects.flatMap((object) => workloadOf(object) ?? []);
  }

  public ofKind(...kinds: readonly string[]): KubernetesObject[] {
    return this.objects.filter(({ kind }) => kinds.includes(String(kind)));
  }
}

export function nameOf(object: KubernetesObject): string {
  return String(map(object.metadata).name);
}

export function namespaceOf(object: KubernetesObject): unknown {
  return map(object.metadata).namespace;
}

/** Whether an object is about the pods of a workload: in its namespace, and its label selector takes them. */
export function selects(object: KubernetesObject, selector: unknown, { namespace, podLabels }: Workload): boolean {
  const { matchLabels, matchExpressions } = map(selector);
  return (
    namespaceOf(object) === namespace &&
    Object.entries(map(matchLabels)).every(([key, value]) => podLabels[key] === value) &&
    list(matchExpressions).map(map).every((expression) => holds(expression, podLabels))
  );
}

function holds({ key, operator, values }: KubernetesObject, labels: KubernetesObject): boolean {
  const label = labels[String(key)];
  switch (operator) {
    case 'In': return label !== undefined && list(values).includes(label);
    case 'NotIn': return label === undefined || !list(values).includes(label);
    case 'Exists': return label !== undefined;
    case 'DoesNotExist': return label === undefined;
    default: throw new Error(`an unknown operator of a selector: ${String(operator)}`);
  }
}

/** Makes a check of a question about one workload: each answer is a problem. */
export function workloadCheck(
  id: string,
  ask: (workload: Workload, manifests: Manifests) => readonly string[],
): KubeLinterCheck {
  return {
    id,
    problems: (manifests) =>
      manifests.workloads.flatMap((workload) =>
        ask(workload, manifests).map((message) => ({ object: workload.object, message })),
      ),
  };
}

/** Makes a check of a question about one container: an answer is a problem. */
export function containerCheck(
  id: string,
  ask: (container: KubernetesObject, workload: Workload) => string | undefined,
): KubeLinterCheck {
  return workloadCheck(id, (workload) =>
    workload.containers.flatMap((container) => {
      const answer = ask(container, workload);
      return answer === undefined ? [] : [`container ${String(container.name)} ${answer}`];
    }),
  );
}

/** Makes a check of a question about objects of one kind. */
export function objectCheck(
  id: string,
  kinds: readonly string[],
  ask: (object: KubernetesObject, manifests: Manifests) => readonly string[],
): KubeLinterCheck {
  return {
    id,
    problems: (manifests) =>
      manifests.ofKind(...kinds).flatMap((object) => ask(object, manifests).map((message) => ({ object, message }))),
  };
}

function workloadOf(object: KubernetesObject): Workload | undefined {
  const template = templateOf(object);
  if (template === undefined) {
    return undefined;
  }
  const pod = map(template.spec);
  const mainContainers = list(pod.containers).map(map);
  return {
    object,
    namespace: namespaceOf(object),
    podLabels: map(map(template.metadata).labels),
    pod,
    containers: [...list(pod.initContainers).map(map), ...mainContainers],
    mainContainers,
  };
}

/** A pod is its own template; a CronJob has that of its Job. */
function templateOf(object: KubernetesObject): KubernetesObject | undefined {
  switch (object.kind) {
    case 'Pod':
      return object;
    case 'DaemonSet':
    case 'Deployment':
    case 'Job':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'StatefulSet':
      return map(map(object.spec).template);
    case 'CronJob':
      return map(map(map(map(object.spec).jobTemplate).spec).template);
    default:
      return undefined;
  }
}
