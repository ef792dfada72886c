import { isOutside, normalPath } from '../../src/plan/project-path';

test('a path has one form', () => {
  expect(['a', './a', 'a/', 'a//b/', './a/../b/.', '.', './', '', '/', '/a/', '../a/'].map(normalPath)).toEqual([
    'a',
    'a',
    'a',
    'a/b',
    'b',
    '.',
    '.',
    '.',
    '/',
    '/a',
    '../a',
  ]);
});

test('distinguishes a path that leaves the project from one that only looks like it', () => {
  expect(['..', '../a', 'a/../..', 'a/../../b', '/', '/a', './../a'].filter((path) => !isOutside(path))).toEqual([]);
  expect(['a', '.', '..a', '...', 'a/..', 'a/../b', '.a', 'a..', '..a/b'].filter(isOutside)).toEqual([]);
});
