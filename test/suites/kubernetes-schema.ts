import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Ajv, ValidateFunction } from 'ajv';
import { loadAll } from 'js-yaml';

/**
 * Validates every manifest below a folder against every Kubernetes schema in a folder of data, strictly: a field that the schema does
 * not know is an error.
 *
 * Usage: kubernetes-schema.ts <folder with kubernetes-*.json> [folder with manifests, by default dist/kubernetes]
 */
interface Definition {
  properties?: Record<string, unknown>;
  additionalProperties?: unknown;
  ['x-kubernetes-group-version-kind']?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** kustomize has no schema among the data; these are all the fields that a kustomization of ours may have. */
const KUSTOMIZATION_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'namespace', 'resources'],
  properties: {
    apiVersion: { const: 'kustomize.config.k8s.io/v1beta1' },
    kind: { const: 'Kustomization' },
    namespace: { type: 'string' },
    resources: { type: 'array', items: { type: 'string', pattern: '\\.yaml$' }, uniqueItems: true },
  },
};

function main([dataFolder, manifestFolder = 'dist/kubernetes']: readonly string[]): number {
  const schemas = dataFolder !== undefined && existsSync(dataFolder) ? readdirSync(dataFolder).filter(name => /^kubernetes-.*\.json$/.test(name)).sort() : [];
  const manifests = existsSync(manifestFolder) ? manifestsBelow(manifestFolder) : [];
  if (schemas.length === 0 || manifests.length === 0) {
    console.error(`kubernetes-schema: ${schemas.length} schemas in ${dataFolder ?? '(no folder given)'}, ${manifests.length} manifests in ${manifestFolder}`);
    return 2;
  }
  const problems = schemas.flatMap(schema => problemsWith(schema, validatorOf(join(dataFolder, schema)), manifests));
  problems.forEach(problem => console.error(problem));
  console.log(`kubernetes-schema: ${manifests.length} manifests, ${schemas.join(', ')}: ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

function manifestsBelow(folder: string): { readonly file: string; readonly manifest: Manifest }[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.yaml')).sort();
  return names.flatMap(name => loadAll(readFileSync(join(folder, name), 'utf8')).map(manifest => ({
    file: relative('.', join(folder, name)),
    manifest: manifest as Manifest,
  })));
}

type ValidatorFor = (manifest: Manifest) => ValidateFunction | undefined;

function problemsWith(schema: string, validatorFor: ValidatorFor, manifests: ReturnType<typeof manifestsBelow>): string[] {
  return manifests.flatMap(({ file, manifest }) => {
    const validate = validatorFor(manifest);
    if (validate === undefined) {
      return [`${schema}: ${file}: no ${manifest.apiVersion} ${manifest.kind}`];
    }
    const valid: boolean = validate(manifest as unknown);
    return valid ? [] : (validate.errors ?? []).map(error => (
      `${schema}: ${file}: ${manifest.kind}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`));
  });
}

function validatorOf(path: string): ValidatorFor {
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
    return kind === 'Kustomization' ? kustomization : key === undefined ? undefined : ajv.getSchema(`kubernetes#/definitions/${key}`) as ValidateFunction;
  };
}

process.exitCode = main(process.argv.slice(2));
