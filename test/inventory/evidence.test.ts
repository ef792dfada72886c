import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { BY_HAND, RUN } from './records';
import { Evidence } from '../../src/inventory/evidence';
import { renderEvidence } from '../../src/inventory/render-evidence';
import { schemaPath } from '../../src/inventory/schema-path';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'evidence-'));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function put(name: string, content: string | Buffer): void {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), content);
}

function reported(): string[] {
  return Evidence.fromDirectory(folder).findings.map(({ rule, severity, location, message }) => {
    return `${path.basename(location?.file ?? '')}:${location?.line} ${severity} ${rule}: ${message}`;
  });
}

describe('the folder of the evidence', () => {
  test('gives every record, sorted by check, with its place', () => {
    put('gateway-health.yaml', renderEvidence(RUN));
    put('build.yaml', renderEvidence(BY_HAND, '../evidence.schema.json'));
    const evidence = Evidence.fromDirectory(folder);
    const file = (name: string): string =>
      path.relative(process.cwd(), path.join(folder, name)).split(path.sep).join('/');
    expect(evidence.findings).toEqual([]);
    expect(evidence.directory).toBe(file('.'));
    expect(evidence.records).toEqual([
      { ...BY_HAND, location: { file: file('build.yaml'), line: 6, column: 1 } },
      { ...RUN, location: { file: file('gateway-health.yaml'), line: 4, column: 1 } },
    ]);
  });

  test('may be missing or empty: then nothing was proven yet', () => {
    const missing = Evidence.fromDirectory('no/such/evidence');
    expect([missing.records, missing.findings, missing.directory]).toEqual([[], [], 'no/such/evidence']);
    expect(Evidence.fromDirectory(folder).findings).toEqual([]);
  });

  test('may have texts that explain, and what systems and killed runs leave', () => {
    for (const name of [
      'README.md',
      '.gitkeep',
      '.DS_Store',
      '.toolbox-new-0a0a0a0a-12-0123456789abcdef',
      '.hidden.yaml',
    ]) {
      put(name, 'anything: [');
    }
    expect(reported()).toEqual([]);
  });

  test('reports files that are not records, and does not read them', () => {
    put('build.yml', renderEvidence(BY_HAND));
    put('build.yaml.orig', renderEvidence(BY_HAND));
    put('old/build.yaml', renderEvidence(BY_HAND));
    put('target', renderEvidence(BY_HAND));
    fs.renameSync(path.join(folder, 'target'), path.join(folder, '.target'));
    fs.symlinkSync('.target', path.join(folder, 'linked.yaml'));
    expect(reported()).toEqual(
      ['build.yaml.orig', 'build.yml', '"linked.yaml", a symbolic link,', '"old", a folder,'].map(
        (name) =>
          `${path.basename(folder)}:1 warning evidence-foreign: ${name.startsWith('"') ? name : `"${name}"`} is no ` +
            'record, and is not read.',
      ),
    );
    expect(Evidence.fromDirectory(folder).records).toEqual([]);
  });

  test('believes the good records beside a broken one', () => {
    put('gateway-health.yaml', renderEvidence(RUN).replace('outcome: passed', 'outcome: failed'));
    put('build.yaml', renderEvidence(BY_HAND));
    expect(reported()).toEqual([
      'gateway-health.yaml:27 error evidence-seal: The record was changed after it was written: the seal does not ' +
        'belong to it.',
    ]);
    expect(Evidence.fromDirectory(folder).records.map(({ check }) => check)).toEqual(['build']);
  });

  test('believes no record in the file of another check', () => {
    put('gateway-tools.yaml', renderEvidence(RUN));
    expect(reported()).toEqual([
      'gateway-tools.yaml:4 error evidence-name: The record of the check "gateway-health" is in a file called ' +
        '"gateway-tools.yaml".',
    ]);
    expect(Evidence.fromDirectory(folder).records).toEqual([]);
  });

  test.each<[string, string | Buffer, string]>([
    ['empty', '', 'inventory-schema: The file must be a mapping, and is nothing.'],
    ['huge', Buffer.alloc(1024 * 1024 + 1, 'a: b\n'), 'inventory-unreadable: The file is bigger than 1 MiB.'],
    ['not UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff]), 'inventory-unreadable: The file is not UTF-8 text.'],
    [
      'UTF-16',
      Buffer.from(`\ufeff${renderEvidence(RUN)}`, 'utf16le'),
      'inventory-unreadable: The file is not UTF-8 text.',
    ],
    [
      'a program',
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0]),
      'inventory-syntax: The file has the control character U+007F.',
    ],
  ])('fails with a record that is %s', (_, content, message) => {
    put('gateway-health.yaml', content);
    expect(reported()).toEqual([`gateway-health.yaml:1 error ${message}`]);
    expect(Evidence.fromDirectory(folder).findings[0].fix).toBe(
      'Revert the change, or remove the file and run "npx toolbox-constructs verify gateway-health" again.',
    );
  });

  test('reads a record with a byte order mark', () => {
    put('gateway-health.yaml', `\ufeff${renderEvidence(RUN)}`);
    expect(Evidence.fromDirectory(folder).records).toMatchObject([RUN]);
  });

  test('fails when it is a file', () => {
    put('evidence', '');
    const { findings } = Evidence.fromDirectory(path.join(folder, 'evidence'));
    expect(findings).toMatchObject([
      { rule: 'inventory-unreadable', severity: 'error', message: 'The folder cannot be read: it is no folder.' },
    ]);
  });
});

test('a mebibyte of hostile text in a record is refused in seconds', () => {
  const filled = (text: string): string => text.repeat(Math.floor(1024 * 1024 / text.length));
  const hostile = [
    filled('['),
    filled('a: b\n'),
    filled('- name: a\n'),
    `outputTail: "${filled('\\x41')}"`,
    `outputTail: |\n${filled('  x\n')}`,
    `parts: [${filled('{},')}]`,
    `command: ${filled('a ')}`,
    `at: ${filled('2')}`,
    filled('"\\\n'),
  ];
  for (const text of hostile) {
    const start = process.cpuUsage();
    const { findings, records } = Evidence.fromText(text, 'a.yaml');
    expect([records.length, findings.length > 0, findings.length <= 51]).toEqual([0, true, true]);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(3);
  }
});

test('nothing is loaded to read what is not there', () => {
  const script = `
    require('./bin/register.js');
    const { Evidence } = require('./src/inventory/evidence.ts');
    const { Approval } = require('./src/inventory/approval.ts');
    Evidence.fromDirectory('no/such/folder');
    Approval.fromFile('no/such/file.yaml');
    process.stdout.write(String(Object.keys(require.cache).some((file) => /node_modules.yaml/.test(file))));
  `;
  expect(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toMatchObject({
    stdout: 'false',
    stderr: '',
  });
});

describe('the schema of a record', () => {
  test('is the project\'s own, or that of the library it has installed', () => {
    expect(schemaPath(folder, 'inventories/evidence/a.yaml', 'evidence')).toBeUndefined();
    put('node_modules/toolbox-constructs/inventories/evidence.schema.json', '{}');
    expect(schemaPath(folder, 'inventories/evidence/a.yaml', 'evidence')).toBe(
      '../../node_modules/toolbox-constructs/inventories/evidence.schema.json',
    );
    put('inventories/evidence.schema.json', '{}');
    expect(schemaPath(folder, 'inventories/evidence/a.yaml', 'evidence')).toBe('../evidence.schema.json');
    expect(schemaPath(folder, 'inventories/a.yaml', 'evidence')).toBe('./evidence.schema.json');
  });
});
