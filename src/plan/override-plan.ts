import type { KubernetesObjectReference } from '../model/override';

/** The overrides of one construct, in the order that they were added. */
export interface OverridesPlan {
  /** Merged into the entry of the construct in the compose file, key by key. */
  readonly compose: readonly ComposeOverridePlan[];
  /** JSON patches on Kubernetes objects. */
  readonly kubernetes: readonly KubernetesPatchPlan[];
}

export interface ComposeOverridePlan extends OverrideValuePlan {
  readonly key: string;
  readonly reason: string;
}

export interface KubernetesPatchPlan extends OverrideValuePlan {
  /** Undefined for the object of the construct itself. */
  readonly object?: KubernetesObjectReference;
  readonly op: 'add' | 'replace' | 'remove';
  readonly pointer: string;
  readonly reason: string;
}

export interface OverrideValuePlan {
  /** Plain data; undefined removes what would stand there. */
  readonly value?: unknown;
  /** Why there is no value: what was given is no plain data. */
  readonly problem?: string;
}

/** Kubernetes objects of the model's own. */
export interface KubernetesObjectsPlan {
  /** Construct path. */
  readonly path: string;
  /** Name of the file. */
  readonly name: string;
  readonly description: string;
  /** In the order that they were given. */
  readonly objects: readonly OwnObjectPlan[];
}

export interface OwnObjectPlan {
  readonly value?: Readonly<Record<string, unknown>>;
  /** Why there is no value: what was given is no plain data. */
  readonly problem?: string;
}
