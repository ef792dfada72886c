import * as fc from 'fast-check';
import * as jsYaml from 'js-yaml';
import * as yaml from 'yaml';
import { YamlValue, yamlText } from '../../src/util/yaml-text';
import { hostileInputs } from '../hostile/emitters';

const READERS: readonly [string, (text: string) => unknown][] = [
  ['yaml 1.2', (text) => yaml.parse(text)],
  ['yaml 1.1', (text) => yaml.parse(text, { version: '1.1', merge: true })],
  ['js-yaml', (text) => jsYaml.load(text)],
];

function readEverywhere(value: YamlValue): void {
  const text = yamlText(value);
  for (const [reader, read] of READERS) {
    expect({ reader, text, value: read(text) }).toEqual({ reader, text, value });
  }
}

const visible = fc.string({
  unit: fc.constantFrom(...'ab0:#-\'"\\ \n\t\r?!&*%@`|>{}[],~=.eE+_$\u00e9\u2028\u{1f600}'),
});
const numberLike = fc.constantFrom(
  '1e3',
  '123e4567',
  '0x1f',
  '0o17',
  '1_000',
  '12:30:45',
  '2001-01-01',
  '.5',
  '+.inf',
  '<<',
  '=',
  'y',
  'No',
  '~',
  '0b1',
);
const text = fc
  .oneof(visible, numberLike, fc.string(), fc.string({ unit: 'grapheme' }))
  .filter((one) => !/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]/.test(one));
const { document } = fc.letrec<{ document: YamlValue }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom(0.5, 1.25, -3.75),
    fc.array(tie('document'), { maxLength: 4 }),
    fc.dictionary(text, tie('document'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('the YAML writer', () => {
  test.each(['e0', 'E1', 'e-5'])('quotes the key %s, an exponent without a number to YAML 1.1', (key) => {
    readEverywhere({ [key]: 'x' });
  });

  test('writes documents that three readers take the same way', () => {
    fc.assert(fc.property(document, readEverywhere), { numRuns: 2000 });
  });

  test('writes text that is read back the same, as value, as item and as key', () => {
    fc.assert(
      fc.property(text, (one) => readEverywhere({ value: one, list: [one, [one]], [one]: 'key' })),
      { numRuns: 2000 },
    );
  });

  test.each([
    'text',
    'two words',
    '/dev/null',
    './shared',
    '--max-time',
    '-c',
    'http://127.0.0.1:7700/health',
    'a/b:v1.2@sha256:0a',
    '30s',
    '512Mi',
  ])('writes %s plain', (one) => {
    expect(yamlText({ one })).toBe(`one: ${one}\n`);
    readEverywhere({ one, list: [one], nested: [[one]] });
  });

  test.each([
    '',
    ' a',
    'a ',
    'a: b',
    'a:',
    'a #b',
    '12:30',
    '127.0.0.1',
    '1e3',
    '0x1f',
    '1_000',
    '2001-01-01',
    '.5',
    '-.inf',
    '- a',
    '-1',
    'e0',
    '-e5',
    'yes',
    'Null',
    '~',
    '=',
    '<<',
    '*a',
    '&a',
    '!a',
    '%a',
    '@a',
    '`a',
    '{a}',
    '[a]',
    '| a',
    '> a',
    '? a',
    '$A',
    'caf\u00e9',
    '10',
    '.env',
    '---',
  ])('quotes %j', (one) => {
    expect(yamlText({ one })).toMatch(/^one: ['"]/);
    readEverywhere({ one, list: [one], nested: [[one]] });
  });

  test('quotes strings and keys only where they need it', () => {
    expect(yamlText({ 'plain-key': 'text', 'no': 'no', 'app/name': "it's", 'tab': 'a\tb', 'count': 3 }))
      .toBe("plain-key: text\n'no': 'no'\napp/name: 'it''s'\ntab: \"a\\tb\"\ncount: 3\n");
  });

  test('nests lists and maps without room for doubt', () => {
    expect(yamlText({ a: [{ b: ['c', []], d: {} }, [['e']]], f: { g: { h: null } } }))
      .toBe('a:\n  - b:\n      - c\n      - []\n    d: {}\n  - - - e\nf:\n  g:\n    h: null\n');
  });

  test('keeps lines readable in a literal block', () => {
    expect(yamlText({ file: '# head\n\n  indented\nlast\n' })).toBe('file: |\n  # head\n\n    indented\n  last\n');
  });

  test('quotes a text with spaces at the end of a line, which editors trim', () => {
    expect(yamlText({ a: 'x \ny\n', b: 'x\n  \ny\n' })).toBe('a: "x \\ny\\n"\nb: "x\\n  \\ny\\n"\n');
  });

  test('keeps a text without a final line feed as a block, with tabs within its lines', () => {
    expect(yamlText({ a: 'x\ty\nz' })).toBe('a: |-\n  x\ty\n  z\n');
  });

  test('takes a document of one scalar, and a map without a prototype', () => {
    expect([yamlText('x'), yamlText('x\ny\n'), yamlText(1), yamlText([]), yamlText({})]).toEqual([
      'x\n',
      '"x\\ny\\n"\n',
      '1\n',
      '[]\n',
      '{}\n',
    ]);
    expect(yamlText(Object.assign(Object.create(null) as object, { a: 'x' }))).toBe('a: x\n');
  });

  test('quotes a key that is a word for something else, and none that only begins like one', () => {
    expect(yamlText({ yes: 1, yesterday: 1, e12: 1, e12a: 1, Null: 1 })).toBe(
      "'yes': 1\nyesterday: 1\n'e12': 1\ne12a: 1\n'Null': 1\n",
    );
  });

  test('leaves out properties that are undefined', () => {
    expect(yamlText({ a: undefined, b: 'x' })).toBe('b: x\n');
  });

  test('escapes invisible characters so that a reviewer sees them', () => {
    expect(yamlText({ a: 'x\u202ey\u200b\u{e0041}' })).toBe('a: "x\\u202ey\\u200b\\U000e0041"\n');
  });

  test('fails on what YAML readers do not agree about, with its place', () => {
    const cyclic: Record<string, YamlValue> = {};
    cyclic.self = [cyclic];
    expect(() => yamlText(cyclic)).toThrow('Cannot write "self.0" as YAML: it contains itself.');
    expect(() => yamlText({ when: new Date(0) as unknown as YamlValue })).toThrow(
      'Cannot write "when" as YAML: it is neither',
    );
    expect(() => yamlText({ run: [(() => 1) as unknown as YamlValue] })).toThrow(
      'Cannot write "run.0" as YAML: YAML has no function',
    );
    expect(() => yamlText([undefined as unknown as YamlValue])).toThrow('YAML has no undefined');
    expect(() => yamlText({ a: { ['k'.repeat(1025)]: 1 } })).toThrow(
      'Cannot write "a.kkkkkkkkkkkkkkkkkkkk" as YAML: a key has at most 1024 characters.',
    );
    expect(jsYaml.load(yamlText({ ['k'.repeat(1024)]: 1 }))).toEqual({ ['k'.repeat(1024)]: 1 });
    for (const number of [NaN, Infinity, 1e21, 1e-7]) {
      expect(() => yamlText({ number })).toThrow(
        `Cannot write "number" as YAML: ${number} has no form that all readers agree on.`,
      );
    }
    expect(() => yamlText(new Date(0) as unknown as YamlValue)).toThrow(
      'Cannot write the document as YAML: it is neither',
    );
    expect(() => yamlText({ a: 'xy\u0001' })).toThrow(
      'Cannot write "a" as YAML: it has the character U+0001 at position 3, which YAML readers do not agree on.',
    );
    expect(yamlText([-0])).toBe('- 0\n');
  });
});

describe('hostile YAML', () => {
  test.each(hostileInputs('yaml-value').filter((one) => !one.name.startsWith('control')))(
    'value $name is the same string in every reader',
    ({ input }) => {
      readEverywhere({ value: input as string, list: [input as string] });
    },
  );

  test.each(hostileInputs('yaml-value').filter((one) => one.name.startsWith('control')))(
    'fails on $name with the place',
    ({ input }) => {
      expect(() => yamlText({ a: { b: input as string } })).toThrow(
        'Cannot write "a.b" as YAML: it has the character U+',
      );
    },
  );

  test.each(hostileInputs('yaml-key').filter((one) => one.input !== '\ufeffx'))(
    '$name is read back as an own property',
    ({ input }) => {
      const map: Record<string, YamlValue> = Object.fromEntries([[input as string, 'value']]);
      for (const [, read] of READERS) {
        const back = read(yamlText(map)) as object;
        expect(Object.getOwnPropertyNames(back)).toEqual([input]);
        expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
      }
    },
  );

  test('fails on a key with a byte order mark', () => {
    expect(() => yamlText({ '\ufeffx': 'value' })).toThrow('U+FEFF');
  });

  test('a shared object is written twice, without anchors', () => {
    const shared = { x: 'y' };
    expect(yamlText({ a: shared, b: [shared] })).toBe("a:\n  x: 'y'\nb:\n  - x: 'y'\n");
  });

  test.each([{ a: {}, b: [] }, { block: 'a  \nb\n' }, { tag: '!!python/object/apply:os.system ["id"]' }])(
    'structure %j is kept',
    (value) => {
      readEverywhere(value);
    },
  );
});
