import { readConnections, readDenies } from './network-policies';
import { KubernetesObject, objectOf, modelName } from './objects';
import { isWorkload, Pod, readWorkload } from './workload';
import { AccountFacts, AddressFacts, ClusterFacts, TargetFacts, VolumeFacts } from '../../../plan/target-facts';
import { listOf, mapOf, settingsOf, textOf, Tree } from '../../tree';

/**
 * Reads the manifests of a folder: of this version, of an earlier one, patched, or edited by hand. Never throws for
 * what they hold, apart from a RangeError when one is nested too deeply.
 *
 * @param documents every document of every file.
 */
export function readKubernetes(documents: readonly unknown[]): TargetFacts {
  const objects = documents.flatMap((document) => objectOf(document) ?? []);
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
  const configMaps = new Map(
    ofKind('ConfigMap').map(({ name, tree }) => [name, { ...mapOf(tree.data), ...mapOf(tree.binaryData) }]),
  );
  const claims = new Map(ofKind('PersistentVolumeClaim').map((claim) => [claim.name, modelName(claim)]));
  const policies = ofKind('NetworkPolicy').map(({ tree }) => mapOf(tree.spec));
  const pods = objects.filter(isWorkload).map((object) => readWorkload(object, { configMaps, claims }));
  const services = new Set(pods.map(({ service }) => service.name));
  const ofService = (kind: string) => ofKind(kind).filter((object) => services.has(modelName(object)));
  return {
    services: withConnections(pods, policies),
    networks: [],
    volumes: ofKind('PersistentVolumeClaim').map(readClaim),
    settings: [],
    cluster: {
      ...readNamespaces(ofKind('Namespace')),
      denies: readDenies(policies),
      addresses: ofService('Service').map(readAddress),
      accounts: ofService('ServiceAccount').map(readAccount),
      kustomization: readKustomization(ofKind('Kustomization')),
      others: objects
        .filter((object) => !isWorkload(object) && !READ.includes(object.kind))
        .filter((object) => !READ_WITH_SERVICE.includes(object.kind) || !services.has(modelName(object)))
        .map(readOther),
    },
  };
}

const READ = ['ConfigMap', 'Kustomization', 'Namespace', 'NetworkPolicy', 'PersistentVolumeClaim'];
const READ_WITH_SERVICE = ['Service', 'ServiceAccount'];

function withConnections(pods: readonly Pod[], policies: readonly Tree[]): TargetFacts['services'] {
  const connections = readConnections(pods, policies);
  return pods.flatMap(({ service, others }, index) => [
    { ...service, pod: { ...service.pod!, ...connections[index] } },
    ...others,
  ]);
}

const LEVEL_LABEL = 'pod-security.kubernetes.io/';

function readNamespaces(namespaces: readonly KubernetesObject[]): Pick<ClusterFacts, 'namespace' | 'podSecurity'> {
  const [first] = namespaces;
  if (first === undefined) { return { podSecurity: new Map() }; }
  const stated = ['enforce', 'audit', 'warn'].flatMap((mode): [string, string][] => {
    const level = textOf(first.labels[`${LEVEL_LABEL}${mode}`]);
    return level === '' ? [] : [[mode, level]];
  });
  return {
    namespace: namespaces.map(({ name }) => name).join(' and '),
    podSecurity: new Map([['enforce', 'privileged'], ...stated]),
  };
}

function readClaim(object: KubernetesObject): VolumeFacts {
  const { accessModes, resources, ...rest } = mapOf(object.tree.spec);
  return {
    name: modelName(object),
    access: listOf(accessModes).map(textOf).join(', '),
    size: textOf(mapOf(mapOf(resources).requests).storage),
    settings: settingsOf(rest, { read: [], harmless: ['storageClassName', 'volumeMode'] }),
  };
}

const SERVICE_KEYS = {
  read: ['ports', 'type', 'selector'],
  harmless: ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'sessionAffinity'],
};

function readAddress(object: KubernetesObject): AddressFacts {
  const spec = mapOf(object.tree.spec);
  return {
    service: modelName(object),
    name: object.name,
    type: textOf(spec.type ?? 'ClusterIP'),
    ports: listOf(spec.ports).map(mapOf).map(({ port, protocol, targetPort }) => ({
      port: textOf(port),
      protocol: textOf(protocol ?? 'TCP').toLowerCase(),
      target: textOf(targetPort ?? port),
    })),
    settings: settingsOf(spec, SERVICE_KEYS, `Service ${object.name} `),
  };
}

function readAccount(object: KubernetesObject): AccountFacts {
  const { automountServiceAccountToken: token, ...rest } = object.tree;
  return {
    service: modelName(object),
    name: object.name,
    mountsToken: token !== false,
    settings: settingsOf(rest, { read: HEAD, harmless: [] }, `ServiceAccount ${object.name} `),
  };
}

const HEAD = ['apiVersion', 'kind', 'metadata'];

function readKustomization(objects: readonly KubernetesObject[]): ClusterFacts['kustomization'] {
  return objects.length === 0 ? undefined : {
    resources: objects.flatMap(({ tree }) => listOf(tree.resources).map(textOf)),
    settings: objects.flatMap(({ tree }) =>
      settingsOf(tree, { read: [...HEAD, 'resources'], harmless: ['namespace'] }),
    ),
  };
}

/** A role, an ingress, whatever a person added. */
function readOther({ kind, name, tree }: KubernetesObject): ClusterFacts['others'][number] {
  return { kind, name, settings: settingsOf(tree, { read: ['metadata'], harmless: ['apiVersion', 'kind'] }) };
}
