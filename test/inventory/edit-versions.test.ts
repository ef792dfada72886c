import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { DigestEdit, editDigests } from '../../src/inventory/edit-pin-inventory';
import { PinInventory } from '../../src/inventory/pin-inventory';

const OLD = `sha256:${'a'.repeat(64)}`;
const NEW = `sha256:${'b'.repeat(64)}`;
const EDIT: DigestEdit = { component: 'tool', repository: 'team/tool', tag: '1.0', digest: NEW };

/** An inventory with one image, and a component on each side of it. */
function inventory(image: string, newline = '\n'): string {
  const text = `# head
schemaVersion: 1
components:
  - id: before # kept
    title: "Before"
    version: '1.10'
    runsOn: [host]
    status: decided

  # about the tool
  - id: tool
    title: Tool
    version: '1.0'
    runsOn: [container]
${image}
    status: decided

  - {id: after, title: After, runsOn: [host], status: undecided}
# foot
`;
  return text.replaceAll('\n', newline);
}

const WITH_DIGEST = `    image:\n      repository: team/tool\n      digest: ${OLD}`;

describe('a digest', () => {
  test.each([
    ['an older one', `digest: ${OLD}`, `digest: ${NEW}`],
    ['one in single quotes', `digest: '${OLD}'`, `digest: '${NEW}'`],
    ['one in double quotes', `digest: "${OLD}"`, `digest: "${NEW}"`],
    ['one with a comment', `digest:   ${OLD}   # looked up`, `digest:   ${NEW}   # looked up`],
    ['a reason of one line', 'digestMissing: Nobody could look it up. # yet', `digest: ${NEW} # yet`],
    ['a quoted reason', "'digestMissing': 'It''s new: #1'", `'digest': '${NEW}'`],
    ['a reason over several lines', 'digestMissing: Nobody could\n        look it\n\n        up.', `digest: ${NEW}`],
    [
      'a folded reason',
      'digestMissing: >-  # why\n        Nobody could\n        look it up.\n\n      # about the tag\n      tag: "1.0"',
      `digest: ${NEW}  # why\n\n      # about the tag\n      tag: "1.0"`,
    ],
    ['a literal reason that keeps its end', 'digestMissing: |2+\n        Nobody could.\n\n', `digest: ${NEW}\n\n`],
    ['a value on a line of its own', `digest:\n        ${OLD}`, `digest:\n        ${NEW}`],
  ])('takes the place of %s, and every other byte stays', (_, old, fresh) => {
    const image = (line: string): string => inventory(`    image:\n      repository: team/tool\n      ${line}`);
    expect(editDigests(image(old), 'versions.yaml', [EDIT])).toMatchObject({ text: image(fresh) });
  });

  test.each([
    [
      '{ repository: team/tool, digestMissing: not yet, tag: "1.0" }',
      `{ repository: team/tool, digest: ${NEW}, tag: "1.0" }`,
    ],
    ['{digestMissing: not yet,repository: team/tool}', `{digest: ${NEW},repository: team/tool}`],
  ])('takes its place within braces: %s', (old, fresh) => {
    expect(editDigests(inventory(`    image: ${old}`), 'versions.yaml', [EDIT])).toMatchObject({
      text: inventory(`    image: ${fresh}`),
    });
  });

  test('leaves line ends of Windows and a byte order mark', () => {
    const text = `\ufeff${inventory(WITH_DIGEST, '\r\n')}`;
    expect(editDigests(text, 'versions.yaml', [EDIT])).toMatchObject({ text: text.replace(OLD, NEW) });
    const folded = inventory(
      '    image:\n      repository: team/tool\n      digestMissing: >-\n        not\n        yet',
      '\r\n',
    );
    expect(editDigests(folded, 'versions.yaml', [EDIT])).toMatchObject({
      text: inventory(`    image:\n      repository: team/tool\n      digest: ${NEW}`, '\r\n'),
    });
  });

  test('that is there already changes nothing', () => {
    const text = inventory(WITH_DIGEST);
    expect(editDigests(text, 'versions.yaml', [{ ...EDIT, digest: OLD }])).toMatchObject({ text });
    expect(editDigests(text, 'versions.yaml', [])).toMatchObject({ text });
  });

  test('of each image of this repository changes one line each', () => {
    const text = readFileSync('inventories/versions.yaml', 'utf8');
    const images = PinInventory.fromText(text, 'versions.yaml').pins.filter(({ image }) => image !== undefined);
    const edits = images.map(({ component, image }): DigestEdit => ({
      component,
      repository: image!.repository,
      tag: image!.tag!,
      digest: NEW,
    }));
    const edited = editDigests(text, 'versions.yaml', edits).text!;
    const [old, fresh] = [text, edited].map((all) => all.split('\n'));
    expect(fresh).toHaveLength(old.length);
    expect(fresh.filter((line, index) => line !== old[index])).toEqual(images.map(() => `      digest: ${NEW}`));
    expect(PinInventory.fromText(edited, 'versions.yaml').pins.map(({ image }) => image?.digest)).toEqual(
      PinInventory.fromText(text, '').pins.map(({ image }) => image && NEW),
    );
  });

  test('comes out the same in whatever order edits are given', () => {
    const other =
      '  - id: other\n    title: O\n    version: "2"\n    runsOn: [container]\n' +
        '    image: {repository: o, digestMissing: why}\n    status: decided\n';
    const text = inventory(WITH_DIGEST).replace('# foot\n', other);
    const edits = [EDIT, { component: 'other', repository: 'o', tag: '2', digest: OLD }];
    const { text: edited } = editDigests(text, 'versions.yaml', edits);
    expect(edited).toBe(text.replace(OLD, NEW).replace('digestMissing: why', `digest: ${OLD}`));
    expect(editDigests(text, 'versions.yaml', [...edits].reverse())).toMatchObject({ text: edited });
  });

  test('takes the place of any reason that an inventory can give, however it is written', () => {
    const reason = fc
      .stringMatching(/^[a-zA-Z0-9 #:'"{}\[\],>|&*!%@`~?\\-]{1,60}$/)
      .filter((text) => text.trim() !== '');
    const style = fc.constantFrom('single', 'double', 'literal', 'folded');
    fc.assert(fc.property(reason, style, fc.boolean(), (words, how, inBraces) => {
      const written = write(words.trim(), how);
      const braces = inBraces && !written.includes('\n');
      const fields = ['repository: team/tool', `digestMissing: ${written}`];
      const image = braces ? `    image: { ${fields.join(', ')} }` : `    image:\n      ${fields.join('\n      ')}`;
      const { text } = editDigests(inventory(image), 'versions.yaml', [EDIT]);
      const [head, foot] = inventory('@').split('@');
      expect([text!.startsWith(head), text!.endsWith(foot), text!.split(NEW).length]).toEqual([true, true, 2]);
      expect(PinInventory.fromText(text!, 'v').component('tool')?.image).toEqual({
        repository: 'team/tool',
        tag: '1.0',
        digest: NEW,
      });
    }), { numRuns: 300 });
  });
});

function write(words: string, how: string): string {
  switch (how) {
    case 'single': return `'${words.replaceAll("'", "''")}'`;
    case 'double': return JSON.stringify(words);
    case 'literal': return `|\n        ${words}`;
    default: return `>-\n        ${words}\n        ${words}`;
  }
}

describe('fails', () => {
  test.each([
    [
      'on an inventory that names another image now',
      inventory(WITH_DIGEST.replace('team/tool', 'team/other')),
      'inventory-edit',
    ],
    ['on an inventory that names another tag now', inventory(`${WITH_DIGEST}\n      tag: '2.0'`), 'inventory-edit'],
    [
      'on an inventory without the component',
      inventory(WITH_DIGEST).replace('id: tool', 'id: tools'),
      'inventory-edit',
    ],
    ['on an inventory whose component has no image', inventory('    notes: none'), 'inventory-edit'],
    [
      'on an inventory with mistakes',
      inventory(WITH_DIGEST).replace('runsOn: [host]', 'runsOn: [hots]'),
      'inventory-schema',
    ],
    ['on what is no YAML', '{', 'inventory-syntax'],
  ])('%s, and edits nothing', (_, text, rule) => {
    const result = editDigests(text, 'versions.yaml', [EDIT]);
    expect(result.text).toBeUndefined();
    expect(result.findings).toEqual([
      expect.objectContaining({ rule, location: expect.objectContaining({ file: 'versions.yaml' }) }),
    ]);
  });

  test('on a digest that is none', () => {
    const { findings } = editDigests(inventory(WITH_DIGEST), 'versions.yaml', [
      { ...EDIT, digest: 'sha256:abc\n      evil: true' },
    ]);
    expect(findings).toMatchObject([
      { rule: 'inventory-edit', message: 'The digest of "tool" cannot be written in place.', location: { line: 11 } },
    ]);
  });
});

describe('facts of an image', () => {
  const facts = { user: '1000:1000', healthCheck: { test: ['CMD-SHELL', "a 'b' # c: {d}"], interval: 5 } };
  const edit = { ...EDIT, facts };
  const written = JSON.stringify(facts);

  test.each([
    ['\n', 'LF'],
    ['\r\n', 'CRLF'],
  ])('are written on a line after the digest (%#)', (newline) => {
    const { text } = editDigests(inventory(`${WITH_DIGEST} # kept`, newline), 'v.yaml', [edit]);
    expect(text).toBe(inventory(
      `    image:\n      repository: team/tool\n      digest: ${NEW} # kept\n      facts: ${written}`, newline,
    ));
    expect(PinInventory.fromText(text!, 'v.yaml').component('tool')?.image).toMatchObject({ digest: NEW, facts });
  });

  test.each([
    ['one line', 'facts: { user: node } # looked up', `facts: ${written} # looked up`],
    ['a block', 'facts:\n        user: node\n        ports: [80/tcp]', `facts:\n        ${written}`],
    ['none that hold', 'facts: {}', `facts: ${written}`],
  ])('replace %s', (_, before, after) => {
    const { text } = editDigests(inventory(`${WITH_DIGEST}\n      ${before}`), 'v.yaml', [edit]);
    expect(text).toBe(inventory(`    image:\n      repository: team/tool\n      digest: ${NEW}\n      ${after}`));
  });

  test('are written into a map of one line, and stay if there are no new ones', () => {
    const oneLine = (digest: string, more = '') =>
      inventory(`    image: { repository: team/tool, digest: ${digest}${more} }`);
    expect(editDigests(oneLine(OLD), 'v.yaml', [edit]).text).toBe(oneLine(NEW, `, "facts": ${written}`));
    expect(editDigests(oneLine(OLD, ', facts: { user: node }'), 'v.yaml', [EDIT]).text)
      .toBe(oneLine(NEW, ', facts: { user: node }'));
  });

  test('are refused like any other entry if they do not follow the schema', () => {
    const bad = { ...EDIT, facts: { user: 'a b' } };
    expect(editDigests(inventory(WITH_DIGEST), 'v.yaml', [bad]).findings).toHaveLength(1);
  });
});
