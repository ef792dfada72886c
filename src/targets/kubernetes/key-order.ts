import { compareText } from '../../plan/order';
import { YamlValue } from '../yaml-text';

/** Keys in the order in which a person wants to read them; keys that are not listed follow, sorted. */
const ORDER = [
  'apiVersion',
  'kind',
  'metadata',
  'immutable',
  'data',
  'name',
  'namespace',
  'labels',
  'annotations',
  'image',
  'imagePullPolicy',
  'stdin',
  'tty',
  'command',
  'args',
  'workingDir',
  'env',
  'value',
  'valueFrom',
  'from',
  'to',
  'ports',
  'accessModes',
  'storageClassName',
  'resources',
  'startupProbe',
  'readinessProbe',
  'livenessProbe',
  'type',
  'clusterIP',
  'replicas',
  'serviceName',
  'strategy',
  'updateStrategy',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'selector',
  'podSelector',
  'policyTypes',
  'ingress',
  'egress',
  'template',
  'spec',
  'serviceAccountName',
  'automountServiceAccountToken',
  'enableServiceLinks',
  'shareProcessNamespace',
  'restartPolicy',
  'terminationGracePeriodSeconds',
  'securityContext',
  'volumeMounts',
  'initContainers',
  'containers',
  'volumes',
  'requests',
  'limits',
  'httpGet',
  'tcpSocket',
  'exec',
  'periodSeconds',
  'timeoutSeconds',
  'failureThreshold',
  'path',
  'containerPort',
  'port',
  'targetPort',
  'protocol',
  'claimName',
  'mountPath',
  'subPath',
  'readOnly',
];

const RANK = new Map(ORDER.map((key, at) => [key, at]));

/** The same data with all keys in reading order. */
export function inReadingOrder(value: YamlValue): YamlValue {
  if (Array.isArray(value)) {
    return value.map(inReadingOrder);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const map = value as { readonly [key: string]: YamlValue };
  return Object.fromEntries(Object.keys(map).sort(compareKeys).map((key) => [key, inReadingOrder(map[key])]));
}

function compareKeys(a: string, b: string): number {
  return rank(a) - rank(b) || compareText(a, b);
}

function rank(key: string): number {
  return RANK.get(key) ?? ORDER.length;
}
