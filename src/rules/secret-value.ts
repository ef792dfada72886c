import { secretIn } from './private/secrets';
import { ModelText, namesOf, textsOf } from './private/texts';
import { Rule } from './rule';

const SECRET_NAME = /(?:^|[_-])(?:api[_-]?key|auth|credential|key|pass|passwd|password|private|pwd|secret|token)s?$/i;
/** Thresholds above which a text is a key rather than words: bits per character, and length. */
const ENTROPY = { bits: 3.2, length: 16 };

/** Finds secret values by variable name, entropy and shape. The message never repeats the value. */
export const secretValue: Rule = {
  id: 'secret-value',
  severity: 'error',
  title: 'The model holds no secret values',
  fix: 'Remove and rotate the value. Use EnvironmentValue.secret with a key of an EnvFile instead.',
  waivable: false,
  facets: ['command', 'environment', 'secret', 'config'],
  check: ({ plan }) =>
    [...textsOf(plan), ...namesOf(plan)].flatMap((one) => {
      const kind = kindOf(one);
      return kind === undefined ? [] : [{ path: one.path, message: `The ${one.what} holds ${kind}.` }];
    }),
  checkMerged: ({ facts }) =>
    facts.environment.flatMap(({ name, value }) => {
      const kind = value === undefined ? undefined : kindOf({ text: value, variable: name });
      return kind === undefined
        ? []
        : [{ problem: `sets the variable ${JSON.stringify(name)} to ${kind}`, keys: ['environment', 'env'] }];
    }),
};

function kindOf({ text, variable }: Pick<ModelText, 'text' | 'variable'>): string | undefined {
  const random = variable !== undefined && SECRET_NAME.test(variable) && looksRandom(text);
  return secretIn(text) ?? (random ? 'what looks like a secret' : undefined);
}

function looksRandom(text: string): boolean {
  return text.length >= ENTROPY.length && !/[\s/]/.test(text) && entropy(text) >= ENTROPY.bits;
}

/** Returns the Shannon entropy in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) {
    counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
