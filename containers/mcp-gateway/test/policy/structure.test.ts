import { expect, test } from 'vitest';
import { argumentProblem } from '../../src/policy/arguments';
import { structureProblem } from '../../src/policy/structure';

const LIMITS = { depth: 2, elements: 3 };

test.each([
  [[[1]], undefined],
  [[[[1]]], 'it is nested deeper than 2'],
  [{ a: { b: 1 } }, undefined],
  [{ a: { b: {} } }, 'it is nested deeper than 2'],
  [[1, 2, 3], undefined],
  [[1, 2, 3, 4], 'it holds more than 3 values'],
  [{ a: 1, b: 2, c: 3 }, undefined],
  [{ a: 1, b: 2, c: 3, d: 4 }, 'it holds more than 3 values'],
  [[[1, 2], 3], 'it holds more than 3 values'],
  [{ a: [1, 2] }, undefined],
  [{ a: [1, 2, 3] }, 'it holds more than 3 values'],
  [JSON.parse('[{"__proto__":1}]'), 'a member is called __proto__'],
  [null, undefined],
  ['text', undefined],
])('of %j says %j', (value, problem) => {
  expect(structureProblem(value, LIMITS)).toBe(problem);
});

test('asks about every text, number and key, at any depth', () => {
  const asked: unknown[] = [];
  structureProblem({ a: [1, null, true], b: 'c' }, { depth: 9, elements: 99 }, (value) => {
    asked.push(value);
    return undefined;
  });
  expect(new Set(asked)).toEqual(new Set(['a', 1, null, true, 'b', 'c']));
  expect(structureProblem({ bad: 1 }, LIMITS, (value) => (value === 'bad' ? 'a bad key' : undefined))).toBe(
    'a bad key',
  );
});

test.each([
  [{ a: Number.MAX_SAFE_INTEGER }, undefined],
  [{ a: 2 ** 53 }, 'a whole number is beyond 2^53-1 and would be rounded'],
  [{ a: 0.5 }, undefined],
  [{ a: 0 }, undefined],
  [{ a: -0 }, 'a number is negative zero'],
  [{ a: -Infinity }, 'a number is too large to be represented'],
  [{ a: '\ud83d\ude00' }, undefined],
  [{ a: '\ude00' }, 'a text holds half a character (a lone surrogate)'],
  [{ ['\ud83d']: 1 }, 'a text holds half a character (a lone surrogate)'],
  [{ a: false }, undefined],
  [undefined, undefined],
])('the arguments %j: %s', (args, problem) => {
  expect(argumentProblem(args)).toBe(problem);
});
