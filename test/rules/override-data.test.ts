import { aService, messages } from './support';
import { JsonPatch } from '../../src/core';
import { overrideData } from '../../src/rules/override-data';

function said(value: unknown): string[] {
  return messages(overrideData, (box) => aService(box, 'a').overrideCompose('labels', value, 'Because'));
}

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level++) {
    value = { below: value };
  }
  return value;
}

describe('rule override-data', () => {
  test.each([
    [
      'a date',
      { d: new Date(0) },
      'In the override of labels "d" is neither text, number, boolean, list nor plain object.',
    ],
    ['a function', { list: [1, () => 1] }, 'In the override of labels "list.1" is a function.'],
    ['a hole in a list', new Array(2), 'In the override of labels "0" is nothing.'],
    ['a big integer', { n: 10n }, 'In the override of labels "n" is a bigint.'],
    [
      'infinity',
      Infinity,
      'In the override of labels it is Infinity, a number that readers of YAML take in different ways.',
    ],
    [
      'a number with an exponent',
      [1e21],
      'In the override of labels "0" is 1e+21, a number that readers of YAML take in different ways.',
    ],
    [
      'a long key',
      { a: { ['k'.repeat(1001)]: 1 } },
      'In the override of labels "a" has a key of 1001 characters, more than readers of YAML take.',
    ],
    [
      'a long key in quotes',
      { ["'".repeat(501)]: 1 },
      'In the override of labels it has a key of 501 characters, more than readers of YAML take.',
    ],
    ['a deep tree', nested(10_000), 'In the override of labels "below.below.below" is nested more than 32 deep.'],
  ])('fails for %s, with its place', (_, value, message) => {
    expect(said(value)).toEqual([message]);
  });

  test('fails for what contains itself, and not for what is there twice', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.around = { back: [cyclic] };
    expect(said(cyclic)).toEqual(['In the override of labels "around.back.0" contains itself.']);
    const shared = { a: 1 };
    expect(said({ one: shared, two: [shared, shared] })).toEqual([]);
  });

  test('fails for a patch of Kubernetes that is no data, unless it takes away', () => {
    expect(
      messages(overrideData, (box) =>
        aService(box, 'a').patchKubernetes(JsonPatch.add('/spec/x', undefined), 'Because'),
      ),
    ).toEqual(['In the patch at /spec/x it is nothing.']);
    expect(
      messages(overrideData, (box) => aService(box, 'a').patchKubernetes(JsonPatch.remove('/spec/x'), 'Because')),
    ).toEqual([]);
  });

  test.each(['', 'a b', '__proto__', 'a:\n  b', 'A'])('fails for the key %j', (key) => {
    expect(messages(overrideData, (box) => aService(box, 'a').overrideCompose(key, 'x', 'Because'))).toEqual([
      `${JSON.stringify(key)} is not a key of Compose.`,
    ]);
  });

  test('accepts plain data', () => {
    expect(said({ a: ['x', 1, -2.5, true, null, { b: {} }], c: undefined })).toEqual([]);
  });
});
