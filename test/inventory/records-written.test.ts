import fc from 'fast-check';
import * as jsYaml from 'js-yaml';
import { parse } from 'yaml';
import { APPROVAL, BY_HAND, DIGEST, RUN } from './records';
import { Approval } from '../../src/inventory/approval';
import { Evidence } from '../../src/inventory/evidence';
import { renderApproval } from '../../src/inventory/render-approval';
import { evidenceAsWritten, renderEvidence } from '../../src/inventory/render-evidence';
import { UnwritableRecordError } from '../../src/inventory/unwritable-record-error';
import { EvidenceRecord } from '../../src/model/evidence';
import { fingerprintOf } from '../../src/model/fingerprint';

type EvidenceContent = Omit<EvidenceRecord, 'location'>;

/** What is read is written: without the place, and with keys that are undefined gone. */
function readBack(text: string, check: string): object[] {
  const { records, findings } = Evidence.fromText(text, `${check}.yaml`);
  expect(findings).toEqual([]);
  return records.map(({ location, ...record }) => record);
}

const PIECES = [
  '\u001b[31mred\u001b[0m',
  '\r',
  '\r\n',
  '\n',
  '\n\n',
  '  ',
  '\t',
  '\0',
  '\u0007',
  '\u0085',
  '\u2028',
  '\u202e',
  '\u200d',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\u{1f600}',
  '\u{e0001}',
  ' #',
  ': ',
  '- ',
  '---\n',
  '...\n',
  '"',
  "'",
  '\\',
  '\\n',
  '%',
  '@',
  '`',
  '|',
  '>',
  '&a',
  '*a',
  '!!js/function',
  '{',
  '[',
  '<<: ',
  'yes',
  'null',
  '1e3',
  '0x1f',
  '2026-11-22',
  '\u00a0',
  '\u3000',
  '\u00ad',
];
const hostile = fc.oneof(
  fc
    .array(
      fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 }), fc.string({ unit: 'binary', maxLength: 5 })),
      { maxLength: 20 },
    )
    .map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '\n\n',
    ' a',
    'a ',
    '\ta',
    'a\t',
    'a\n',
    'a\n\n',
    'a\n ',
    '\na',
    'a\n\tb\n',
    'a\n  b\n',
    'x'.repeat(8000),
    `${'line\n'.repeat(2000)}`,
    '\u001b'.repeat(9000),
    '\u{1f600}'.repeat(8001),
  ),
);
const line = hostile
  .map((text) => `a${text.replace(/[^\x20-\x7e\u00c0-\u017f\u{1f600}]/gu, '').trim()}`)
  .map((text) => [...text].slice(0, 90).join('').trim());
const evidence = fc
  .record({
    outputTail: hostile,
    command: hostile.map((text) => `x${text}`),
    by: line,
    note: fc.option(
      hostile.map((text) => `n${text}`.slice(0, 300)),
      { nil: undefined },
    ),
    version: hostile.map((text) => `v${text}`),
  })
  .map(({ version, ...texts }): EvidenceContent => ({ ...RUN, ...texts, tools: [{ name: 'docker', version }] }));

describe('evidence that was written', () => {
  test.each([['of a run', RUN], ['by hand', BY_HAND]])('is read as it was, %s', (_, record) => {
    expect(readBack(renderEvidence(record), record.check)).toEqual([record]);
  });

  test('is read as it was, whatever a program printed', () => {
    fc.assert(fc.property(evidence, (record) => {
      const text = renderEvidence(record);
      expect(readBack(text, record.check)).toEqual([evidenceAsWritten(record)]);
      expect(evidenceAsWritten(evidenceAsWritten(record))).toEqual(evidenceAsWritten(record));
    }), { numRuns: 1000 });
  });

  test('says the same to every reader of YAML', () => {
    fc.assert(fc.property(evidence, (record) => {
      const text = renderEvidence(record);
      const wanted = expect.objectContaining(JSON.parse(JSON.stringify(evidenceAsWritten(record))));
      expect([parse(text), parse(text, { version: '1.1' }), jsYaml.load(text)]).toEqual([wanted, wanted, wanted]);
    }), { numRuns: 1000 });
  });

  test('has no line that an editor would trim, and no character that a terminal would obey', () => {
    fc.assert(fc.property(evidence, (record) => {
      // the one tab that may stand is within a line
      expect(renderEvidence(record)).not.toMatch(
        new RegExp(
          String.raw`[ \t]$|[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f` +
            String.raw`\ufeff\ufffe\uffff\u{e0000}-\u{e0fff}]`,
          'mu',
        ),
      );
    }), { numRuns: 500 });
  });

  test('shows what a terminal would obey as escapes', () => {
    const { outputTail, command } = evidenceAsWritten({
      ...RUN,
      outputTail: 'a\r\nb\u001b[2J\tc\u202e\r',
      command: 'a\nb',
    });
    expect([outputTail, command]).toEqual(['a\nb\\x1b[2J\tc\\u202e\\r', 'a\\nb']);
  });

  test('keeps the end of a long output, from the beginning of a line, and the beginning of a long command', () => {
    const { outputTail, command } = evidenceAsWritten({
      ...RUN,
      outputTail: `${'0123456789abcde\n'.repeat(600)}last\n`,
      command: `echo ${'x'.repeat(5000)}`,
    });
    expect(outputTail).toHaveLength(16 * 499 + 5);
    expect(outputTail).toMatch(/^0123456789abcde\n[^]*\nlast\n$/);
    expect([...command]).toHaveLength(4000);
    expect(command).toMatch(/^echo x+…$/);
  });

  test('is a block that people can read', () => {
    expect(
      renderEvidence({ ...RUN, note: undefined }, '../evidence.schema.json')
        .split('\n')
        .slice(0, 20),
    ).toEqual([
      '# yaml-language-server: $schema=../evidence.schema.json',
      '#',
      '# What one check was seen to do, written by `npx toolbox-constructs verify`, or by `npx toolbox-constructs ' +
        'verify --record` when a person saw it.',
      '# Do not edit: the seal detects changes.',
      'schemaVersion: 1',
      'check: gateway-health',
      'method: run',
      'outcome: passed',
      'command: docker compose -f dist/compose/docker-compose.draft.yml run --rm mcp-gateway --health-check',
      'exitCode: 0',
      `outputDigest: ${DIGEST}`,
      'outputTail: |',
      '  initialised',
      '  \ttools: 3',
      'tools:',
      '  - name: compose',
      "    version: '2.40.0'",
      '  - name: docker',
      "    version: '28.4.0'",
      'by: Ann Example',
    ]);
  });

  test.each<[string, Partial<EvidenceContent>, string]>([
    ['a name of no check', { check: 'Gateway' }, '`check` is "Gateway"'],
    ['nobody', { by: '' }, '`by` is empty.'],
    ['a day there is not', { at: '2025-02-29T00:00:00Z' }, 'which is not a day and time of the calendar'],
    ['a fingerprint of other parts', { fingerprint: DIGEST }, 'The fingerprint is not that of the parts'],
    ['parts that are not sorted', { parts: [...RUN.parts].reverse() }, '`parts` must be sorted by name'],
    ['a run that passed with exit code 1', { exitCode: 1 }, '`exitCode` must be the number 0'],
    ['a fraction as exit code', { exitCode: 0.5 }, '`exitCode` must be the number 0'],
    ['an exit code of a hand', { method: BY_HAND.method }, '`exitCode` is only in the record of a run'],
  ])('fails to be written with %s, and says so', (_, change, message) => {
    expect(() => renderEvidence({ ...RUN, ...change })).toThrow(UnwritableRecordError);
    expect(() => renderEvidence({ ...RUN, ...change })).toThrow(message);
  });

  test('fails without naming a file, since there is none yet, and with a fix for words', () => {
    try {
      renderEvidence({ ...RUN, by: 'a\nb' });
    } catch (error) {
      expect((error as UnwritableRecordError).findings).toEqual([{
        rule: 'inventory-schema',
        severity: 'error',
        message: '`by` is "a\\nb", which is not one line of text without invisible characters.',
        fix: 'Write one line of text without invisible characters.',
      }]);
    }
    expect.assertions(1);
  });
});

describe('an approval that was written', () => {
  function approvals(text: string): object[] {
    const { record, findings } = Approval.fromText(text, 'a.yaml');
    expect(findings).toEqual([]);
    const { location, ...rest } = record!;
    return [rest];
  }

  test('is read as it was', () => {
    expect(approvals(renderApproval(APPROVAL))).toEqual([APPROVAL]);
  });

  test('is read as it was for any approver and reason, or is refused with a sentence', () => {
    fc.assert(fc.property(hostile, hostile, line, (by, reason, path) => {
      const record = { ...APPROVAL, by, reason, files: [{ path, digest: DIGEST }] };
      let text: string;
      try {
        text = renderApproval(record);
      } catch (error) {
        expect(error).toBeInstanceOf(UnwritableRecordError);
        expect((error as Error).message).toMatch(/^`(?:by|reason|files\[0\]\.path)` is (?:"|empty)/);
        return;
      }
      expect(approvals(text)).toEqual([record]);
      expect(jsYaml.load(text)).toEqual(expect.objectContaining({ by, reason }));
    }), { numRuns: 1000 });
  });

  test('has no files when nothing is productive', () => {
    expect(approvals(renderApproval({ ...APPROVAL, parts: [], fingerprint: fingerprintOf([]), files: [] }))).toEqual([
      { ...APPROVAL, parts: [], fingerprint: fingerprintOf([]), files: [] },
    ]);
  });
});
