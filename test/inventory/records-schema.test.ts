import fc from 'fast-check';
import { parse } from 'yaml';
import { compileSchema, pathsOf, setAt } from './changed';
import { APPROVAL, BY_HAND, DIGEST, SUPPRESSIONS, RUN } from './records';
import { Approval } from '../../src/inventory/approval';
import { Evidence } from '../../src/inventory/evidence';
import { LinterSuppressions } from '../../src/inventory/linter-suppressions';
import { renderApproval } from '../../src/inventory/render-approval';
import { renderEvidence } from '../../src/inventory/render-evidence';
import { Finding } from '../../src/model/finding';

interface Kind {
  readonly schema: string;
  readonly references: readonly unknown[];
  readonly read: (text: string) => readonly Finding[];
}

const KINDS: readonly Kind[] = [
  {
    schema: 'evidence',
    references: [
      parse(renderEvidence(RUN)),
      parse(renderEvidence(BY_HAND)),
      parse(renderEvidence({ ...RUN, outcome: 'failed' as typeof RUN.outcome, exitCode: undefined })),
    ],
    read: (text) => Evidence.fromText(text, 'gateway-health.yaml').findings,
  },
  {
    schema: 'approval',
    references: [parse(renderApproval(APPROVAL))],
    read: (text) => Approval.fromText(text, 'a.yaml').findings,
  },
  {
    schema: 'linter-suppressions',
    references: [parse(SUPPRESSIONS)],
    read: (text) => LinterSuppressions.fromText(text, 'e.yaml').findings,
  },
];

/**
 * What a JSON schema cannot say: names are there once and sorted, a file is called after its check, a seal belongs to
 * its record.
 */
function isBeyondSchema({ rule, message }: Finding): boolean {
  return (
    ['evidence-name', 'evidence-seal', 'approval-seal', 'inventory-duplicate'].includes(rule) ||
    message.includes('must be sorted')
  );
}

const value = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    1,
    0,
    -1,
    256,
    1.5,
    2 ** 32,
    '0',
    '',
    ' ',
    'a',
    'a b',
    'A',
    'run',
    'hand',
    'passed',
    'failed',
    'skipped',
    DIGEST,
    DIGEST.toUpperCase(),
    [],
    {},
    ['a'],
    [{}],
    [{ name: 'a' }],
    [{ name: 'a', digest: DIGEST }],
    [{ name: 'a', version: '1' }],
    [{ path: 'a', digest: DIGEST }],
    '2026-11-22T19:00:00Z',
    '2026-11-31T19:00:00Z',
    '2025-02-29T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2400-02-29T23:59:59Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22 19:00:00Z',
    '2026-11-22T19:00:00+00:00',
    '2026-11-22T19:00:60Z',
    '1999-12-31T00:00:00Z',
    'a/b',
    '/a',
    'a/',
    'a//b',
    '../a',
    'a/../b',
    'a/..b',
    '.a',
    '.',
    '..',
    'a\\b',
    'c:/a',
    '@a/b',
    'a/@b',
    'a\nb',
    '\na',
    'a\n',
    '\t',
    'a\tb',
    '\u0007',
    '\u001b[31m',
    '\u202e',
    '\u200b',
    '\ufeff',
    '\u2028',
    '\ud800',
    '\u{1f600}',
    'a'.repeat(63),
    'a'.repeat(64),
    'a'.repeat(100),
    'a'.repeat(101),
    'a'.repeat(128),
    'a'.repeat(129),
    'a'.repeat(300),
    'a'.repeat(301),
    'a'.repeat(1025),
    'a'.repeat(1201),
    'a'.repeat(2001),
    'a'.repeat(4001),
    'a'.repeat(8000),
    'a'.repeat(8001),
    '\u{1f600}'.repeat(100),
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.stringMatching(/^2[0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z$/),
  fc.stringMatching(/^[a-z0-9._/:@-]{0,12}$/),
);

describe.each(KINDS)('the JSON schema and the reader of $schema', ({ schema, references, read }) => {
  const accepts = compileSchema(schema);
  // JSON is YAML, and says beyond doubt what is text and what is not
  const isRead = (document: unknown): boolean => read(JSON.stringify(document)).every(isBeyondSchema);
  const mutation = fc.constantFrom(...references).chain((reference) => fc.record({
    reference: fc.constant(reference),
    steps: fc.constantFrom(...pathsOf(reference), ['x'], ['note'], ['exitCode'], ['outputDigest'], ['outputTail']),
    value,
  }));

  test('accept what the writer writes', () => {
    expect(references.map((reference) => accepts(reference))).toEqual(references.map(() => true));
    expect(references.map(isRead)).toEqual(references.map(() => true));
  });

  test('judge every single change alike', () => {
    fc.assert(fc.property(mutation, ({ reference, steps, value: changed }) => {
      const document = setAt(reference, steps, changed);
      expect(isRead(document)).toBe(accepts(document));
    }), { numRuns: 3000 });
  });
});
