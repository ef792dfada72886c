import { KubeLinterCheck, objectCheck, selects, workloadCheck } from './manifests';
import { list, map } from '../../../parity/kubernetes-object';

/** They find their pods by labels alone. */
const OWNERS_BY_LABEL = ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'];

/** How workloads are kept: replicas, updates, budgets, ends. */
export const WORKLOAD_CHECKS: readonly KubeLinterCheck[] = [
  objectCheck('job-ttl-seconds-after-finished', ['Job', 'CronJob'], (job) => {
    const spec = job.kind === 'CronJob' ? map(map(map(job.spec).jobTemplate).spec) : map(job.spec);
    const owned = job.kind === 'CronJob';
    return (spec.ttlSecondsAfterFinished === undefined) === owned
      ? []
      : [owned ? 'ends by itself beside its CronJob' : 'stays for ever when it has finished'];
  }),
  workloadCheck('mismatching-selector', (workload) => {
    const { object } = workload;
    const { selector } = map(object.spec);
    const missing = Object.keys(map(selector)).length === 0 && OWNERS_BY_LABEL.includes(String(object.kind));
    return missing || !selects(object, selector, workload) ? ['does not select its own pods'] : [];
  }),
  workloadCheck('no-anti-affinity', ({ object, pod }) => {
    const { replicas } = map(object.spec);
    const apart = map(map(pod.affinity).podAntiAffinity);
    const rules = [
      ...list(apart.requiredDuringSchedulingIgnoredDuringExecution),
      ...list(apart.preferredDuringSchedulingIgnoredDuringExecution),
    ];
    return Number(replicas ?? 1) > 1 && rules.length === 0 ? ['may have all its pods on one node'] : [];
  }),
  objectCheck('no-rolling-update-strategy', ['Deployment', 'DaemonSet', 'StatefulSet'], ({ spec }) => {
    const { strategy, updateStrategy } = map(spec);
    const type = map(strategy ?? updateStrategy).type;
    return type === undefined || type === 'RollingUpdate' ? [] : [`is updated by ${String(type)}`];
  }),
  {
    id: 'no-extensions-v1beta',
    problems: ({ objects }) => objects.filter(({ apiVersion }) => /^extensions\/v1beta/.test(String(apiVersion)))
      .map((object) => ({ object, message: `is of ${String(object.apiVersion)}` })),
  },
  objectCheck('pdb-max-unavailable', ['PodDisruptionBudget'], ({ spec }) => (
    ['0', '0%'].includes(String(map(spec).maxUnavailable)) ? ['lets no pod be moved'] : [])),
  objectCheck('pdb-min-available', ['PodDisruptionBudget'], (budget, { workloads }) => {
    const minimum = map(budget.spec).minAvailable;
    const { selector } = map(budget.spec);
    const kept = workloads
      .filter((workload) =>
        OWNERS_BY_LABEL.includes(String(workload.object.kind)) && selects(budget, selector, workload))
      .filter(({ object }) => leavesNone(minimum, Number(map(object.spec).replicas ?? 1)));
    return minimum === '100%' || kept.length > 0 ? ['lets no pod be moved'] : [];
  }),
  objectCheck('pdb-unhealthy-pod-eviction-policy', ['PodDisruptionBudget'], ({ spec }) => (
    map(spec).unhealthyPodEvictionPolicy === undefined ? ['does not say what becomes of unhealthy pods'] : [])),
];

function leavesNone(minimum: unknown, replicas: number): boolean {
  if (typeof minimum === 'string' && minimum.endsWith('%')) {
    return Math.ceil(replicas * Number.parseInt(minimum, 10) / 100) >= replicas;
  }
  return minimum !== undefined && Number(minimum) >= replicas;
}
