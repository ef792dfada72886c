import { Construct } from 'constructs';
import { defaultName } from './default-name';
import { placed } from './fields';
import { isKind, markKind } from './kind';
import { recordSource } from './source-location';
import { KUBERNETES_OBJECTS_PROPS } from './structs';

/** Properties of Kubernetes objects of the model's own. */
export interface KubernetesObjectsProps {
  /**
   * The objects: manifests as plain data, or an `ApiObject` or a `Chart` of cdk8s.
   */
  readonly objects: any[];
  /**
   * What they are for, for the pages.
   *
   * @default ''
   */
  readonly description?: string;
  /**
   * Name of their file.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * Kubernetes objects beside the generated ones: a custom resource and its definition, an Ingress, a dashboard. They get
 * the namespace and the labels of the toolbox, join its folder and its Kustomization, and are checked by the same
 * rules.
 *
 * @example
 * new KubernetesObjects(toolbox, 'budget', {
 *   objects: [{
 *     apiVersion: 'policy/v1',
 *     kind: 'PodDisruptionBudget',
 *     metadata: { name: 'web' },
 *     spec: { minAvailable: 1, selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } },
 *   }],
 * });
 */
export class KubernetesObjects extends Construct {
  /** Whether a value holds Kubernetes objects, of this or of another copy of the library. */
  public static isKubernetesObjects(value: any): boolean {
    return isKind(value, 'KubernetesObjects');
  }

  /** Name of the file. */
  public readonly name: string;
  /** What the objects are for. */
  public readonly description: string;
  private readonly items: any[];

  constructor(scope: Construct, id: string, props: KubernetesObjectsProps) {
    super(...placed('KubernetesObjects', scope, id, props, KUBERNETES_OBJECTS_PROPS));
    recordSource(this);
    this.name = props.name ?? defaultName(this, id);
    this.description = props.description ?? '';
    this.items = [...props.objects];
  }

  /** The objects as they were given. */
  public get objects(): any[] {
    return [...this.items];
  }

  /** Adds an object: a manifest as plain data, or an `ApiObject` or a `Chart` of cdk8s. */
  public addObject(object: any): void {
    this.items.push(object);
  }
}

markKind(KubernetesObjects, 'KubernetesObjects');
