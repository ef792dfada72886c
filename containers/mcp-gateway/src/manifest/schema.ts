import { Ajv, ErrorObject, Options, ValidateFunction } from 'ajv';
import { Manifest } from './manifest';
import { didYouMean, list } from './nearest';
import { ManifestProblem } from './problem';
import schema from '../../schema/manifest.schema.json' with { type: 'json' };

const OPTIONS: Options = {
  allErrors: true,
  discriminator: true,
  verbose: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
};

let compiled: ValidateFunction<Manifest> | undefined;

/** Validates a document against the manifest's schema. @returns the problems, empty for a valid manifest */
export function schemaProblems(document: unknown): ManifestProblem[] {
  compiled ??= new Ajv(OPTIONS).compile<Manifest>(schema);
  if (compiled(document)) {
    return [];
  }
  const errors = (compiled.errors ?? []).filter((error, _, all) => !isNoise(error, all));
  return errors.map((error) => ({
    at: keysOf(error),
    message: messageOf(error),
    aboutKey: ABOUT_KEYS.has(error.keyword),
  }));
}

const ABOUT_KEYS = new Set(['additionalProperties', 'propertyNames']);

/** Drops the errors of an alternative's branches: the error of the alternative itself is clearer. */
function isNoise(error: ErrorObject, all: readonly ErrorObject[]): boolean {
  if (error.keyword === 'if' || (error.keyword === 'pattern' && error.propertyName !== undefined)) {
    return true;
  }
  return all.some((other) => other.keyword === 'oneOf' && other !== error
    && error.schemaPath !== other.schemaPath
    && (error.instancePath === other.instancePath || error.instancePath.startsWith(`${other.instancePath}/`))
    && (error.schemaPath.startsWith(`${other.schemaPath}/`) || error.schemaPath.startsWith('#/definitions/argument/')));
}

function keysOf(error: ErrorObject): (string | number)[] {
  const keys = error.instancePath.split('/').slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const params = error.params as { additionalProperty?: string; propertyName?: string };
  const named = params.additionalProperty ?? params.propertyName;
  return named === undefined ? keys : [...keys, named];
}

function messageOf(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const allowed = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
      return `is not known here.${didYouMean(String(params.additionalProperty), allowed)} Allowed: ${list(allowed)}`;
    }
    case 'required':
      return `"${String(params.missingProperty)}" is ` +
        `missing${describe((error.parentSchema as SchemaObject).properties?.[String(params.missingProperty)])}`;
    case 'enum': {
      const allowed = (params.allowedValues as unknown[]).map(String);
      return `is ${JSON.stringify(error.data)}.${didYouMean(String(error.data), allowed)} Allowed: ${list(allowed)}`;
    }
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}, is ${shown(error.data)}`;
    case 'discriminator': {
      const allowed = branchTags(error);
      return `"${String(params.tag)}" is ${shown(params.tagValue)}.${didYouMean(String(params.tagValue), allowed)} ` +
        `Allowed: ${list(allowed)}`;
    }
    case 'pattern':
      return `is ${shown(error.data)} and must match ${String(params.pattern)}${describe(error.parentSchema)}`;
    case 'propertyNames':
      return 'is not a name that is allowed here: small letters, digits and _, a letter first, 32 at most';
    case 'oneOf':
      return 'must be literal text or a parameter such as { "parameter": "count", "prefix": "--max-count=" }';
    case 'uniqueItems':
      return `holds the same value twice, at ${String(params.j)} and ${String(params.i)}; remove one`;
    default:
      return `${error.message ?? 'is not allowed'}, is ${shown(error.data)}${describe(error.parentSchema)}`;
  }
}

interface SchemaObject {
  readonly description?: string;
  readonly properties?: Record<string, SchemaObject>;
  readonly $ref?: string;
}

function describe(of: object | undefined): string {
  const description = (of as SchemaObject | undefined)?.description;
  return description === undefined ? '' : `. ${description}`;
}

function branchTags(error: ErrorObject): string[] {
  const tag = String((error.params as { tag: string }).tag);
  const branches = (error.parentSchema as { oneOf?: SchemaObject[] }).oneOf ?? [];
  const definitions = schema.definitions as unknown as Record<string, SchemaObject>;
  return branches
    .map((branch) => (branch.$ref === undefined ? branch : definitions[branch.$ref.replace('#/definitions/', '')]))
    .map((branch) => (branch?.properties?.[tag] as { const?: unknown } | undefined)?.const)
    .filter((value): value is string => typeof value === 'string');
}

/** A value in a message, cut; a manifest holds no secrets. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
