import { Form, newestForm } from '../../src/inventory/private/form';
import { plainTree } from '../../src/inventory/private/plain-tree';
import { Report } from '../../src/inventory/private/report';
import { Tree } from '../../src/inventory/private/tree';

/** Each form so far had another name for the same key. */
const renamed = (from: string, to: string) => (tree: Tree): Tree => {
  return tree.kind === 'map'
    ? { ...tree, entries: tree.entries.map((entry) => (entry.key === from ? { ...entry, key: to } : entry)) }
    : tree;
};

const FORM: Form = { migrations: [renamed('a', 'b'), renamed('b', 'c')], again: 'Run "npx toolbox-constructs again".' };

function read(value: Parameters<typeof plainTree>[0]): {
  readonly keys?: readonly string[];
  readonly reported: readonly string[];
} {
  const report = new Report('f.yaml');
  const tree = newestForm(plainTree(value), FORM, report);
  return {
    keys: tree?.kind === 'map' ? tree.entries.map(({ key }) => key).slice(1) : undefined,
    reported: report.findings.map(({ rule, severity, message, fix }) => `${severity} ${rule}: ${message} ${fix}`),
  };
}

describe('an inventory of an older form', () => {
  test('is read like the newest form, with a warning that says how to rewrite it', () => {
    expect(read({ schemaVersion: 1, a: 'x' })).toEqual({
      keys: ['c'],
      reported: [
        'warning inventory-older: The file has schemaVersion 1; it is read as if it had 3. Run "npx ' +
          'toolbox-constructs again".',
      ],
    });
    expect(read({ schemaVersion: 2, b: 'x' }).keys).toEqual(['c']);
  });

  test('causes only a warning', () => {
    const report = new Report('f.yaml');
    newestForm(plainTree({ schemaVersion: 1 }), FORM, report);
    expect(report.isClean).toBe(true);
  });
});

test('an inventory of the newest form is left alone', () => {
  expect(read({ schemaVersion: 3, c: 'x' })).toEqual({ keys: ['c'], reported: [] });
});

test('fails with an inventory of a later form', () => {
  expect(read({ schemaVersion: 4, d: 'x' })).toEqual({
    keys: undefined,
    reported: [
      'error inventory-newer: The file has schemaVersion 4; this version of toolbox-constructs supports at most 3. ' +
        'Upgrade toolbox-constructs: npm install toolbox-constructs@latest',
    ],
  });
});

test.each([
  [{ a: 'x' }],
  [{ schemaVersion: '4' }],
  [{ schemaVersion: 0 }],
  [{ schemaVersion: -1 }],
  [{ schemaVersion: 2.5 }],
  [{ schemaVersion: 2 ** 53 }],
  [['x']],
])('what has no form at all is left to its shape: %j', (value) => {
  expect(read(value).reported).toEqual([]);
});
