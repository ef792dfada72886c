import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { APPROVAL, DIGEST, RUN } from './records';
import { Approval } from '../../src/inventory/approval';
import { renderApproval } from '../../src/inventory/render-approval';
import { renderEvidence } from '../../src/inventory/render-evidence';

const TEXT = renderApproval(APPROVAL);
const FILES = TEXT.split('\n').findIndex((line) => line === 'files:') + 1;
const SEAL = TEXT.split('\n').findIndex((line) => line.startsWith('seal:')) + 1;

const AGAIN = /^Revert the change, or remove the file and run "npx toolbox-constructs approve" again\.$/;

function reported(text: string): string[] {
  const { record, findings } = Approval.fromText(text, 'inventories/approval.yaml');
  expect(record).toBeUndefined();
  for (const finding of findings) {
    expect(finding).toMatchObject({
      severity: 'error',
      location: { file: 'inventories/approval.yaml' },
      fix: expect.stringMatching(finding.rule === 'inventory-newer' ? /^Upgrade/ : AGAIN),
    });
  }
  return findings.map(({ rule, location, message }) => `${location?.line}:${location?.column} ${rule}: ${message}`);
}

describe('an approval', () => {
  test('is read with its place', () => {
    const approval = Approval.fromText(TEXT, 'inventories/approval.yaml');
    expect(approval.findings).toEqual([]);
    expect(approval.record).toEqual({
      ...APPROVAL,
      location: { file: 'inventories/approval.yaml', line: 4, column: 1 },
    });
    expect(approval.file).toBe('inventories/approval.yaml');
  });

  test('was never given when there is no file, which is no mistake', () => {
    const approval = Approval.fromFile('no/such/approval.yaml');
    expect([approval.record, approval.findings, approval.file]).toEqual([undefined, [], 'no/such/approval.yaml']);
  });

  test('fails when it is a folder, no text or below a file', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'approval-'));
    fs.writeFileSync(path.join(folder, 'approval.yaml'), Buffer.from([0x61, 0xff]));
    expect(Approval.fromFile(folder).findings).toMatchObject([
      { rule: 'inventory-unreadable', message: 'This is not a file.' },
    ]);
    expect(Approval.fromFile(path.join(folder, 'approval.yaml')).findings).toMatchObject([
      { rule: 'inventory-unreadable', message: 'The file is not UTF-8 text.' },
    ]);
    expect(Approval.fromFile(path.join(folder, 'approval.yaml', 'x')).findings).toMatchObject([
      { rule: 'inventory-unreadable', message: 'The file cannot be read: it is no folder.' },
    ]);
    fs.rmSync(folder, { recursive: true });
  });
});

describe('an approval that cannot be believed fails with its line and column:', () => {
  const broken = `${SEAL}:1 approval-seal: The record was changed after it was written: the seal does not belong to ` +
    'it.';

  test.each([
    ['another person', TEXT.replace('Ann Example', 'Bob Example'), [broken]],
    ['another reason', TEXT.replace('two people', 'nobody'), [broken]],
    ['another day', TEXT.replace('2026-11-22', '2026-11-23'), [broken]],
    ['another file', TEXT.replace('compose/docker-compose.yml', 'compose/docker-compose.yaml'), [broken]],
    ['other bytes of a file', TEXT.replace(DIGEST, `sha256:${'0b'.repeat(32)}`), [broken]],
    [
      'a file less',
      TEXT.replace(/ {2}- path: kubernetes.*\n.*\n/, ''),
      [broken.replace(String(SEAL), String(SEAL - 2))],
    ],
    [
      'another fingerprint',
      TEXT.replace(/fingerprint: .*/, `fingerprint: ${DIGEST}`),
      ['9:1 approval-seal: The fingerprint is not that of the parts below it.', broken],
    ],
    [
      'evidence',
      renderEvidence(RUN).replace('Never', 'ever'),
      expect.arrayContaining(['4:1 inventory-schema: There is no key "check" at the top of the file.']),
    ],
    ['nothing', '', ['1:1 inventory-schema: The file must be a mapping, and is nothing.']],
    [
      'a later form',
      TEXT.replace('schemaVersion: 1', 'schemaVersion: 2'),
      ['3:16 inventory-newer: The file has schemaVersion 2; this version of toolbox-constructs supports at most 1.'],
    ],
    ['a second document', `${TEXT}---\n`, [`${SEAL + 1}:1 inventory-syntax: The file has a second document.`]],
    [
      'a key twice',
      `${TEXT}by: Bob\n`,
      [`${SEAL + 1}:1 inventory-duplicate: The key "by" is there twice, first in line 4.`],
    ],
    [
      'an unknown key',
      `${TEXT}until: '2026-12-31'\n`,
      [`${SEAL + 1}:1 inventory-schema: There is no key "until" at the top of the file.`],
    ],
    ['an anchor', TEXT.replace('by: ', 'by: &me '), ['4:5 inventory-syntax: Anchors are not allowed: "&me".']],
    ['nobody', TEXT.replace(/^by.*\n/m, ''), ['3:1 inventory-schema: `by` is missing.']],
    [
      'no reason',
      TEXT.replace(/^reason:.*\n( .*\n)*/m, 'reason:\n'),
      ['5:8 inventory-schema: `reason` must be text, and is nothing.'],
    ],
    [
      'a reason of blanks',
      TEXT.replace(/^reason:.*\n( .*\n)*/m, 'reason: "  "\n'),
      [expect.stringContaining('5:9 inventory-schema: `reason` is "  "')],
    ],
    [
      'no day',
      TEXT.replace('2026-11-22', '2026-02-29'),
      ['8:5 inventory-schema: `at` is "2026-02-29T19:00:00Z", which is not a day and time of the calendar.'],
    ],
    [
      'files that are no list',
      TEXT.replace(/^files:\n( .*\n)*/m, 'files: all\n'),
      [`${FILES}:8 inventory-schema: \`files\` must be a list, and is the text "all".`],
    ],
    [
      'files without bytes',
      TEXT.replace(/(docker-compose.yml\n).*\n/, '$1'),
      [`${FILES + 1}:5 inventory-schema: \`files[0].digest\` is missing.`],
    ],
    [
      'a file that leads out',
      TEXT.replace('kubernetes/kustom', 'x/../../kustom'),
      [
        `${FILES + 3}:11 inventory-schema: \`files[1].path\` is "x/../../kustomization.yaml", which leads out of the ` +
          'folder.',
      ],
    ],
    [
      'a file on a drive',
      TEXT.replace('kubernetes/', 'c:/etc/'),
      [`${FILES + 3}:11 inventory-schema: \`files[1].path\` is "c:/etc/kustomization.yaml", which is absolute.`],
    ],
    [
      'a file with a colon',
      TEXT.replace('kubernetes/', 'abc:/'),
      [expect.stringContaining('is "abc:/kustomization.yaml", which is not a path below the output folder')],
    ],
    [
      'a moment with more around it',
      TEXT.replace(/at: .*/, "at: '2026-02-29T19:00:00Z, or so'"),
      [expect.stringContaining('is "2026-02-29T19:00:00Z, or so", which is not a moment in UTC')],
    ],
    [
      'a moment with more before it',
      TEXT.replace(/at: .*/, "at: 'on 2026-02-29T19:00:00Z'"),
      [expect.stringContaining('is "on 2026-02-29T19:00:00Z", which is not a moment in UTC')],
    ],
    [
      'a file by its whole path',
      TEXT.replace('kubernetes/', '/etc/'),
      [`${FILES + 3}:11 inventory-schema: \`files[1].path\` is "/etc/kustomization.yaml", which is absolute.`],
    ],
    [
      'a file of Windows',
      TEXT.replace('kubernetes/', 'x\\'),
      [
        expect.stringContaining(
          `${FILES + 3}:11 inventory-schema: \`files[1].path\` is "x\\\\kustomization.yaml", which is not a path`,
        ),
      ],
    ],
    [
      'an empty folder name',
      TEXT.replace('kubernetes/', 'kubernetes//'),
      [expect.stringContaining('which is not a path below the output folder')],
    ],
    [
      'files out of order',
      TEXT.replace('kubernetes/', 'a/'),
      [
        `${FILES + 3}:5 inventory-schema: \`files\` must be sorted by path, and "a/kustomization.yaml" comes after ` +
          '"compose/docker-compose.yml".',
      ],
    ],
    [
      'a file twice',
      TEXT.replace('kubernetes/kustomization.yaml', 'compose/docker-compose.yml'),
      [`${FILES + 3}:5 inventory-duplicate: \`files\` has "compose/docker-compose.yml" twice.`],
    ],
  ])('%s', (_, text, expected) => {
    expect(reported(text)).toEqual(expected);
  });
});
