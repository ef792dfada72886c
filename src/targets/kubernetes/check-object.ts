import { ObjectProblem, workloadProblems } from './check-workload';
import * as validators from './private/validators';
import { didYouMean } from '../../util/nearest';
import { schemaProblems, Validator } from '../../util/schema-problems';
import { textOf, Tree } from '../tree';

const VALIDATORS = new Map(Object.entries(validators as Readonly<Record<string, Validator>>));

/**
 * Finds what an API server refuses in an object: by the schema of its kind, then what the schema cannot say. Loaded
 * only for patches and objects of the model's own: without them the renderer writes valid objects.
 */
export function checkObject(object: Tree): ObjectProblem[] {
  const validate = VALIDATORS.get(nameOf(object));
  if (validate === undefined) { return unknownKind(object); }
  const ofSchema = schemaProblems(validate, object).map(({ at, kind, message, fix }): ObjectProblem => ({
    rule: kind === 'unknown' ? 'override-key' : 'override-value',
    at,
    message,
    fix: kind === 'unknown' ? fixOfKey(fix) : fix,
  }));
  const isReported = ({ at }: ObjectProblem) =>
    ofSchema.some((one) => one.at.every((step, index) => at[index] === step));
  return [...ofSchema, ...workloadProblems(object).filter((one) => !isReported(one))];
}

function fixOfKey(fix: string): string {
  const near = fix.startsWith('Did you mean') ? fix : 'See the API reference.';
  return `${near} Waive the rule if a newer cluster knows the key.`;
}

/** `object_apps_v1_Deployment`; the group without its domain, as the schema has it. */
function nameOf({ apiVersion, kind }: Tree): string {
  const [version, group = 'core'] = textOf(apiVersion).split('/').reverse();
  return `object_${group.split('.')[0]}_${version}_${textOf(kind)}`;
}

/** A kind of a group of Kubernetes itself is misspelt or has another version; others are custom resources. */
function unknownKind(object: Tree): ObjectProblem[] {
  const [kind, apiVersion] = [textOf(object.kind), textOf(object.apiVersion)];
  const known = [...VALIDATORS.keys()].map((name) => name.split('_'));
  const isOwn = known.some(([, group, version]) => (group === 'core' ? version : `${group}/${version}`) === apiVersion);
  const near = didYouMean(kind, known.map(([, , , name]) => name));
  return isOwn && near !== ''
    ? [
      {
        rule: 'override-key',
        at: ['kind'],
        message: `${apiVersion} has no kind ${JSON.stringify(kind)}.`,
        fix: near.trim(),
      },
    ]
    : [];
}
