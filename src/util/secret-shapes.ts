// ~~ Copied by projen. To modify, edit containers/mcp-gateway/src/audit/secret-shapes.ts and run "npx projen".
/**
 * Shapes that issuers give their credentials. This file is the source: projen copies it to the library, so that both
 * know the same ones. The gateway is built from its folder alone and cannot import it from there.
 */
export const SECRET_SHAPES: readonly (readonly [name: string, shape: RegExp])[] = [
  // What follows the head of a private key is the key.
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*/],
  ['a GitHub token', /\bgh[a-z]_[A-Za-z0-9]{16,}|\bgithub_pat_\w{16,}/],
  ['a GitLab token', /\bgl(?:agent|cbt|dt|ft|imt|oas|pat|ptt|rt|soat|wt)-[\w-]{16,}/],
  ['an OpenAI or Anthropic key', /\bsk-[\w-]{16,}/],
  ['a Slack token', /\bxox[a-z]-[\w-]{8,}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{16,}/],
  ['a Hugging Face token', /\bhf_[A-Za-z0-9]{16,}/],
  ['an AWS access key', /\bA[KS]IA[A-Z0-9]{16}/],
  ['a Google API key', /\bAIza[\w-]{30,}/],
  ['a JSON web token', /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/],
];
