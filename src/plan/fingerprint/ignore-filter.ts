import { posix } from 'node:path';
import { Filter } from './content-digest';
import { lazy } from '../../util/lazy';

const dockerignore = lazy(() => require('@balena/dockerignore') as typeof import('@balena/dockerignore'));

/**
 * The files of a context that a builder receives.
 *
 * @param text of the ignore file
 * @param dockerfile its path in the context, which is always sent
 */
export function ignoreFilter(text: string, dockerfile: string): Filter {
  const lines = text.split(/\r?\n/);
  const ignore = dockerignore().default().add(lines);
  const [patterns, exceptions] = [lines, lines.filter((line) => line.startsWith('!'))].map((some) =>
    some.map(patternOf),
  );
  const deepest = Math.max(...[...patterns, dockerfile].map(depthOf));
  return {
    takes: (file) => file === dockerfile || !ignore.ignores(file),
    below: (folder) => {
      const isIgnored = ignore.ignores(folder);
      // what a pattern decides about a folder holds for all below it, unless another pattern goes deeper
      if (depthOf(folder) >= deepest) { return isIgnored ? 'none' : 'all'; }
      // as the builder does: an ignored folder is only entered for an exception that may lie in it
      return !isIgnored || [...exceptions, dockerfile].some((one) => mayLieIn(one, folder)) ? 'ask' : 'none';
    },
  };
}

function patternOf(line: string): string {
  return posix.normalize(line.replace(/^!/, '').trim()).replace(/^\//, '');
}

function depthOf(path: string): number {
  return path.includes('**') ? Infinity : path.split('/').length;
}

function mayLieIn(exception: string, folder: string): boolean {
  const literal = exception.split(/[*?[\\]/, 1)[0];
  return literal === exception
    ? exception.startsWith(`${folder}/`)
    : literal.startsWith(`${folder}/`) || `${folder}/`.startsWith(literal);
}

