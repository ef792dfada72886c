import { nearest } from './nearest';
import { quote, shorten } from './printable';

/** A function that projen compiled from a JSON schema; the errors of its last call are its own. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** An error of the validator, with the schema that was not met. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly schema: unknown;
  readonly parentSchema: Schema;
  readonly data: unknown;
  /** Set where the key itself is wrong. */
  readonly propertyName?: string;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** One thing that a schema does not allow. */
export interface SchemaProblem {
  /** Keys and indexes that lead to it. */
  readonly at: readonly string[];
  /** Whether a value is wrong, its key is not allowed, or a key of it is missing. */
  readonly kind: 'value' | 'unknown' | 'missing';
  readonly message: string;
  readonly fix: string;
}

/**
 * Checks a value against a schema. Everything that is wrong, one problem for each value.
 *
 * @param sourceOf how a number or truth value is written in its file, for messages; by default as JSON
 */
export function schemaProblems(
  validate: Validator,
  value: unknown,
  sourceOf: (at: readonly string[]) => string | undefined = () => undefined,
): SchemaProblem[] {
  if (validate(value)) {
    return [];
  }
  const problems = new Map<string, SchemaProblem>();
  for (const error of byPriority(withAllTypes(validate.errors ?? []))) {
    const at = placeOf(error);
    const problem = problemOf(error, at, sourceOf(at));
    const key = JSON.stringify([problem.at, problem.kind === 'missing' ? error.params.missingProperty : '']);
    const better = problems.get(key);
    // a schema that only names a mistake leaves the fix to the one that says what is allowed
    problems.set(key, better === undefined ? problem : { ...better, fix: better.fix || problem.fix });
  }
  return [...problems.values()];
}

/** Several keywords may refuse one value: the most specific one says best why. */
function byPriority(errors: readonly SchemaError[]): SchemaError[] {
  const rank = ({ keyword, schemaPath }: SchemaError) =>
    (keyword === 'maxLength' ? 1000 : 0) + (keyword === 'not' ? 100 : 0) + schemaPath.split('/').length;
  return errors
    .filter((error) => !isSummary(error) && !isAboutText(error) && !isOtherAlternative(error, errors))
    .map((error, index) => ({ error, index, rank: rank(error) }))
    .sort((a, b) => b.rank - a.rank || a.index - b.index)
    .map(({ error }) => error);
}

/** Several alternatives may ask for types: any of them is allowed. */
function withAllTypes(errors: readonly SchemaError[]): SchemaError[] {
  const types = new Map<string, Set<string>>();
  for (const { keyword, instancePath, parentSchema } of errors) {
    const known = types.get(instancePath) ?? new Set();
    types.set(instancePath, known);
    if (keyword === 'type') { [parentSchema.type ?? []].flat().forEach((type) => known.add(type)); }
  }
  return errors.map((error) => {
    const allowed = [...types.get(error.instancePath) ?? []];
    return error.keyword === 'type' && allowed.length > 1
      ? { ...error, parentSchema: { ...error.parentSchema, type: allowed } }
      : error;
  });
}

/** Whether an error adds nothing to those of the schemas below its keyword. */
function isSummary({ keyword, params }: SchemaError): boolean {
  // where several alternatives match, none of them has an error
  return keyword === 'if' || keyword === 'propertyNames' || (keyword === 'oneOf' && params.passingSchemas === null);
}

/** Whether an alternative failed by its type alone, while the value has the type of another alternative. */
function isOtherAlternative(error: SchemaError, all: readonly SchemaError[]): boolean {
  // what is below a value is judged only if its type is right
  if (error.keyword === 'type' && all.some(({ instancePath }) => instancePath.startsWith(`${error.instancePath}/`))) {
    return true;
  }
  const isType = ({ schemaPath }: SchemaError) => /\/oneOf\/\d+\/type$/.test(schemaPath);
  const choice = error.schemaPath.replace(/\d+\/type$/, '');
  return isType(error) && all.some((other) => !isType(other)
    && `${other.instancePath}/`.startsWith(`${error.instancePath}/`) && other.schemaPath.startsWith(choice));
}

/** Whether a pattern that is not allowed met something that is not text: its type is wrong then, and reported. */
function isAboutText({ keyword, schema, data }: SchemaError): boolean {
  return keyword === 'not' && !isEmpty(schema) && typeof data !== 'string';
}

function isEmpty(schema: unknown): boolean {
  return Object.keys(schema as object).length === 0;
}

function placeOf({ instancePath, propertyName }: SchemaError): string[] {
  const keys = instancePath.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return propertyName === undefined ? keys : [...keys, propertyName];
}

function problemOf(error: SchemaError, at: readonly string[], source: string | undefined): SchemaProblem {
  const { keyword, params, parentSchema, data } = error;
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(String(params.additionalProperty), at, Object.keys(parentSchema.properties ?? {}));
    case 'required':
      return missingKey(String(params.missingProperty), at, parentSchema);
    case 'not':
      return forbidden(error, at);
    case 'minItems':
      return { at, kind: 'value', message: `${place(at)} has no item.`, fix: 'Add at least one.' };
    case 'uniqueItems': {
      const item = (data as unknown[])[Number(params.i)];
      const which = typeof item === 'string' ? `the item ${quote(item)}` : 'an item';
      return { at, kind: 'value', message: `${place(at)} has ${which} twice.`, fix: 'Keep one of them.' };
    }
    case 'maxItems':
    case 'maxProperties': {
      const message = `${place(at)} has ${Object.keys(data as object).length} items.`;
      return { at, kind: 'value', message, fix: `Keep at most ${String(error.schema)}.` };
    }
    case 'pattern':
    case 'maxLength':
    case 'minLength':
      return wrongText(error, at);
    default: {
      const allowed = allowedBy(error);
      return {
        at,
        kind: 'value',
        message: `${place(at)} must be ${allowed}, and is ${describe(data, source)}.`,
        fix: fixOf(error, at, allowed, source),
      };
    }
  }
}

/** Only the title of a negation says what it is about; the negation of everything forbids the key itself. */
function forbidden({ schema, parentSchema, data }: SchemaError, at: readonly string[]): SchemaProblem {
  const isKey = isEmpty(schema);
  return {
    at,
    kind: isKey ? 'unknown' : 'value',
    message: `${place(at)}${isKey ? '' : ` is ${quote(String(data))}, which`} ${parentSchema.title}.`,
    fix: parentSchema.description ?? (isKey ? 'Remove it.' : ''),
  };
}

function unknownKey(key: string, at: readonly string[], known: readonly string[]): SchemaProblem {
  const like = nearest(key, known);
  return {
    at: [...at, key],
    kind: 'unknown',
    message: `There is no key ${quote(key)} ${at.length === 0 ? 'at the top of the file' : `in ${place(at)}`}.`,
    fix: like === undefined
      ? `Known keys: ${known.map((name) => `\`${name}\``).join(', ')}.`
      : `Did you mean \`${like}\`?`,
  };
}

function missingKey(key: string, at: readonly string[], schema: Schema): SchemaProblem {
  const property = schema.properties?.[key];
  const isConditional = property?.examples === undefined;
  return {
    at,
    kind: 'missing',
    message: `${place([...at, key])} is missing.${isConditional && schema.title ? ` ${schema.title}` : ''}`,
    fix:
      isConditional && schema.description !== undefined
        ? schema.description
        : `Add \`${key}\`${exampleText(property, ', for example')}.`,
  };
}

function wrongText({ keyword, schema, parentSchema, data }: SchemaError, at: readonly string[]): SchemaProblem {
  const allowed = parentSchema.title ?? (keyword === 'pattern' ? `text of the form ${String(schema)}` : 'text');
  const which = keyword === 'maxLength' ? `is longer than ${String(schema)} characters` : `is not ${allowed}`;
  return {
    at,
    kind: 'value',
    message: data === '' ? `${place(at)} is empty.` : `${place(at)} is ${quote(String(data))}, which ${which}.`,
    fix: keyword === 'maxLength'
      ? `Write at most ${String(schema)} characters.`
      : `Write ${allowed}${exampleText(parentSchema, ', as in')}.`,
  };
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a mapping',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
  null: 'nothing',
};

function allowedBy({ keyword, schema, parentSchema }: SchemaError): string {
  switch (keyword) {
    case 'enum': return (schema as unknown[]).map((one) => `\`${String(one)}\``).join(' or ');
    case 'const':
      return parentSchema.title ?? (typeof schema === 'number' ? `the number ${schema}` : `\`${String(schema)}\``);
    case 'type':
    case 'minimum':
    case 'maximum':
      return parentSchema.type === 'integer'
        ? `a whole number${rangeOf(parentSchema)}`
        : [parentSchema.type ?? []].flat().map((type) => TYPES[type] ?? type).join(' or ');
    default: return 'another value';
  }
}

function rangeOf({ minimum, maximum }: Schema): string {
  return minimum === undefined ? '' : ` from ${minimum} to ${maximum}`;
}

function fixOf(error: SchemaError, at: readonly string[], allowed: string, source: string | undefined): string {
  const { keyword, schema, parentSchema, data } = error;
  if (keyword === 'enum') {
    return `Write ${allowed}.`;
  }
  switch (parentSchema.type) {
    case 'string':
      return typeof data === 'number' || typeof data === 'boolean'
        ? `Put it in quotes: '${source ?? String(data)}'.`
        : `Write ${parentSchema.title ?? 'text'}${exampleText(parentSchema, ', as in')}.`;
    case 'object': return `Write keys with values: ${Object.keys(parentSchema.properties ?? {}).join(', ')}.`;
    case 'array': return 'Begin each item on a line of its own with "- ".';
    case 'integer':
      return typeof data === 'number' ? `Write ${allowed}.` : 'Write it without quotes and fraction.';
    default: return keyword === 'const' ? `Write ${at[at.length - 1]}: ${String(schema)}.` : `Write ${allowed}.`;
  }
}

function exampleText(schema: Schema | undefined, words: string): string {
  const examples = schema?.examples?.map((example) => JSON.stringify(example)) ?? [];
  return examples.length === 0 ? '' : `${words} ${examples.join(' or ')}`;
}

/** A place in the words of a message: `components[0].id`. */
export function place(at: readonly string[]): string {
  if (at.length === 0) {
    return 'The file';
  }
  const path = at.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${/^[\w$-]{1,64}$/.test(key) ? key : quote(key)}`));
  return `\`${path.join('').replace(/^\./, '')}\``;
}

/** Describes the type of a value for a message. */
function describe(value: unknown, source: string | undefined): string {
  switch (typeof value) {
    case 'string': return `the text ${quote(value)}`;
    case 'number':
    case 'bigint': return `the number ${shorten(source ?? String(value))}`;
    case 'boolean': return `the truth value ${source ?? String(value)}`;
    default: return value === null || value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : 'a mapping';
  }
}
