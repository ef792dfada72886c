import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { redactSecrets } from '../../src/audit/redact';
import { auditText, MAX_TEXT } from '../../src/audit/text';

/** The same "random" bytes in every run. */
function bytes(seed: string, length: number): Buffer {
  let made = Buffer.alloc(0);
  for (let round = 0; made.length < length; round += 1) {
    made = Buffer.concat([made, createHash('sha512').update(`${seed} ${round}`).digest()]);
  }
  return made.subarray(0, length);
}

/** How tokens are made, and how often one may look like a name. */
const TOKENS: readonly (readonly [string, (seed: string) => string, number])[] = [
  ['openssl rand -hex 16', (seed) => bytes(seed, 16).toString('hex'), 0],
  ['openssl rand -hex 32', (seed) => bytes(seed, 32).toString('hex'), 0],
  ['openssl rand -base64 32', (seed) => bytes(seed, 32).toString('base64'), 0.002],
  ['32 bytes as base64url', (seed) => bytes(seed, 32).toString('base64url'), 0.002],
  ['16 bytes as base64url', (seed) => bytes(seed, 16).toString('base64url'), 0.05],
  [
    'a UUID',
    (seed) =>
      bytes(seed, 16)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    0,
  ],
  [
    'base32',
    (seed) => [...bytes(seed, 32)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join(''),
    0.01,
  ],
];

describe('a secret', () => {
  test.each(TOKENS)('made by %s is redacted, alone and within other text', (_how, token, mayMiss) => {
    const made = Array.from({ length: 1000 }, (_, index) => token(`token ${index}`));
    for (const around of [
      (text: string) => text,
      (text: string) => `read_${text}`,
      (text: string) => `x ${text}, y`,
      (text: string) => `notes/${text}.md`,
    ]) {
      expect(made.filter((text) => redactSecrets(around(text)).includes(text)).length).toBeLessThanOrEqual(
        mayMiss * made.length,
      );
    }
  });

  test.each([
    ['postgres://app:hunter2@db/x', 'postgres://[redacted]@db/x'],
    ['password=hunter2', 'password=[redacted]'],
    ['{"api_key": "abc"}', '{"api_key": [redacted]'],
    ['set token: s3cret!', 'set token: [redacted]'],
    [`Mcp-Session-Id ${randomUUID()}`, 'Mcp-Session-Id [redacted]'],
    [randomBytes(32).toString('hex').toUpperCase(), '[redacted]'],
  ])('that %s holds is redacted', (text, expected) => expect(redactSecrets(text)).toBe(expected));

  test('takes out the part of a path that looks like one, and leaves the rest', () => {
    expect(redactSecrets(`cache/toolbox/${bytes('x', 32).toString('hex')}.map`)).toBe('cache/toolbox/[redacted].map');
  });

  test('that is cut where a long text is no longer looked at leaves no part of itself', () => {
    const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
    for (let length = 0; length < 64; length += 1) {
      const text = `${`${secret} `.repeat(100).slice(0, 1024 - length)}${secret} and more`;
      expect(auditText(text, redactSecrets)).not.toMatch(/ghp|012345/);
    }
  });
});

test.each([
  'read_multiple_files_from_directory',
  'mcp__filesystem__read_text_file_v2',
  'getUserAccountDetailsByEmailAddress',
  'convert_2024_report_to_pdf_v2_final_version',
  'src/services/private/manifest-problems.ts',
  'photos/2024-05-06/IMG_20240506_123456_HDR.jpg',
  'node_modules/@babel/plugin-transform-es2015-modules-commonjs/lib/index.js',
  'test/targets/kubernetes/golden/agent-and-gateway/expected/namespace.yaml',
  'ÄÖÜ/übersicht-der-größten-städte.md',
  'x'.repeat(200),
])('the name %s is kept', (name) => expect(redactSecrets(name)).toBe(name));

test('a text of 200,000 characters is looked at in its beginning only', () => {
  let longest = 0;
  auditText('aB3'.repeat(70_000), (text) => {
    longest = text.length;
    return text;
  });
  expect(longest).toBeLessThanOrEqual(4 * MAX_TEXT);
});
