import { readFileSync } from 'node:fs';
import { AnySchemaObject } from 'ajv';

/** The types of Kubernetes objects, as the library for manifests declares them. */
const ASSEMBLY = 'node_modules/cdk8s-plus-28/.jsii';
const NAMESPACE = 'cdk8s-plus-28.k8s.';

/** Kinds that the library generates, and others that people add. */
const KINDS = [
  'ClusterRole', 'ClusterRoleBinding', 'ConfigMap', 'CronJob', 'CustomResourceDefinition', 'DaemonSet', 'Deployment',
  'HorizontalPodAutoscalerV2', 'Ingress', 'IngressClass', 'Job', 'LimitRange', 'Namespace', 'NetworkPolicy',
  'PersistentVolume', 'PersistentVolumeClaim', 'Pod', 'PodDisruptionBudget', 'PriorityClass', 'ResourceQuota', 'Role',
  'RoleBinding', 'Secret', 'Service', 'ServiceAccount', 'StatefulSet', 'StorageClass',
];

const OBJECT = 'object_';

interface Property {
  readonly name: string;
  readonly optional?: boolean;
  readonly type: Type;
  readonly docs: { readonly custom: { readonly schema: string } };
}

interface Type {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: Type };
}

interface Declaration {
  readonly kind: string;
  readonly docs: { readonly custom: { readonly schema: string } };
  readonly properties?: readonly Property[];
}

/**
 * Derives the JSON schema of the kinds from the library's types: the schema is of the version of Kubernetes that the
 * manifests are typed in, and needs no download.
 */
export function kubernetesSchema(): AnySchemaObject {
  const { types } = JSON.parse(readFileSync(ASSEMBLY, 'utf8')) as { types: Record<string, Declaration> };
  const definitions: Record<string, AnySchemaObject> = {};
  const define = (name: string): AnySchemaObject => {
    if (definitions[name] === undefined) {
      definitions[name] = {};
      Object.assign(definitions[name], structOf(types[NAMESPACE + name]));
    }
    return { $ref: `#/definitions/${name}` };
  };
  const structOf = ({ properties = [] }: Declaration): AnySchemaObject => ({
    type: 'object',
    properties: Object.fromEntries(properties.map((one) => [keyOf(one), schemaOf(one.type)])),
    required: properties.filter(({ optional }) => !optional).map(keyOf),
    additionalProperties: false,
  });
  const schemaOf = ({ primitive, fqn, collection }: Type): AnySchemaObject => {
    if (collection !== undefined) {
      const items = schemaOf(collection.elementtype);
      return collection.kind === 'array' ? { type: 'array', items } : { type: 'object', additionalProperties: items };
    }
    switch (fqn?.slice(NAMESPACE.length)) {
      case undefined: return primitiveOf(primitive);
      case 'IntOrString': return { type: ['integer', 'string'] };
      case 'Quantity': return { type: ['number', 'string'] };
      default:
        return types[fqn!].kind === 'interface' ? define(fqn!.slice(NAMESPACE.length)) : { type: 'string' };
    }
  };
  for (const kind of KINDS) {
    const declaration = types[`${NAMESPACE}Kube${kind}Props`];
    const { properties, ...rest } = structOf(declaration);
    const [, group, version, name] = /\.(\w+)\.(v\w+)\.(\w+)$/.exec(declaration.docs.custom.schema)!;
    const head = { apiVersion: { type: 'string' }, kind: { type: 'string' } };
    definitions[`${OBJECT}${group}_${version}_${name}`] = { ...rest, properties: { ...head, ...properties } };
  }
  return { definitions };
}

/** Returns the names of the definitions of whole objects: `object_apps_v1_Deployment`. */
export function kubernetesObjects(): string[] {
  return Object.keys(kubernetesSchema().definitions as object).filter((name) => name.startsWith(OBJECT));
}

/** The key in a manifest: property names of the library are in camel case throughout. */
function keyOf({ docs }: Property): string {
  return docs.custom.schema.split('#')[1];
}

function primitiveOf(primitive: string | undefined): AnySchemaObject {
  switch (primitive) {
    case 'number': return { type: 'number' };
    case 'boolean': return { type: 'boolean' };
    case 'string':
    case 'date': return { type: 'string' };
    default: return {};
  }
}
