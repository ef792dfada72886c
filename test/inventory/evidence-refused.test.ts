import { BY_HAND, DIGEST, RUN } from './records';
import { Evidence } from '../../src/inventory/evidence';
import { renderEvidence } from '../../src/inventory/render-evidence';
import { Severity } from '../../src/model/finding';

const TEXT = renderEvidence(RUN);
const HAND = renderEvidence(BY_HAND);
const LINES = TEXT.split('\n');

/** The record with the line of a key, and what belongs to it, in other words; without it when they are undefined. */
function withLine(key: string, words?: string): string {
  const first = LINES.findIndex((line) => line.startsWith(`${key}:`));
  const length = LINES.slice(first + 1).findIndex((line) => /^[a-z]/i.test(line) || line === '') + 1;
  return [...LINES.slice(0, first), ...words === undefined ? [] : [words], ...LINES.slice(first + length)].join('\n');
}

/** Nobody fixes a sealed record by hand. */
const AGAIN = /^Revert the change, or remove the file and run "npx toolbox-constructs verify [a-z-]+" again\.$/;
const FIX: Readonly<Record<string, RegExp>> = {
  'inventory-newer': /^Upgrade/,
  'evidence-name': /^Rename it to gateway-health\.yaml, or remove it/,
};

function reported(text: string, file = 'inventories/evidence/gateway-health.yaml'): string[] {
  const { records, findings } = Evidence.fromText(text, file);
  expect(records).toEqual([]);
  for (const finding of findings) {
    expect(finding).toMatchObject({
      severity: Severity.ERROR,
      location: { file },
      fix: expect.stringMatching(FIX[finding.rule] ?? AGAIN),
    });
  }
  return findings.map(({ rule, location, message }) => `${location?.line}:${location?.column} ${rule}: ${message}`);
}

const SEAL_BROKEN = '27:1 evidence-seal: The record was changed after it was written: the seal does not belong to it.';

describe('a record that was changed is noticed:', () => {
  test.each([
    ['the outcome', withLine('outcome', 'outcome: failed'), [SEAL_BROKEN]],
    [
      'the exit code of a failed run',
      renderEvidence({ ...RUN, outcome: 'failed' as typeof RUN.outcome, exitCode: 3 })
        .replace('exitCode: 3', 'exitCode: 0')
        .replace('outcome: failed', 'outcome: passed'),
      [SEAL_BROKEN],
    ],
    ['the command', withLine('command', 'command: true-enough'), [SEAL_BROKEN]],
    ['the output', TEXT.replace('tools: 3', 'tools: 4'), [SEAL_BROKEN]],
    ['the digest of the output', withLine('outputDigest', `outputDigest: sha256:${'0'.repeat(64)}`), [SEAL_BROKEN]],
    ['the version of a program', TEXT.replace("'28.4.0'", "'28.4.1'"), [SEAL_BROKEN]],
    ['who', withLine('by', 'by: Bob'), [SEAL_BROKEN]],
    ['when', withLine('at', "at: '2026-11-23T19:00:00Z'"), [SEAL_BROKEN]],
    ['the note', withLine('note', 'note: On another engine.'), [SEAL_BROKEN]],
    [
      'no note',
      withLine('note'),
      ['26:1 evidence-seal: The record was changed after it was written: the seal does not belong to it.'],
    ],
    [
      'the method',
      withLine('method', 'method: hand').replace(/^(?:exitCode|output).*\n(?: .*\n)*/gm, ''),
      [expect.stringContaining('evidence-seal: The record was changed')],
    ],
    [
      'the fingerprint',
      withLine('fingerprint', `fingerprint: ${DIGEST}`),
      ['21:1 evidence-seal: The fingerprint is not that of the parts below it.', SEAL_BROKEN],
    ],
    [
      'a part',
      TEXT.replace('service codex-cli', 'service codex-cli-2'),
      ['21:1 evidence-seal: The fingerprint is not that of the parts below it.', SEAL_BROKEN],
    ],
    [
      'the digest of a part',
      TEXT.replace('1b1b', '1b1c'),
      ['21:1 evidence-seal: The fingerprint is not that of the parts below it.', SEAL_BROKEN],
    ],
    ['the seal', withLine('seal', `seal: ${DIGEST}`), [SEAL_BROKEN]],
    [
      'the check, in the file of that check',
      withLine('check', 'check: gateway-tools'),
      [SEAL_BROKEN],
      'gateway-tools.yaml',
    ],
    [
      'the file of another check',
      TEXT,
      ['4:1 evidence-name: The record of the check "gateway-health" is in a file called "gateway-tools.yaml".'],
      'e/gateway-tools.yaml',
    ],
    ['the seal, for that of another record', TEXT.replace(/^seal: .*$/m, /^seal: .*$/m.exec(HAND)![0]), [SEAL_BROKEN]],
  ])('%s', (_, text, expected, file = 'gateway-health.yaml') => {
    expect(reported(text, file)).toEqual(expected);
  });

  test('not how it is written', () => {
    const other =
      `\ufeff# mine\n\n${withLine('check', '"check": "gateway-health" # the check').replaceAll('\n', '\r\n')}`.replace(
        '\ufeff',
        '',
      );
    expect(Evidence.fromText(other, 'gateway-health.yaml').findings).toEqual([]);
    expect(Evidence.fromText(other, 'gateway-health.yaml').records).toMatchObject([RUN]);
  });
});

describe('a record that is none fails with its line and column:', () => {
  test.each([
    ['nothing', '', ['1:1 inventory-schema: The file must be a mapping, and is nothing.']],
    ['a comment', '# nothing\n', ['1:1 inventory-schema: The file must be a mapping, and is nothing.']],
    ['a list', '- check: a\n', ['1:1 inventory-schema: The file must be a mapping, and is a list.']],
    ['a word', 'passed\n', ['1:1 inventory-schema: The file must be a mapping, and is the text "passed".']],
    [
      'half a record',
      TEXT.slice(0, TEXT.indexOf('fingerprint:')),
      [
        '3:1 inventory-schema: `fingerprint` is missing.',
        '3:1 inventory-schema: `parts` is missing.',
        '3:1 inventory-schema: `seal` is missing.',
      ],
    ],
    [
      'an unclosed quote',
      withLine('by', "by: 'Ann"),
      [expect.stringMatching(/^\d+:\d+ inventory-syntax: Missing closing 'quote/)],
    ],
    [
      'a merge conflict',
      withLine('outcome', '<<<<<<< ours\noutcome: passed\n=======\noutcome: failed\n>>>>>>> theirs'),
      expect.arrayContaining([expect.stringMatching(/^6:1 inventory-syntax: /)]),
    ],
    [
      'a tab as indentation',
      TEXT.replace('    version', '\tversion'),
      expect.arrayContaining([expect.stringMatching(/^15:1 inventory-syntax: /)]),
    ],
    ['a second document', `${TEXT}---\n${TEXT}`, ['28:1 inventory-syntax: The file has a second document.']],
    ['an anchor', withLine('by', 'by: &me Ann'), ['18:5 inventory-syntax: Anchors are not allowed: "&me".']],
    ['an alias', withLine('by', 'by: *me'), ['18:5 inventory-syntax: Aliases are not allowed: "*me".']],
    ['a tag', withLine('by', 'by: !!binary QQ=='), ['18:5 inventory-syntax: Tags are not allowed: "!!binary".']],
    ['a directive', `%YAML 1.1\n---\n${TEXT}`, ['1:1 inventory-syntax: Directives are not allowed: "%YAML 1.1".']],
    [
      'a control character',
      withLine('by', 'by: A\u001b[31m'),
      ['18:6 inventory-syntax: The file has the control character U+001B.'],
    ],
    [
      'a byte order mark in the middle',
      withLine('by', 'by: \ufeffAnn'),
      ['18:5 inventory-syntax: The file has the control character U+FEFF.'],
    ],
    ['an unknown escape', withLine('by', 'by: "\\q"'), ['18:6 inventory-syntax: There is no escape sequence "\\q".']],
    ['a list as a key', `? [a]\n: b\n${TEXT}`, ['1:3 inventory-syntax: A list or mapping is used as a key.']],
    [
      'a key twice',
      `${TEXT}outcome: passed\n`,
      ['28:1 inventory-duplicate: The key "outcome" is there twice, first in line 6.'],
    ],
    [
      'an unknown key',
      `${TEXT}outcomes: passed\n`,
      ['28:1 inventory-schema: There is no key "outcomes" at the top of the file.'],
    ],
    [
      'a key of every object',
      `${TEXT}__proto__: {}\n`,
      ['28:1 inventory-schema: There is no key "__proto__" at the top of the file.'],
    ],
    [
      'a later form',
      withLine('schemaVersion', 'schemaVersion: 2\nmore: x'),
      ['3:16 inventory-newer: The file has schemaVersion 2; this version of toolbox-constructs supports at most 1.'],
    ],
    ['no form', withLine('schemaVersion'), ['3:1 inventory-schema: `schemaVersion` is missing.']],
    [
      'a form in words',
      withLine('schemaVersion', "schemaVersion: '2'"),
      ['3:16 inventory-schema: `schemaVersion` must be the number 1, and is the text "2".'],
    ],
    [
      'a form of none',
      withLine('schemaVersion', 'schemaVersion: 0'),
      ['3:16 inventory-schema: `schemaVersion` must be the number 1, and is the number 0.'],
    ],
    [
      'a form between',
      withLine('schemaVersion', 'schemaVersion: 1.5'),
      ['3:16 inventory-schema: `schemaVersion` must be the number 1, and is the number 1.5.'],
    ],
    [
      'an endless form',
      withLine('schemaVersion', 'schemaVersion: .inf'),
      ['3:16 inventory-schema: `schemaVersion` must be the number 1, and is the number .inf.'],
    ],
    ['no check', withLine('check'), ['3:1 inventory-schema: `check` is missing.']],
    [
      'a check that is no name',
      withLine('check', 'check: Gateway Health'),
      [
        '4:8 inventory-schema: `check` is "Gateway Health", which is not lower-case letters, digits and hyphens.',
      ],
    ],
    [
      'a check that leads out',
      withLine('check', 'check: ../versions'),
      [expect.stringContaining('4:8 inventory-schema: `check` is "../versions"')],
    ],
    [
      'a check that is a number',
      withLine('check', 'check: 12'),
      ['4:8 inventory-schema: `check` must be text, and is the number 12.'],
    ],
    [
      'another method',
      withLine('method', 'method: guess'),
      ['5:9 inventory-schema: `method` must be `run` or `hand`, and is the text "guess".'],
    ],
    [
      'another outcome',
      withLine('outcome', 'outcome: skipped'),
      ['6:10 inventory-schema: `outcome` must be `passed` or `failed`, and is the text "skipped".'],
    ],
    [
      'an outcome that is true',
      withLine('outcome', 'outcome: true'),
      ['6:10 inventory-schema: `outcome` must be `passed` or `failed`, and is the truth value true.'],
    ],
    [
      'an empty command',
      withLine('command', "command: ''"),
      [expect.stringContaining('7:10 inventory-schema: `command` is empty')],
    ],
    [
      'a command of several lines',
      withLine('command', 'command: |\n  a\n  b'),
      [expect.stringContaining('7:10 inventory-schema: `command` is "a\\nb\\n"')],
    ],
    [
      'a command without end',
      withLine('command', `command: ${'x'.repeat(4001)}`),
      [expect.stringContaining('which is longer than 4000 characters')],
    ],
    [
      'an exit code in quotes',
      withLine('exitCode', "exitCode: '0'"),
      ['8:11 inventory-schema: `exitCode` must be the number 0, since the run passed, and is the text "0".'],
    ],
    [
      'an exit code below 0',
      withLine('exitCode', 'exitCode: -1'),
      ['8:11 inventory-schema: `exitCode` must be the number 0, since the run passed, and is the number -1.'],
    ],
    [
      'half an exit code',
      withLine('exitCode', 'exitCode: 0.5'),
      [expect.stringContaining('8:11 inventory-schema: `exitCode` must be the number 0')],
    ],
    [
      'a huge exit code',
      withLine('exitCode', 'exitCode: 99999999999999999999'),
      [expect.stringContaining('8:11 inventory-schema: `exitCode` must be the number 0')],
    ],
    [
      'a pass with another exit code',
      withLine('exitCode', 'exitCode: 1'),
      ['8:11 inventory-schema: `exitCode` must be the number 0, since the run passed, and is the number 1.'],
    ],
    [
      'a pass without exit code',
      withLine('exitCode'),
      ['3:1 inventory-schema: `exitCode` is missing. The record is that of a run that passed.'],
    ],
    [
      'a run without digest of its output',
      withLine('outputDigest'),
      ['3:1 inventory-schema: `outputDigest` is missing. The record is that of a run.'],
    ],
    [
      'a run without output',
      withLine('outputTail'),
      ['3:1 inventory-schema: `outputTail` is missing. The record is that of a run.'],
    ],
    [
      'output of a hand',
      withLine('method', 'method: hand'),
      [
        '8:1 inventory-schema: `exitCode` is only in the record of a run, and the record was written by hand.',
        '9:1 inventory-schema: `outputDigest` is only in the record of a run, and the record was written by hand.',
        '10:1 inventory-schema: `outputTail` is only in the record of a run, and the record was written by hand.',
      ],
    ],
    [
      'a short digest',
      withLine('outputDigest', 'outputDigest: sha256:abc'),
      ['9:15 inventory-schema: `outputDigest` is "sha256:abc", which has fewer than 64 hexadecimal digits.'],
    ],
    [
      'an upper-case digest',
      withLine('outputDigest', `outputDigest: ${DIGEST.replaceAll('0a', '0A')}`),
      [expect.stringContaining('which has upper-case letters')],
    ],
    [
      'another algorithm',
      withLine('outputDigest', `outputDigest: md5:${'0'.repeat(32)}`),
      [expect.stringContaining('which is not `sha256:` and 64')],
    ],
    [
      'an escaped control character',
      withLine('outputTail', 'outputTail: "\\e[2J"'),
      ['10:13 inventory-schema: `outputTail` is "\\u001b[2J", which is not text without invisible characters.'],
    ],
    [
      'a direction mark',
      withLine('outputTail', 'outputTail: "\\u202E"'),
      [expect.stringContaining('`outputTail` is "\\u202e"')],
    ],
    [
      'half a character',
      withLine('outputTail', 'outputTail: "\\uD800"'),
      [expect.stringContaining('`outputTail` is "\\ud800"')],
    ],
    [
      'more output than fits',
      withLine('outputTail', `outputTail: '${'x'.repeat(8001)}'`),
      [expect.stringContaining('which is longer than 8000 characters')],
    ],
    [
      'programs that are no list',
      withLine('tools', 'tools: docker'),
      ['13:8 inventory-schema: `tools` must be a list, and is the text "docker".'],
    ],
    [
      'a program without version',
      TEXT.replace(/ {4}version: '28.4.0'\n/, ''),
      ['16:5 inventory-schema: `tools[1].version` is missing.'],
    ],
    [
      'a version that is a number',
      TEXT.replace("version: '28.4.0'", 'version: 28.40'),
      ['17:14 inventory-schema: `tools[1].version` must be text, and is the number 28.40.'],
    ],
    [
      'a program twice',
      TEXT.replace('name: docker', 'name: compose'),
      ['16:5 inventory-duplicate: `tools` has "compose" twice.'],
    ],
    [
      'programs out of order',
      TEXT.replace('name: docker', 'name: buildx'),
      ['16:5 inventory-schema: `tools` must be sorted by name, and "buildx" comes after "compose".'],
    ],
    ['nobody', withLine('by', 'by:'), ['18:4 inventory-schema: `by` must be text, and is nothing.']],
    [
      'a date without time',
      withLine('at', "at: '2026-11-22'"),
      ['19:5 inventory-schema: `at` is "2026-11-22", which is not a moment in UTC.'],
    ],
    [
      'a day there is not',
      withLine('at', 'at: 2026-11-31T19:00:00Z'),
      ['19:5 inventory-schema: `at` is "2026-11-31T19:00:00Z", which is not a day and time of the calendar.'],
    ],
    [
      'a leap day in another year',
      withLine('at', 'at: 2100-02-29T19:00:00Z'),
      [expect.stringContaining('which is not a day and time of the calendar')],
    ],
    [
      'an hour there is not',
      withLine('at', 'at: 2026-11-22T24:00:00Z'),
      [expect.stringContaining('which is not a day and time of the calendar')],
    ],
    [
      'another time zone',
      withLine('at', 'at: 2026-11-22T19:00:00+01:00'),
      [expect.stringContaining('which is not a moment in UTC')],
    ],
    [
      'a part of a second',
      withLine('at', 'at: 2026-11-22T19:00:00.5Z'),
      [expect.stringContaining('which is not a moment in UTC')],
    ],
    [
      'seconds since then',
      withLine('at', 'at: 1795374000'),
      ['19:5 inventory-schema: `at` must be text, and is the number 1795374000.'],
    ],
    ['an empty note', withLine('note', "note: ' '"), [expect.stringContaining('20:7 inventory-schema: `note` is " "')]],
    [
      'parts as a mapping',
      withLine('parts', 'parts: {a: b}'),
      ['22:8 inventory-schema: `parts` must be a list, and is a mapping.'],
    ],
    [
      'a part without digest',
      TEXT.replace(/ {4}digest: sha256:1b.*\n/, ''),
      ['23:5 inventory-schema: `parts[0].digest` is missing.'],
    ],
    [
      'a part that is a word',
      withLine('parts', 'parts: [all]'),
      ['22:9 inventory-schema: `parts[0]` must be a mapping, and is the text "all".'],
    ],
    [
      'a part twice',
      TEXT.replace('service codex-cli', 'pin ollama'),
      ['25:5 inventory-duplicate: `parts` has "pin ollama" twice.'],
    ],
    [
      'parts out of order',
      TEXT.replace('service codex-cli', 'network a'),
      ['25:5 inventory-schema: `parts` must be sorted by name, and "network a" comes after "pin ollama".'],
    ],
    ['no seal', withLine('seal'), ['3:1 inventory-schema: `seal` is missing.']],
    [
      'a seal of words',
      withLine('seal', 'seal: trust me'),
      [expect.stringContaining('`seal` is "trust me", which is not `sha256:`')],
    ],
  ])('%s', (_, text, expected) => {
    expect(reported(text)).toEqual(expected);
  });
});
