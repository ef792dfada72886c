import { WalkEntry } from './walk';
import { expandBraces, Globs } from '../../workspace';
import { plainText } from '../arguments';
import { ToolFailure } from '../tool';

/**
 * Letters of a pattern with its alternatives written out. Together with the length of a path they bound the time of one
 * match.
 */
const MAX_LETTERS = 1024;

export const patternArgument = plainText(256).min(1);

/**
 * Reads a caller's glob: `*` and `?` within a name, `**` over folders, `{a,b}`, as in a manifest. A pattern without a
 * slash is for the name alone, one with a slash for the whole path.
 *
 * @throws ToolFailure for a pattern that expands to too many
 */
export function namePattern(pattern: string): (entry: Pick<WalkEntry, 'name' | 'path'>) => boolean {
  const glob = pattern.replace(/^\.?\/+/, '');
  if (lettersOf(glob) > MAX_LETTERS) {
    throw new ToolFailure('the pattern is too large; use fewer alternatives');
  }
  const globs = new Globs([glob]);
  return pattern.includes('/') ? ({ path }) => globs.matches(path) : ({ name }) => globs.matches(name);
}

function lettersOf(glob: string): number {
  try {
    return expandBraces(glob).reduce((sum, each) => sum + each.length, 0);
  } catch {
    return Infinity;
  }
}
