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

test('a path that leads out of the project is told from one that only looks so', () => {
  expect(['..', '../a', 'a/../..', 'a/../../b', '/', '/a', './../a'].filter((path) => !isOutside(path))).toEqual([]);
  expect(['a', '.', '..a', '...', 'a/..', 'a/../b', '.a', 'a..', '..a/b'].filter(isOutside)).toEqual([]);
});
