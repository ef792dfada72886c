import { aText, expectFields, instanceOf, objectOf, optional } from './fields';
import type { JsonPatch } from './json-patch';
import { recordSource } from './source-location';

/** An object of the generated manifests. */
export interface KubernetesObjectReference {
  /** For example `NetworkPolicy`. */
  readonly kind: string;
  /**
   * Name in the generated file, for example `default-deny`. The hash at the end of the name of a ConfigMap or a Job is
   * left out: it follows from the content.
   */
  readonly name: string;
}

/**
 * A value that replaces or extends what is generated for Compose.
 *
 * @internal
 */
export interface ComposeOverride {
  readonly key: string;
  readonly value: unknown;
  readonly reason: string;
}

/**
 * A change of a generated Kubernetes object.
 *
 * @internal
 */
export interface KubernetesPatch {
  /** Undefined for the object of the construct itself. */
  readonly object?: KubernetesObjectReference;
  readonly patch: JsonPatch;
  readonly reason: string;
}

/**
 * The overrides of one construct. Each remembers the call that made it.
 *
 * @internal
 */
export class Overrides {
  public readonly compose: ComposeOverride[] = [];
  public readonly kubernetes: KubernetesPatch[] = [];

  public addCompose(key: string, value: unknown, reason: string): void {
    expectFields('overrideCompose', { key, reason }, { key: aText, reason: aText });
    this.compose.push(called({ key, value, reason }));
  }

  public addPatch(patch: JsonPatch, reason: string, object?: KubernetesObjectReference): void {
    expectFields('patchKubernetes', { object, patch, reason }, {
      object: optional(objectOf<KubernetesObjectReference>({ kind: aText, name: aText })),
      patch: instanceOf('JsonPatch'),
      reason: aText,
    });
    this.kubernetes.push(called({ object, patch, reason }));
  }
}

function called<T extends object>(override: T): T {
  recordSource(override);
  return override;
}
