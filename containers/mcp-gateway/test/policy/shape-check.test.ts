import { expect, test } from 'vitest';
import { z } from 'zod';
import { fakeTool } from './fake-tool';
import { shapeOf } from '../../src/audit/shape';
import { shapeProblem } from '../../src/policy/shape-check';

const TOOL = fakeTool({
  input: z.strictObject({
    path: z.string().min(2).max(4),
    depth: z.int().optional(),
    open: z.boolean().optional(),
    any: z.unknown().optional(),
  }),
});
const NAMES = ['path', 'depth', 'open', 'any'];

test.each([
  [{ path: 'ab' }, false],
  [{ path: 'abcd' }, false],
  [{ path: 'a' }, true],
  [{ path: 'abcde' }, true],
  [{ path: 1 }, true],
  [{ path: 'ab', depth: 1, open: true, any: [] }, false],
  [{ path: 'ab', depth: 'x' }, true],
  [{ path: 'ab', open: 'yes' }, true],
  [{ depth: 1 }, true],
  [{}, true],
])('the shape of %j can never pass: %j', (args, problem) => {
  expect(shapeProblem(TOOL, shapeOf(args, NAMES))).toBe(problem);
});

test('a parameter that is gone can never pass', () => {
  expect(shapeProblem(TOOL, shapeOf({ path: 'ab', gone: 1 }, [...NAMES, 'gone']))).toBe(true);
});

test('what had no parameter then may have one now, as long as there are enough', () => {
  expect(shapeProblem(TOOL, shapeOf({ path: 'ab', x: 1, y: 1, z: 1 }, ['path']))).toBe(false);
  expect(shapeProblem(TOOL, shapeOf({ path: 'ab', w: 1, x: 1, y: 1, z: 1 }, ['path']))).toBe(true);
  expect(shapeProblem(TOOL, shapeOf({ x: 1 }, []))).toBe(false);
});

test('a tool without parameters takes a call without arguments', () => {
  const none = fakeTool({ input: z.strictObject({}) });
  expect([shapeProblem(none, shapeOf({}, [])), shapeProblem(none, shapeOf({ x: 1 }, []))]).toEqual([false, true]);
});
