export type { KubernetesOutput } from './render';
export { renderKubernetes } from './render';
