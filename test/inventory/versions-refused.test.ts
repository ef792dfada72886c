import IMAGE_REFS from './fixtures/image-refs.json';
import { PinInventory } from '../../src/inventory/pin-inventory';

function findings(text: string): string[] {
  return PinInventory.fromText(text, 'v.yaml').findings.map(
    ({ rule, location, message, fix }) => `${location?.line}:${location?.column} ${rule}: ${message} ${fix}`,
  );
}

/** A document with one component, with lines changed or added. */
function component(...lines: string[]): string {
  const keys = ['id: a', 'title: A', 'version: 1.0.0', 'runsOn: [host]', 'status: decided']
    .filter((line) => !lines.some((other) => other.startsWith(`${line.split(':')[0]}:`)));
  return 'schemaVersion: 1\ncomponents:\n  - ' +
    `${[...keys, ...lines].filter((line) => !line.endsWith(': -')).join('\n    ')}\n`;
}

const IMAGE = ['image:', '  repository: a', '  digestMissing: Nobody knows.'];

describe('syntax', () => {
  test.each([
    ['an unclosed quote', 'a: "b', ['1:6 inventory-syntax: Missing closing "quote. Close the quote or bracket.']],
    [
      'an unclosed bracket',
      'a: [\n',
      [
        '2:1 inventory-syntax: Flow sequence in block collection must be sufficiently indented and end with a ]. ' +
          'Close the bracket, and indent what is in it.',
      ],
    ],
    [
      'a key that is not indented like its item',
      '- a: 1\n b: 2',
      ['2:1 inventory-syntax: Sequence item without - indicator. Indent the line like the keys it belongs to.'],
    ],
    [
      'a mapping in one line',
      'a: b: c',
      [
        '1:4 inventory-syntax: Nested mappings are not allowed in compact mappings. Put the value in quotes if it ' +
          'contains ": ".',
      ],
    ],
    [
      'a tab as indentation',
      'a:\n\tb: 1\n',
      ['2:1 inventory-syntax: Tabs are not allowed as indentation. Indent with spaces.'],
    ],
    [
      'an anchor',
      'a: &x 1',
      [
        '1:4 inventory-syntax: Anchors are not allowed: "&x". Write the value out; text that begins with "&" belongs ' +
          'in quotes.',
      ],
    ],
    [
      'an alias',
      'a: *x',
      [
        '1:4 inventory-syntax: Aliases are not allowed: "*x". Write the value out; text that begins with "*" belongs ' +
          'in quotes.',
      ],
    ],
    [
      'a tag',
      'a: !!js/function x',
      [
        '1:4 inventory-syntax: Tags are not allowed: "!!js/function". Remove it; text that begins with "!" belongs ' +
          'in quotes.',
      ],
    ],
    [
      'a directive',
      '%YAML 1.1\n---\na: 1',
      [
        '1:1 inventory-syntax: Directives are not allowed: "%YAML 1.1". Remove the line; text that begins with "%" ' +
          'belongs in quotes.',
      ],
    ],
    [
      'a second document',
      'a: 1\n---\nb: 1',
      ['2:1 inventory-syntax: The file has a second document. Keep one document in the file, without a second "---".'],
    ],
    [
      'a control character',
      'a: x\nb: \u001b[31m',
      ['2:4 inventory-syntax: The file has the control character U+001B. Remove it.'],
    ],
    [
      'a byte order mark in the middle',
      'a: \ufeffb',
      ['1:4 inventory-syntax: The file has the control character U+FEFF. Remove it.'],
    ],
    [
      'an unknown escape',
      'a: "x\\q"',
      ['1:6 inventory-syntax: There is no escape sequence "\\q". Use single quotes, or write the backslash twice.'],
    ],
  ])('fails with %s, at its line and column', (_, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  test('fails with a list as a key', () => {
    expect(findings('? [a]\n: b\n')).toContain(
      '1:3 inventory-syntax: A list or mapping is used as a key. Use plain text as the key.',
    );
  });

  test('fails with a key that is there twice', () => {
    expect(findings('schemaVersion: 1\nschemaVersion: 1\ncomponents: []')).toEqual([
      '2:1 inventory-duplicate: The key "schemaVersion" is there twice, first in line 1. Keep one of them.',
    ]);
  });
});

describe('shape', () => {
  test.each([
    [
      'an empty file',
      '',
      [
        '1:1 inventory-schema: The file must be a mapping, and is nothing. Write keys with values: schemaVersion, ' +
          'components.',
      ],
    ],
    [
      'a list',
      '- 1',
      [
        '1:1 inventory-schema: The file must be a mapping, and is a list. Write keys with values: schemaVersion, ' +
          'components.',
      ],
    ],
    [
      'an unknown key',
      component('verison: 1.0.0'),
      ['8:5 inventory-schema: There is no key "verison" in `components[0]`. Did you mean `version`?'],
    ],
    ['a merge key', component('<<: {a: 1}'), [expect.stringContaining('There is no key "<<"')]],
    [
      'a key of every object',
      component('__proto__: 1', 'constructor: 2'),
      [
        expect.stringContaining('There is no key "__proto__"'),
        expect.stringContaining('There is no key "constructor"'),
      ],
    ],
    [
      'a number as version',
      component('version: 1.10'),
      [
        '7:14 inventory-schema: `components[0].version` must be text, and is the number 1.10. Put it in quotes: ' +
          "'1.10'.",
      ],
    ],
    [
      'a missing key',
      component('title: -'),
      ['3:5 inventory-schema: `components[0].title` is missing. Add `title`, for example "Some Name".'],
    ],
    [
      'a later form of the file',
      'schemaVersion: 2\ncomponents: []',
      [
        '1:16 inventory-newer: The file has schemaVersion 2; this version of toolbox-constructs supports at most 1. ' +
          'Upgrade toolbox-constructs: npm install toolbox-constructs@latest',
      ],
    ],
    [
      'a place where nothing runs',
      component('runsOn: [hosts]'),
      [
        '7:14 inventory-schema: `components[0].runsOn[0]` must be `container` or `host`, and is the text "hosts". ' +
          'Write `container` or `host`.',
      ],
    ],
    [
      'a place twice',
      component('runsOn: [host, host]'),
      [expect.stringContaining('`components[0].runsOn` has the item "host" twice.')],
    ],
    ['no place', component('runsOn: []'), [expect.stringContaining('`components[0].runsOn` has no item.')]],
    [
      'a decided component without version',
      component('version: -'),
      [
        '3:5 inventory-schema: `components[0].version` is missing. The component is decided. Add `version`, or write ' +
          '`status: undecided`.',
      ],
    ],
    [
      'an image without version and tag',
      component('version: -', 'status: undecided', ...IMAGE),
      [expect.stringContaining('`components[0].version` is missing. The image has no tag.')],
    ],
    [
      'a version that cannot be a tag',
      component('version: 1.0+b', ...IMAGE),
      [expect.stringContaining('`components[0].version` is "1.0+b", which cannot be an image tag.')],
    ],
    [
      'an image without digest',
      component('image: {repository: a}'),
      [
        '8:12 inventory-schema: `components[0].image.digest` is missing. Add `digest`, or `digestMissing` with the ' +
          'reason. Never make one up.',
      ],
    ],
    [
      'a digest and a reason for none',
      component(...IMAGE, `  digest: sha256:${'a'.repeat(64)}`),
      [expect.stringContaining('`components[0].image.digest` stands beside a reason why there is none')],
    ],
    [
      'a short digest',
      component('image:', '  repository: a', '  digest: sha256:abc'),
      [
        '10:15 inventory-schema: `components[0].image.digest` is "sha256:abc", which has fewer than 64 hexadecimal ' +
          'digits. Write `sha256:` and 64 lower-case hexadecimal digits.',
      ],
    ],
    [
      'an upper-case digest',
      component('image:', '  repository: a', `  digest: sha256:${'A'.repeat(64)}`),
      [expect.stringContaining('which has upper-case letters')],
    ],
    [
      'an image and a package',
      component(...IMAGE, 'npm: {name: b}'),
      [expect.stringContaining('`components[0].npm` stands beside an image.')],
    ],
    [
      'a sha1 integrity',
      component('npm:', '  name: b', '  integrity: sha1-abc='),
      [expect.stringContaining('is not a sha512 checksum')],
    ],
    [
      'a short integrity',
      component('npm:', '  name: b', '  integrity: sha512-abc=='),
      [expect.stringContaining('has fewer than 88 characters of base 64')],
    ],
    [
      'an escaped control character',
      component('notes: "\\e[31m"'),
      [
        '8:12 inventory-schema: `components[0].notes` is "\\u001b[31m", which is not text without invisible ' +
          'characters. Write text without invisible characters.',
      ],
    ],
    ['a direction mark', component('title: "\\u202Eevil"'), [expect.stringContaining('"\\u202eevil"')]],
    ['half a character', component('title: "\\uD800"'), [expect.stringContaining('"\\ud800"')]],
  ])('fails with %s', (_, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  test('fails with an id that is there twice, and keeps the first', () => {
    const versions = PinInventory.fromText(
      `${component()}${component().split('\n').slice(2).join('\n').replace('title: A', 'title: B')}`,
      'v.yaml',
    );
    expect(versions.findings).toMatchObject([
      {
        rule: 'inventory-duplicate',
        location: { line: 8, column: 5 },
        message: 'The id "a" is there twice, first in line 3.',
      },
    ]);
    expect(versions.pins.map((pin) => pin.title)).toEqual(['A']);
  });

  test('reports everything at once, in the order of the file', () => {
    expect(
      PinInventory.fromText(component('version: 1', 'runsOn: host', 'status: maybe', 'note: x'), 'v.yaml').findings.map(
        (finding) => finding.location?.line,
      ),
    ).toEqual([5, 6, 7, 8]);
  });

  test('still knows a wrong component by its id', () => {
    expect(PinInventory.fromText(component('version: 1'), 'v.yaml').component('a')).toMatchObject({
      component: 'a',
      runsOn: ['host'],
    });
  });
});

describe('image references', () => {
  test.each(IMAGE_REFS)('$name: $expect', ({ input, expect: wanted }) => {
    const [, name, tag, digest] = /^(.*?)(?::([^/@]*))?(?:@(.*))?$/s.exec(input) ?? [];
    const pin = tag === undefined ? [] : [`tag: ${JSON.stringify(tag)}`];
    const pinned = digest === undefined ? [] : [`digest: ${JSON.stringify(digest)}`];
    const parts = [`repository: ${JSON.stringify(name)}`, ...pin, ...pinned];
    const versions = PinInventory.fromText(
      component('version: -', 'status: undecided', `image: {${parts.join(', ')}}`),
      'v.yaml',
    );
    if (wanted === 'accepted') {
      expect(versions.findings).toEqual([]);
    } else if (wanted.startsWith('string kept')) {
      expect(versions.component('a')?.image?.tag).toBe(tag);
    } else {
      expect(versions.findings).not.toEqual([]);
    }
    expect(findings(component(`image: {repository: ${JSON.stringify(`${input}:1`)}, digestMissing: x}`))).not.toEqual(
      [],
    );
  });
});
