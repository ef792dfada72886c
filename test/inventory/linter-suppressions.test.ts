import { SUPPRESSIONS } from './records';
import { LinterSuppressions } from '../../src/inventory/linter-suppressions';

function reported(text: string): string[] {
  const { findings } = LinterSuppressions.fromText(text, 'e.yaml');
  for (const finding of findings) {
    expect(finding).toMatchObject({
      severity: 'error',
      location: { file: 'e.yaml' },
      fix: expect.stringMatching(/^[A-Z].*\w/),
    });
  }
  return findings.map(({ rule, location, message }) => `${location?.line}:${location?.column} ${rule}: ${message}`);
}

describe('linter suppressions', () => {
  test('are read with their places, sorted by linter, check and place', () => {
    const { entries, findings } = LinterSuppressions.fromText(SUPPRESSIONS, 'e.yaml');
    expect(findings).toEqual([]);
    expect(entries).toEqual([
      {
        linter: 'hadolint',
        check: 'DL3008',
        where: 'containers/codex-cli/Dockerfile',
        reason: 'Debian keeps one version of each package.',
        location: { file: 'e.yaml', line: 8, column: 5 },
      },
      {
        linter: 'kube-linter',
        check: 'no-read-only-root-fs',
        where: 'kubernetes/ollama.yaml',
        reason: 'The image writes below /root.',
        location: { file: 'e.yaml', line: 3, column: 5 },
      },
    ]);
  });

  test('are handed out as copies', () => {
    const source = LinterSuppressions.fromText(SUPPRESSIONS, 'e.yaml');
    source.entries.length = 0;
    expect(source.entries).toHaveLength(2);
  });

  test('may name checks as linters do', () => {
    const checks = [
      'CKV_K8S_43',
      'SC2086',
      'MD013',
      '@secretlint/secretlint-rule-basicauth',
      'container-resources',
      'CL-0002',
    ];
    const text = `schemaVersion: 1\nsuppressions:\n${checks.map((check) => `  - {linter: l, check: '${check}', ` +
      'where: \'object a/b of kind Deployment\', reason: r}\n').join('')}`;
    expect(LinterSuppressions.fromText(text, 'e.yaml').findings).toEqual([]);
  });

  test('fail when there is no file', () => {
    expect(LinterSuppressions.fromFile('no/such.yaml').findings).toMatchObject([
      {
        rule: 'inventory-unreadable',
        location: { file: 'no/such.yaml' },
        message: 'The file cannot be read: there is none of that name.',
      },
    ]);
  });
});

describe('linter suppressions that are wrong fail with their line and column:', () => {
  const TWICE = SUPPRESSIONS.split('\n').slice(2, 7).join('\n');

  test.each([
    ['nothing', '', ['1:1 inventory-schema: The file must be a mapping, and is nothing.']],
    ['no list', 'schemaVersion: 1\n', ['1:1 inventory-schema: `suppressions` is missing.']],
    [
      'a mapping',
      'schemaVersion: 1\nsuppressions: {}\n',
      ['2:15 inventory-schema: `suppressions` must be a list, and is a mapping.'],
    ],
    [
      'a later form',
      SUPPRESSIONS.replace('1', '7'),
      ['1:16 inventory-newer: The file has schemaVersion 7; this version of toolbox-constructs supports at most 1.'],
    ],
    [
      'a tag',
      SUPPRESSIONS.replace('hadolint', '!linter hadolint'),
      ['8:13 inventory-syntax: Tags are not allowed: "!linter".'],
    ],
    ['an alias', SUPPRESSIONS.replace('hadolint', '*l'), ['8:13 inventory-syntax: Aliases are not allowed: "*l".']],
    [
      'a control character',
      SUPPRESSIONS.replace('Debian', '\u0007Debian'),
      ['11:13 inventory-syntax: The file has the control character U+0007.'],
    ],
    [
      'an unknown key',
      SUPPRESSIONS.replace('where: kub', 'were: kub'),
      [
        '3:5 inventory-schema: `suppressions[0].where` is missing.',
        '5:5 inventory-schema: There is no key "were" in `suppressions[0]`.',
      ],
    ],
    [
      'no reason',
      SUPPRESSIONS.replace(/ {4}reason: D.*\n/, ''),
      ['8:5 inventory-schema: `suppressions[1].reason` is missing.'],
    ],
    [
      'an empty reason',
      SUPPRESSIONS.replace(/reason: D.*/, "reason: ''"),
      [expect.stringContaining('11:13 inventory-schema: `suppressions[1].reason` is empty')],
    ],
    [
      'every check',
      SUPPRESSIONS.replace('DL3008', "'*'"),
      ['9:12 inventory-schema: `suppressions[1].check` is "*", which is not the id of a linter\'s check.'],
    ],
    [
      'a number as check',
      SUPPRESSIONS.replace('DL3008', '3008'),
      ['9:12 inventory-schema: `suppressions[1].check` must be text, and is the number 3008.'],
    ],
    [
      'a linter of two words',
      SUPPRESSIONS.replace('hadolint', 'hado lint'),
      [expect.stringContaining('8:13 inventory-schema: `suppressions[1].linter` is "hado lint"')],
    ],
    [
      'a place of two lines',
      SUPPRESSIONS.replace('where: kub', 'where: "a\\n"\n    #'),
      [expect.stringContaining('5:12 inventory-schema: `suppressions[0].where` is "a\\n"')],
    ],
    [
      'a suppression twice',
      `${SUPPRESSIONS}${TWICE}\n`,
      [
        '12:5 inventory-duplicate: The suppression of "kube-linter" for "no-read-only-root-fs" at ' +
          '"kubernetes/ollama.yaml" is there twice, first in line 3.',
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(reported(text)).toEqual(expected);
  });
});
