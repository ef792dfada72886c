import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fakeTool } from './fake-tool';
import { ARGUMENT_LIMITS } from '../../src/policy/arguments';
import { Policy } from '../../src/policy/policy';

const policy = new Policy([
  fakeTool({ name: 'stat_file', clients: ['other'] }),
  fakeTool(),
  fakeTool({ name: 'find_file', clients: ['codex', 'other'] }),
]);

describe('listing', () => {
  test('shows a client its own tools alone, by name', () => {
    expect(policy.toolsFor('codex').map(({ spec }) => spec.name)).toEqual(['find_file', 'read_file']);
    expect(policy.toolsFor('other').map(({ spec }) => spec.name)).toEqual(['find_file', 'stat_file']);
  });

  test('has one order, however the manifest has them', () => {
    const names = ['b_file', 'c_file', 'a_file'];
    const ordered = new Policy(names.map((name) => fakeTool({ name })));
    expect(ordered.toolsFor('codex').map(({ spec }) => spec.name)).toEqual(['a_file', 'b_file', 'c_file']);
  });

  test('shows nothing to a client that is not in the manifest', () => {
    expect(policy.toolsFor('unknown')).toEqual([]);
  });
});

describe('judging', () => {
  test('allows what the tool allows', () => {
    expect(policy.judge('codex', 'read_file', { path: 'a.txt' })).toMatchObject({
      allowed: true,
      args: { path: 'a.txt' },
    });
  });

  test('takes no arguments for an empty object', () => {
    expect(policy.judge('codex', 'read_file', undefined)).toMatchObject({ allowed: false, rule: 'invalid-arguments' });
  });

  test.each(['write_file', 'Read_File', 'read_file\n\u001b[31m', 'constructor', '__proto__', 'toString', ''])(
    'fails for the tool %j, which does not exist',
    (name) => {
      expect(policy.judge('codex', name, {})).toEqual({ allowed: false, rule: 'unknown-tool', kind: 'unknown-tool' });
    },
  );

  test('fails for the tool of another client in the same words as for one that does not exist', () => {
    expect(policy.judge('codex', 'stat_file', { path: 'a' })).toEqual({
      allowed: false,
      rule: 'tool-not-for-client',
      kind: 'unknown-tool',
    });
  });

  test('fails for an argument the tool does not have', () => {
    expect(policy.judge('codex', 'read_file', { path: 'a', pth: 'b' })).toMatchObject({
      rule: 'invalid-arguments',
      detail: expect.stringContaining('"pth"'),
    });
  });

  test.each([
    ['a list', { path: ['a'] }],
    ['an object', { path: { a: 1 } }],
    ['nothing', {}],
    ['a list of arguments', ['a']],
    ['a text', 'path'],
    ['null', null],
  ])('fails for %s instead of a text', (_, args) => {
    expect(policy.judge('codex', 'read_file', args)).toMatchObject({ allowed: false, kind: 'invalid-arguments' });
  });

  test.each([
    ['half a character', { path: 'a\ud800' }, 'lone surrogate'],
    ['a number beyond all bounds', { path: 'a', offset: Infinity }, 'too large'],
    ['negative zero', { path: 'a', offset: -0 }, 'negative zero'],
    ['a number that would be rounded', { path: 'a', offset: 2 ** 53 }, 'beyond 2^53-1'],
    ['too many values', { path: Array.from({ length: ARGUMENT_LIMITS.elements + 1 }, () => 0) }, 'more than'],
    ['deep nesting', JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`), 'nested deeper'],
    ['a key that is the prototype', JSON.parse('{"path":"a","__proto__":{"x":1}}'), '__proto__'],
  ])('fails for %s before any schema is asked', (_, args, detail) => {
    expect(policy.judge('codex', 'read_file', args)).toMatchObject({
      rule: 'malformed-arguments',
      detail: expect.stringContaining(detail),
    });
  });

  test('says which arguments are wrong, each by its path, five at most and in few words', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const inner = z.strictObject(Object.fromEntries(names.map((name) => [name, z.literal(name.repeat(150))])));
    const nested = new Policy([fakeTool({ input: z.strictObject({ in: inner }) })]);
    const wrong = { in: Object.fromEntries(names.map((name) => [name, 1])) };
    const judgement = nested.judge('codex', 'read_file', wrong);
    expect(judgement).toMatchObject({
      rule: 'invalid-arguments',
      detail: expect.stringMatching(/^in\.a: .*; in\.b: /),
    });
    expect('detail' in judgement && judgement.detail?.length).toBe(500);
    const few = new Policy([
      fakeTool({ input: z.strictObject(Object.fromEntries(names.map((name) => [name, z.int()]))) }),
    ]).judge('codex', 'read_file', {});
    expect('detail' in few && few.detail?.split('; ').map((one) => one.split(':')[0])).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
    expect(policy.judge('codex', 'read_file', 'text')).toMatchObject({ detail: expect.stringMatching(/^arguments: /) });
  });

  test('fails for what the tool itself denies, without a detail for the client', () => {
    expect(policy.judge('codex', 'read_file', { path: 'secret/key' })).toEqual({
      allowed: false,
      rule: 'path-denied',
      kind: 'not-allowed',
    });
  });
});
