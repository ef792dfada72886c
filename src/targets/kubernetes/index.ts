export { renderKubernetes, KubernetesOutput } from './render';
