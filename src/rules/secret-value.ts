import { ModelText, textsOf } from './private/texts';
import { Rule } from './rule';

/** Shapes that issuers give their tokens. */
const SHAPES: readonly [string, RegExp][] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_[A-Za-z0-9_]{40,}/],
  ['an OpenAI or Anthropic key', /\bsk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{20,}/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a Google API key', /\bAIza[A-Za-z0-9_-]{35}\b/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a Hugging Face token', /\bhf_[A-Za-z0-9]{30,}/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['a JSON web token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/],
  ['a password in an address', /\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s:@]+@/i],
];
const SECRET_NAME = /(?:^|[_-])(?:api[_-]?key|auth|credential|key|pass|passwd|password|private|pwd|secret|token)s?$/i;
/** Long texts of many different characters are keys rather than words: bits per character and least length. */
const ENTROPY = { bits: 3.2, length: 16 };

/** Law 5 of the design. The value itself is never repeated. */
export const secretValue: Rule = {
  id: 'secret-value',
  severity: 'error',
  title: 'No secret\'s value stands in the model',
  mend: 'Take the value out (and change it: it was written down), and refer to a key of an EnvFile by EnvironmentValue.secret.',
  waivable: false,
  check: ({ plan }) => textsOf(plan).flatMap((one) => {
    const kind = kindOf(one);
    return kind === undefined ? [] : [{ path: one.path, message: `The ${one.what} holds ${kind}.` }];
  }),
};

function kindOf({ what, text }: ModelText): string | undefined {
  const shape = SHAPES.find(([, pattern]) => pattern.test(text));
  if (shape !== undefined) {
    return shape[0];
  }
  const name = /^(?:variable|build argument) (.*)$/.exec(what)?.[1];
  return name !== undefined && SECRET_NAME.test(name) && looksRandom(text) ? 'what looks like a secret\'s value' : undefined;
}

function looksRandom(text: string): boolean {
  return text.length >= ENTROPY.length && !/[\s/]/.test(text) && entropy(text) >= ENTROPY.bits;
}

/** Shannon's entropy, in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) {
    counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
