import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ManifestArgument, ManifestParameter } from '../../../src/manifest/manifest';
import { inputOf, Values } from '../../../src/tools/command/parameters';
import { commandTool } from '../support';

function accepts(
  parameter: ManifestParameter,
  argument: ManifestArgument = { parameter: 'p', prefix: '--p=' },
): (value: unknown) => boolean {
  const input = inputOf(
    commandTool(['x', 'literal', argument, { parameter: 'other' }], {
      parameters: { p: parameter, other: { type: 'text', maxLength: 3, optional: true } },
    }),
  );
  return (value) => input.safeParse({ p: value }).success;
}

function describeInput(parameter: ManifestParameter): unknown {
  return z.toJSONSchema(inputOf(commandTool(['x'], { parameters: { p: parameter } })), { io: 'input' });
}

describe('a parameter', () => {
  test('of a choice is one of its values', () => {
    const takes = accepts({ type: 'choice', values: ['a', 'b'] });
    expect(['a', 'b', 'c', '', 1].map(takes)).toEqual([true, true, false, false, false]);
  });

  test('of text has a length, a kind of characters, and something in it', () => {
    const takes = accepts({ type: 'text', maxLength: 3 });
    expect(['a', 'äöü', '-a', '', 'abcd', 'a\n', 'a\u2028', '\0', '\ud800'].map(takes)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(['a-Z', 'a b', 'a.b', 'a/b'].map(accepts({ type: 'text', maxLength: 3, charset: 'word' }))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(['a~1', 'a/b', 'a b', 'a:b'].map(accepts({ type: 'text', maxLength: 3, charset: 'revision' }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('of text that stands by itself may not begin with a dash, wherever else it is used', () => {
    expect(['-a', 'a-'].map(accepts({ type: 'text', maxLength: 3 }, { parameter: 'p' }))).toEqual([false, true]);
    const both = inputOf(
      commandTool(['x', { parameter: 'p', prefix: '--p=' }, { parameter: 'p' }], {
        parameters: { p: { type: 'text', maxLength: 3 } },
      }),
    );
    expect(both.safeParse({ p: '-a' })).toMatchObject({
      success: false,
      error: { issues: [{ message: 'may not begin with a dash' }] },
    });
  });

  test('of a path has something in it', () => {
    expect(['a/b', '', 1].map(accepts({ type: 'path' }))).toEqual([true, false, false]);
  });

  test('of a number has limits', () => {
    expect([1, 2, 0, 3, 1.5, '1'].map(accepts({ type: 'integer', minimum: 1, maximum: 2 }))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('is explained to the client', () => {
    expect(describeInput({ type: 'path' })).toMatchObject({
      properties: { p: { description: 'File, relative to the workspace.' } },
      required: ['p'],
    });
    expect(describeInput({ type: 'path', description: 'Which file.' })).toMatchObject({
      properties: { p: { description: 'Which file.' } },
    });
    expect(describeInput({ type: 'choice', values: ['a'], optional: true })).not.toHaveProperty('required');
  });

  test('has a default that is one of its own values', () => {
    expect(
      inputOf(commandTool(['x'], { parameters: { p: { type: 'integer', minimum: 1, maximum: 2, default: 2 } } })).parse(
        {},
      ),
    ).toEqual({ p: 2 });
    expect(() =>
      inputOf(commandTool(['x'], { parameters: { p: { type: 'integer', minimum: 1, maximum: 2, default: 3 } } })),
    ).toThrow('tool run: the default of p is not allowed by its own type');
  });
});

test('values are texts, and what was not given is left out', () => {
  const values = new Values({ a: 1, b: 'x' });
  expect(
    values.texts([
      { literal: '-l' },
      { parameter: 'a' },
      { parameter: 'b' },
      { parameter: 'c' },
      { parameter: 'toString' },
    ]),
  ).toEqual(['-l', '1', 'x']);
});
