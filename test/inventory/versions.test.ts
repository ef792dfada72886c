import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { PinInventory } from '../../src/inventory/pin-inventory';

const GOOD = `
schemaVersion: 1
components:
  - id: ollama
    title: Ollama
    version: '0.12.3'
    runsOn: [host, container]
    image:
      repository: ollama/ollama
      digestMissing: Nobody could look
        it up.
    status: decided
  - id: codex-cli
    title: Codex CLI
    version: '0.42.0'
    runsOn: [container]
    npm:
      name: '@openai/codex'
    status: undecided
    notes: |
      First line.
      Second line.
`;

describe('versions of an inventory', () => {
  test('are pins, sorted by component, with the place of each', () => {
    const versions = PinInventory.fromText(GOOD, 'versions.yaml');
    expect(versions.findings).toEqual([]);
    expect(versions.pins).toEqual([
      {
        component: 'codex-cli',
        title: 'Codex CLI',
        version: '0.42.0',
        runsOn: ['container'],
        npm: { name: '@openai/codex' },
        status: 'undecided',
        notes: 'First line. Second line.',
        location: { file: 'versions.yaml', line: 13, column: 5 },
      },
      {
        component: 'ollama',
        title: 'Ollama',
        version: '0.12.3',
        runsOn: ['container', 'host'],
        image: { repository: 'ollama/ollama', tag: '0.12.3', digestMissing: 'Nobody could look it up.' },
        status: 'decided',
        notes: '',
        location: { file: 'versions.yaml', line: 4, column: 5 },
      },
    ]);
  });

  test('take the tag from the image when it says one', () => {
    const versions = PinInventory.fromText(
      GOOD.replace('repository: ollama/ollama', 'repository: ollama/ollama\n      tag: 0.12.3-rocm'),
      'versions.yaml',
    );
    expect(versions.component('ollama')?.image?.tag).toBe('0.12.3-rocm');
  });

  test('are found by id', () => {
    const versions = PinInventory.fromText(GOOD, 'versions.yaml');
    expect(versions.component('ollama')?.title).toBe('Ollama');
    expect(versions.component('constructor')).toBeUndefined();
  });

  test('name the nearest id for a mistyped one', () => {
    const versions = PinInventory.fromText(GOOD, 'versions.yaml');
    expect(versions.nearest('olama')).toBe('ollama');
    expect(versions.nearest('codex-cil')).toBe('codex-cli');
    expect(versions.nearest('nothing-like-it')).toBeUndefined();
  });

  test('are handed out as copies', () => {
    const versions = PinInventory.fromText(GOOD, 'versions.yaml');
    versions.pins.length = 0;
    expect(versions.pins).toHaveLength(2);
  });

  test('are the same with Windows line ends', () => {
    const versions = PinInventory.fromText(GOOD.replace(/\n/g, '\r\n'), 'versions.yaml');
    expect(versions.findings).toEqual([]);
    expect(versions.pins).toEqual(PinInventory.fromText(GOOD, 'versions.yaml').pins);
  });
});

describe('an inventory file', () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inventory-'));
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function read(content: string | Buffer): PinInventory {
    const file = path.join(folder, 'versions.yaml');
    fs.writeFileSync(file, content);
    return PinInventory.fromFile(file);
  }

  test('may begin with a byte order mark', () => {
    expect(read(`\ufeff${GOOD}`).findings).toEqual([]);
  });

  test('is named with forward slashes, relative to the folder of the project', () => {
    expect(PinInventory.fromFile(path.join(process.cwd(), 'no', 'such.yaml')).findings[0].location?.file).toBe(
      'no/such.yaml',
    );
    expect(PinInventory.fromFile('./no/../no/such.yaml').findings[0].location?.file).toBe('no/such.yaml');
  });

  test('fails when there is none', () => {
    expect(PinInventory.fromFile(path.join(folder, 'none.yaml')).findings).toMatchObject([
      {
        rule: 'inventory-unreadable',
        severity: 'error',
        message: 'The file cannot be read: there is none of that name.',
      },
    ]);
  });

  test('fails when it is a folder', () => {
    expect(PinInventory.fromFile(folder).findings).toMatchObject([
      { rule: 'inventory-unreadable', message: 'This is not a file.' },
    ]);
  });

  test('fails when it has 10 MB', () => {
    expect(read(Buffer.alloc(10_000_000, 'a: b\n')).findings).toMatchObject([
      { rule: 'inventory-unreadable', message: 'The file is bigger than 1 MiB.' },
    ]);
  });

  test('fails when it is not UTF-8', () => {
    expect(read(Buffer.from([0x61, 0x3a, 0x20, 0xff])).findings).toMatchObject([
      { rule: 'inventory-unreadable', message: 'The file is not UTF-8 text.' },
    ]);
  });
});
