import { KubernetesObject, serviceOf } from './objects';
import { Exposure, sayPort } from '../reaching';
import { saySettings } from '../settings';
import { Subject, Subjects } from '../subject';
import { listOf, mapOf, textOf, Tree } from '../tree';

/** Read with the pods they belong to. */
const READ_ELSEWHERE = ['ConfigMap', 'NetworkPolicy'];

/** Objects that run nothing. */
export function readOther(subjects: Subjects, object: KubernetesObject, hasPods: boolean, namespace: Subject): void {
  switch (object.kind) {
    case 'Namespace':
      return sayNamespace(namespace, object);
    case 'PersistentVolumeClaim':
      return sayClaim(subjects.get(`volume ${object.name}`, { kind: 'volume', summary: '', opens: true }), object);
    case 'Service':
      return hasPods
        ? sayService(subjects.get(serviceOf(object), { kind: 'service', summary: '' }), object)
        : sayUnknown(subjects, object);
    case 'ServiceAccount':
      return hasPods
        ? sayAccount(subjects.get(serviceOf(object), { kind: 'service', summary: '' }), object)
        : sayUnknown(subjects, object);
    case 'Kustomization':
      return sayKustomization(subjects.get('kustomization', { kind: 'file', summary: '', opens: true }), object);
    default:
      if (!READ_ELSEWHERE.includes(object.kind)) { sayUnknown(subjects, object); }
  }
}

const LEVELS = ['restricted', 'baseline', 'privileged'];
const LEVEL_LABEL = 'pod-security.kubernetes.io/';

function sayNamespace(namespace: Subject, { name, labels }: KubernetesObject): void {
  namespace.say({ kind: 'name', text: name });
  const level = textOf(labels[`${LEVEL_LABEL}enforce`] ?? 'privileged');
  namespace.say({
    kind: 'pod-security',
    text: level,
    power: { level: LEVELS.includes(level) ? LEVELS.indexOf(level) : LEVELS.length },
  });
  for (const mode of ['audit', 'warn']) {
    const told = textOf(labels[`${LEVEL_LABEL}${mode}`]);
    if (told !== '') { namespace.say({ kind: 'pod-security', item: mode, text: told }); }
  }
}

function sayClaim(volume: Subject, { tree }: KubernetesObject): void {
  const { accessModes, resources, ...rest } = mapOf(tree.spec);
  volume.say({ kind: 'access', text: listOf(accessModes).map(textOf).join(', ') });
  volume.say({ kind: 'size', text: textOf(mapOf(mapOf(resources).requests).storage) });
  saySettings(volume, rest, { read: [], harmless: ['storageClassName', 'volumeMode'] });
}

const SERVICE_KEYS = {
  read: ['ports', 'type', 'selector'],
  harmless: ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'sessionAffinity'],
};

/** Inside the cluster policies decide; a port of the nodes or of a load balancer is open to whoever reaches them. */
function sayService(subject: Subject, { name, tree }: KubernetesObject): void {
  const spec = mapOf(tree.spec);
  const type = textOf(spec.type ?? 'ClusterIP');
  const exposure: Exposure = type === 'ClusterIP' ? 'inside' : 'every interface';
  for (const port of listOf(spec.ports).map(mapOf)) {
    if (exposure !== 'inside') { sayPort(subject, portText(port), exposure, type); }
    subject.say({ kind: 'address', item: `${name}:${textOf(port.port)}`, text: textOf(port.targetPort ?? port.port) });
  }
  saySettings(subject, spec, SERVICE_KEYS, `Service ${name} `);
}

function portText({ port, protocol }: Tree): string {
  return `${textOf(port)}/${textOf(protocol ?? 'TCP').toLowerCase()}`;
}

function sayAccount(subject: Subject, { name, tree }: KubernetesObject): void {
  const { apiVersion: _version, kind: _kind, metadata: _metadata, automountServiceAccountToken: token, ...rest } = tree;
  const mounts = token !== false;
  subject.say({
    kind: 'account-token',
    text: mounts ? 'mounted where a pod does not refuse it' : 'not mounted',
    power: { gives: mounts ? ['token'] : [] },
  });
  saySettings(subject, rest, { read: [], harmless: [] }, `ServiceAccount ${name} `);
}

function sayKustomization(subject: Subject, { tree }: KubernetesObject): void {
  for (const resource of listOf(tree.resources)) {
    subject.say({ kind: 'resource', item: textOf(resource), text: 'listed' });
  }
  saySettings(subject, tree, { read: ['apiVersion', 'kind', 'metadata', 'resources'], harmless: ['namespace'] });
}

/** An object of a kind that is not read: a role, an ingress, whatever a person added. */
function sayUnknown(subjects: Subjects, { kind, name, tree }: KubernetesObject): void {
  const subject = subjects.get(`${kind} ${name}`, { kind: 'object', summary: '', power: { level: 1 } });
  const { metadata: _metadata, ...rest } = tree;
  saySettings(subject, rest, { read: [], harmless: ['apiVersion', 'kind'] });
}
