import { readFileSync } from 'node:fs';
import { Ajv, ValidateFunction } from 'ajv';
import { KUSTOMIZATION_SCHEMA } from './kustomization-schema';

interface Definition {
  properties?: Record<string, unknown>;
  additionalProperties?: unknown;
  ['x-kubernetes-group-version-kind']?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The validator for an object; undefined for one that Kubernetes does not know. */
export type ValidatorFor = (manifest: Manifest) => ValidateFunction | undefined;

/** Validates strictly against a file of Kubernetes' own schemas: a field that they do not know is an error. */
export function kubernetesSchema(path: string): ValidatorFor {
  const { definitions } = JSON.parse(readFileSync(path, 'utf8')) as { definitions: Record<string, Definition> };
  const keys = new Map<string, string>();
  for (const [key, definition] of Object.entries(definitions)) {
    if (definition.properties !== undefined) {
      definition.additionalProperties ??= false;
    }
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      keys.set(`${group === '' ? '' : `${group}/`}${version} ${kind}`, key);
    }
  }
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: 'kubernetes', definitions });
  const kustomization = ajv.compile(KUSTOMIZATION_SCHEMA);
  return ({ apiVersion, kind }) => {
    const key = keys.get(`${apiVersion} ${kind}`);
    return kind === 'Kustomization'
      ? kustomization
      : key === undefined
        ? undefined
        : (ajv.getSchema(`kubernetes#/definitions/${key}`) as ValidateFunction);
  };
}

/** Says what is wrong with a compose file by the JSON Schema of the specification. */
export function composeSchema(path: string): (document: unknown) => string[] {
  // its own name of draft-07 is not the one that ajv knows
  const { $schema: _, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  return (document) =>
    validate(document)
      ? []
      : (validate.errors ?? []).map(
        (error) => `schema: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
      );
}
