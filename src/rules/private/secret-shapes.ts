/** Documented token formats, with a description for messages. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
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
  // a single slash, as path normalization leaves it
  ['a password in an address', /\b[a-z][a-z0-9+.-]*:\/{1,2}[^/\s:@]+:[^/\s:@]+@/i],
];

/** Returns a description of the first secret in a text; undefined if there is none. */
export function secretIn(text: string): string | undefined {
  return SHAPES.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Replaces everything with the shape of a secret. Text after the header of a private key counts as the key. */
export function withoutSecrets(text: string): string {
  const headless = text.replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----.*/s, '(a private key)');
  return SHAPES.reduce(
    (left, [what, pattern]) => left.replace(new RegExp(pattern, `${pattern.flags}g`), `(${what})`),
    headless,
  );
}
