import * as fs from 'node:fs';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { compileSchema, pathsOf, setAt } from './changed';
import { PinInventory } from '../../src/inventory/pin-inventory';

const accepts = compileSchema('versions');
const FILE = fs.readFileSync('inventories/versions.yaml', 'utf8');
const DIGEST = `sha256:${'0a'.repeat(32)}`;

/** JSON is YAML, and says beyond doubt what is text and what is not. */
function isRead(document: unknown): boolean {
  const { findings } = PinInventory.fromText(JSON.stringify(document), 'v.yaml');
  // that ids are unique is the one thing a JSON schema cannot say
  return findings.every((finding) => finding.rule === 'inventory-duplicate');
}

const REFERENCE: unknown = {
  schemaVersion: 1,
  components: [
    {
      id: 'a',
      title: 'A',
      version: '1.0',
      runsOn: ['host'],
      image: { repository: 'r.example:5000/a/b', digest: DIGEST },
      status: 'decided',
      notes: 'n',
    },
    {
      id: 'b',
      title: 'B',
      runsOn: ['host', 'container'],
      image: { repository: 'b', tag: 't', digestMissing: 'x' },
      status: 'undecided',
    },
    {
      id: 'c',
      title: 'C',
      version: '2',
      runsOn: ['container'],
      npm: { name: '@a/b', integrity: `sha512-${'A'.repeat(86)}==` },
      status: 'decided',
    },
    { id: 'd', title: 'D', version: '1.0+b', runsOn: ['container'], status: 'decided' },
  ],
};

const PATHS = pathsOf(REFERENCE);
const KEYS = [
  'id',
  'title',
  'version',
  'runsOn',
  'image',
  'npm',
  'status',
  'notes',
  'tag',
  'digest',
  'digestMissing',
  'repository',
  'integrity',
  'name',
  'x',
];

const value = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    1,
    0,
    1.1,
    '',
    ' ',
    'a',
    'A',
    'latest',
    'v1+b',
    'a:1',
    'a/b',
    'A/b',
    'a//b',
    '-a',
    'a_b',
    'a__b',
    'a___b',
    DIGEST,
    DIGEST.toUpperCase(),
    'sha256:abc',
    'host',
    'container',
    'decided',
    'undecided',
    [],
    {},
    ['host'],
    ['host', 'host'],
    ['cloud'],
    { repository: 'a', digest: DIGEST },
    { repository: 'a', digestMissing: 'x', digest: DIGEST },
    { repository: 'a', tag: 'b', digestMissing: 'x' },
    { name: 'a' },
    'a\nb',
    '\na',
    'a\n',
    '\t',
    'a\tb',
    '\u0007',
    '\u202e',
    '\u200b',
    '\ufeff',
    '\u2028',
    '\ud800',
    '\u{1f600}',
    'a'.repeat(64),
    'a'.repeat(63),
    'x'.repeat(2001),
    '\u{1f600}'.repeat(100),
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.stringMatching(/^[a-z0-9._/:@-]{0,12}$/),
);

const mutation = fc.oneof(
  fc.record({ steps: fc.constantFrom(...PATHS), value }),
  fc.record({ steps: fc.tuple(fc.constant('components'), fc.nat(3), fc.constantFrom(...KEYS)), value }),
  fc.record({
    steps: fc.tuple(fc.constant('components'), fc.nat(1), fc.constant('image'), fc.constantFrom(...KEYS)),
    value,
  }),
);

describe('the JSON schema and the reader', () => {
  test('accept the inventory of this project', () => {
    expect(accepts(parse(FILE))).toBe(true);
    expect(PinInventory.fromText(FILE, 'v.yaml').findings).toEqual([]);
  });

  test('accept the same reference document', () => {
    expect([accepts(REFERENCE), isRead(REFERENCE)]).toEqual([true, true]);
  });

  test('judge every single change alike', () => {
    fc.assert(fc.property(mutation, ({ steps, value: changed }) => {
      const document = setAt(REFERENCE, steps, changed);
      expect(isRead(document)).toBe(accepts(document));
    }), { numRuns: 4000 });
  });

  test('judge a file alike, whatever way it is written', () => {
    fc.assert(fc.property(mutation, ({ steps, value: changed }) => {
      const document = setAt(REFERENCE, steps, changed);
      const read = PinInventory.fromText(stringify(document, { aliasDuplicateObjects: false }), 'v.yaml').findings;
      const isClean = read.every((finding) => finding.rule === 'inventory-duplicate');
      fc.pre(!read.some((finding) => finding.rule === 'inventory-syntax'));
      expect(isClean).toBe(accepts(document));
    }), { numRuns: 1000 });
  });
});
