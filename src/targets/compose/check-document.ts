import { DocumentProblem } from './document-problem';
import { keyConflicts } from './key-conflicts';
import { validateCompose } from './private/validators';
import { undefinedReferences } from './references';
import { wrongValues } from './value-grammar';
import { schemaProblems, Validator } from '../../util/schema-problems';
import { mapOf } from '../tree';

/**
 * Finds what Compose or an engine refuses in a file: by the schema of the Compose specification, then what the schema
 * cannot say. Loaded only for models with overrides: without them the renderer writes valid files.
 */
export function checkDocument(document: unknown): DocumentProblem[] {
  const file = mapOf(document);
  const ofSchema = schemaProblems(validateCompose as unknown as Validator, document).map(
    ({ at, kind, message, fix }): DocumentProblem => ({
      rule: kind === 'unknown' ? 'override-key' : 'override-value',
      places: [at],
      message,
      fix: kind === 'unknown' ? fixOfKey(at[at.length - 1], fix) : fix,
    }),
  );
  const isReported = ({ places }: DocumentProblem) => ofSchema.some(({ places: [at] }) => (
    places.some((place) => at.every((step, index) => place[index] === step))));
  const others = [...wrongValues(file), ...undefinedReferences(file), ...keyConflicts(file)];
  return [...ofSchema, ...others.filter((one) => !isReported(one))];
}

function fixOfKey(key: string, fix: string): string {
  const [first, ...rest] = key.split('.');
  if (rest.length > 0 && !key.startsWith('x-')) {
    const value = rest.reduceRight((below, step) => `{ ${step}: ${below} }`, '...');
    return `Name one key: overrideCompose(${JSON.stringify(first)}, ${value}).`;
  }
  const nearest = fix.startsWith('Did you mean') ? fix : 'See the reference of the Compose file.';
  return `${nearest} Waive the rule if a newer Compose knows the key.`;
}

export type { DocumentProblem } from './document-problem';
