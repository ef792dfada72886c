import { CONTAINER_CHECKS } from './container-checks';
import { LINK_CHECKS } from './link-checks';
import { KubeLinterCheck } from './manifests';
import { POD_CHECKS } from './pod-checks';
import { PORT_CHECKS } from './port-checks';
import { WORKLOAD_CHECKS } from './workload-checks';

/** What kube-linter asks when nothing is configured. */
export const DEFAULT_CHECKS: readonly string[] = [
  'dangling-service',
  'deprecated-service-account-field',
  'docker-sock',
  'drop-net-raw-capability',
  'duplicate-env-var',
  'env-var-secret',
  'host-ipc',
  'host-network',
  'host-pid',
  'invalid-target-ports',
  'job-ttl-seconds-after-finished',
  'latest-tag',
  'liveness-port',
  'mismatching-selector',
  'no-anti-affinity',
  'no-extensions-v1beta',
  'no-read-only-root-fs',
  'non-existent-service-account',
  'pdb-max-unavailable',
  'pdb-min-available',
  'pdb-unhealthy-pod-eviction-policy',
  'privilege-escalation-container',
  'privileged-container',
  'readiness-port',
  'run-as-non-root',
  'sensitive-host-mounts',
  'ssh-port',
  'startup-port',
  'unsafe-sysctls',
  'unset-cpu-requirements',
  'unset-memory-requirements',
];

/** What it asks on demand, and is asked here. Its `schema-validation` is kubeconform, which judges by itself. */
export const FURTHER_CHECKS: readonly string[] = [
  'dangling-networkpolicy',
  'default-service-account',
  'exposed-services',
  'no-liveness-probe',
  'no-readiness-probe',
  'no-rolling-update-strategy',
  'non-isolated-pod',
  'privileged-ports',
  'read-secret-from-env-var',
  'restart-policy',
  'unsafe-proc-mount',
  'use-namespace',
  'wildcard-in-rules',
  'writable-host-mount',
];

/** The checks of kube-linter as assertions of this project, by their own ids: no package registry has the program. */
export const KUBE_LINTER_CHECKS: readonly KubeLinterCheck[] = [
  ...CONTAINER_CHECKS, ...PORT_CHECKS, ...POD_CHECKS, ...WORKLOAD_CHECKS, ...LINK_CHECKS,
];
