import { KubeLinterCheck, nameOf, namespaceOf, objectCheck, selects, workloadCheck } from './manifests';
import { list, map, texts } from '../../../parity/kubernetes-object';

/** Objects that name one another, and what they grant. */
export const LINK_CHECKS: readonly KubeLinterCheck[] = [
  objectCheck('dangling-service', ['Service'], (service, { workloads }) => {
    const { type, selector } = map(service.spec);
    const labels = map(selector);
    const named = Object.keys(labels).length > 0
      && workloads.some((workload) => selects(service, { matchLabels: labels }, workload));
    return type === 'ExternalName' || named ? [] : ['selects no pods'];
  }),
  objectCheck('dangling-networkpolicy', ['NetworkPolicy'], (policy, { workloads }) =>
    workloads.some((workload) => selects(policy, map(policy.spec).podSelector, workload))
      ? []
      : ['selects no pods'],
  ),
  workloadCheck('non-isolated-pod', (workload, manifests) =>
    manifests
      .ofKind('NetworkPolicy')
      .some((policy) => selects(policy, map(policy.spec).podSelector, workload))
      ? []
      : ['is in no network policy'],
  ),
  workloadCheck('non-existent-service-account', ({ pod, namespace }, manifests) => {
    const name = (pod.serviceAccountName ?? pod.serviceAccount) as string | undefined;
    const there = manifests
      .ofKind('ServiceAccount')
      .some((account) => nameOf(account) === name && namespaceOf(account) === namespace);
    return there || [undefined, '', 'default'].includes(name) ? [] : [`runs as ${name}, which is not there`];
  }),
  objectCheck('wildcard-in-rules', ['Role', 'ClusterRole'], ({ rules }) => {
    const wide = list(rules)
      .map(map)
      .filter((rule) => [rule.apiGroups, rule.resources, rule.verbs].some((words) => texts(words).includes('*')));
    return wide.map(() => 'grants everything of a kind');
  }),
];
