import { ofFile, ofImage, ofMount, ofReach, ofService, ofVariable } from './service-subject';
import { named, subject, Subject, together, wholeToolbox } from './subject';
import { Steps, ValueAt } from './yaml-file';
import { Plan, ServicePlan } from '../plan/plan';
import { Facet } from '../rules/facet';

const CONSTRUCT = 'toolbox-constructs/construct';
const PROFILE = 'toolbox-constructs/profile';
const POD_NAME = 'app.kubernetes.io/name';
const POD_SPEC: Steps = ['spec', 'template', 'spec'];
const WORKLOADS = ['DaemonSet', 'Deployment', 'Job', 'StatefulSet'];

/** What keys of a container or pod say, where that is about the service alone. */
const FACETS: Readonly<Record<string, Facet>> = {
  args: 'command',
  automountServiceAccountToken: 'security',
  command: 'command',
  enableServiceLinks: 'security',
  hostAliases: 'network',
  initContainers: 'dependency',
  lifecycle: 'lifecycle',
  livenessProbe: 'health',
  name: 'identity',
  ports: 'port',
  readinessProbe: 'health',
  resources: 'resources',
  restartPolicy: 'lifecycle',
  securityContext: 'security',
  serviceAccountName: 'security',
  shareProcessNamespace: 'lifecycle',
  startupProbe: 'health',
  stdin: 'lifecycle',
  terminationGracePeriodSeconds: 'lifecycle',
  tty: 'lifecycle',
  workingDir: 'command',
};

/** What a place in an object is about; undefined when the plan does not know the object. */
export function kubernetesSubject(plan: Plan, steps: Steps, valueAt: ValueAt): Subject | undefined {
  if (valueAt(['kind']) === 'Kustomization') { return wholeToolbox(plan, 'identity'); }
  const path = valueAt(['metadata', 'annotations', CONSTRUCT]);
  if (path === plan.name) { return wholeToolbox(plan, 'identity', 'security', ...facetsOfKind(valueAt)); }
  const volume = plan.volumes.find((one) => one.path === path);
  if (volume !== undefined) { return subject([volume.path], ['volume']); }
  const service = plan.services.find((one) => one.path === path);
  return service && withOverrides(service, steps, valueAt, objectSubject(plan, service, steps, valueAt));
}

function facetsOfKind(valueAt: ValueAt): Facet[] {
  return valueAt(['kind']) === 'NetworkPolicy' ? ['network'] : [];
}

function objectSubject(plan: Plan, service: ServicePlan, steps: Steps, valueAt: ValueAt): Subject {
  if (steps.includes(PROFILE)) {
    return together(ofService(service, 'profile'), named(plan.profiles, service.profile));
  }
  switch (valueAt(['kind'])) {
    case 'ConfigMap':
      return steps[0] === 'data' && steps[1] !== undefined
        ? ofFile(plan, service, String(steps[1]))
        : ofService(service, 'config');
    case 'NetworkPolicy':
      return together(
        ofService(service, 'network'),
        ...peers(service, steps, valueAt).map(([from, to]) => peer(plan, service, from, to)),
      );
    case 'Service':
      return ofService(service, 'port');
    case 'ServiceAccount':
      return ofService(service, 'security');
    default:
      return POD_SPEC.every((step, index) => steps[index] === step)
        ? podSubject(plan, service, steps.slice(POD_SPEC.length), valueAt)
        : ofService(service, 'identity');
  }
}

/** Who talks to whom by the rule of a policy that a place is in. */
function peers(service: ServicePlan, [, direction, rule]: Steps, valueAt: ValueAt): [string, string][] {
  const key = direction === 'ingress' ? 'from' : 'to';
  return [0, 1, 2, 3].flatMap((index): [string, string][] => {
    const other =
      rule === undefined
        ? undefined
        : valueAt(['spec', direction, rule, key, index, 'podSelector', 'matchLabels', POD_NAME]);
    if (typeof other !== 'string') { return []; }
    return direction === 'ingress' ? [[other, service.name]] : [[service.name, other]];
  });
}

function peer(plan: Plan, service: ServicePlan, from: string, to: string): Subject {
  return together(named(plan.services, from === service.name ? to : from), ofReach(plan, from, to));
}

function podSubject(plan: Plan, service: ServicePlan, steps: Steps, valueAt: ValueAt): Subject {
  const [list, index, key, item] = steps;
  if (list === 'volumes' && index !== undefined) { return podVolume(plan, service, valueAt, index); }
  if ((list !== 'containers' && list !== 'initContainers') || key === undefined) {
    return ofService(service, ...facetsOf(list));
  }
  const at = [...POD_SPEC, list, index, key, item];
  switch (key) {
    case 'image':
    case 'imagePullPolicy':
      return ofImage(service);
    case 'env':
      return item === undefined
        ? ofService(service, 'environment')
        : ofVariable(plan, service, valueAt([...at, 'name']));
    case 'volumeMounts':
      return item === undefined ? ofService(service, 'mount') : ofMount(plan, service, valueAt([...at, 'mountPath']));
    default:
      return list === 'initContainers'
        ? ofService(service, 'dependency', ...facetsOf(key))
        : ofService(service, ...facetsOf(key));
  }
}

/** A volume of a pod is found by what uses it. */
function podVolume(plan: Plan, service: ServicePlan, valueAt: ValueAt, index: string | number): Subject {
  const at = [...POD_SPEC, 'volumes', index];
  const claim = named(plan.volumes, valueAt([...at, 'persistentVolumeClaim', 'claimName']), 'volume');
  const isFiles = valueAt([...at, 'configMap', 'name']) !== undefined;
  const files = service.mounts.flatMap((mount) => (isFiles && mount.kind === 'file' ? [mount.file.constructPath] : []));
  return together(
    ofService(service, 'mount'),
    claim.constructs.length === 0 ? subject([], []) : claim,
    subject(files, isFiles ? ['config'] : []),
  );
}

function facetsOf(key: string | number | undefined): Facet[] {
  return key !== undefined && Object.hasOwn(FACETS, key) ? [FACETS[key]] : [];
}

/** Patches are for the workload alone. */
function withOverrides({ path, overrides }: ServicePlan, steps: Steps, valueAt: ValueAt, found: Subject): Subject {
  if (!WORKLOADS.includes(String(valueAt(['kind'])))) { return found; }
  const patches = overrides.kubernetes.filter(({ pointer }) => covers(pointer, steps));
  const here = patches.map(({ pointer: at, reason }) => ({ construct: path, at, reason }));
  return here.length === 0 ? found : together(found, subject([], ['override'], { overrides: here }));
}

/** Whether a pointer names a place or something around it; `-` is the end of a list. */
function covers(pointer: string, steps: Steps): boolean {
  const parts = pointer.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  return parts.every(
    (part, index) => String(steps[index]) === part || (part === '-' && typeof steps[index] === 'number'),
  );
}
