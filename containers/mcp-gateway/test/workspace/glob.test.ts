import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Globs } from '../../src/workspace/glob';

const word = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 4 });
const path = fc.array(word, { minLength: 1, maxLength: 5 }).map((segments) => segments.join('/'));
const piece = fc
  .array(fc.constantFrom('a', 'b', '.', '*', '?'), { minLength: 1, maxLength: 5 })
  .map((letters) => letters.join('').replace(/\*+/g, '*'));
const glob = fc.array(fc.oneof(piece, fc.constant('**')), { minLength: 1, maxLength: 5 });

/** What a pattern means, said in the plainest way. */
function means(segments: readonly string[], names: readonly string[]): boolean {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    return names.length === 0;
  }
  if (segment === '**') {
    return rest.length === 0
      ? names.length > 0
      : names.some((_, index) => means(rest, names.slice(index))) || means(rest, []);
  }
  const [name, ...below] = names;
  if (name === undefined || !fits(segment, name)) {
    return false;
  }
  return (
    means(rest, below) ||
    (below.length === 0 && rest.length > 0 && rest.every((each) => each === '**') && !segment.endsWith('*'))
  );
}

function fits(pattern: string, name: string): boolean {
  if (pattern === '') {
    return name === '';
  }
  if (pattern.startsWith('*')) {
    return fits(pattern.slice(1), name) || (name !== '' && fits(pattern, name.slice(1)));
  }
  return (
    name !== '' &&
    (pattern.startsWith('?') || pattern.startsWith(name.charAt(0))) &&
    fits(pattern.slice(1), name.slice(1))
  );
}

describe('a glob', () => {
  it('means what it says', () => {
    fc.assert(fc.property(glob, path, (segments, text) => {
      expect(new Globs([segments.join('/')]).matches(text)).toBe(means(segments, text.split('/')));
    }), { numRuns: 5000 });
  });

  it('covers what stands below what it means', () => {
    fc.assert(fc.property(glob, path, (segments, text) => {
      const names = text.split('/');
      const covered = names.some((_, index) => means(segments, names.slice(0, index + 1)));
      expect(new Globs([segments.join('/')]).covers(text)).toBe(covered);
    }), { numRuns: 5000 });
  });

  it('reaches below each folder on the way to what it means', () => {
    fc.assert(fc.property(glob, path, (segments, text) => {
      const globs = new Globs([segments.join('/')]);
      const names = text.split('/');
      const ways = names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
      expect(globs.matches(text) && ways.some((way) => !globs.reachesBelow(way))).toBe(false);
    }), { numRuns: 5000 });
  });

  it('does not reach below where nothing can match', () => {
    const globs = new Globs(['docs/*.md', 'src/{a,b}/x']);
    expect(
      ['docs', 'src', 'src/a', 'docs/sub', 'src/c', 'src/a/x', 'x'].map((folder) => globs.reachesBelow(folder)),
    ).toEqual([true, true, true, false, false, false, false]);
  });

  it('counts a character beyond the basic plane as one', () => {
    expect(['\u{1f600}.md', 'a.md', 'aa.md'].map((name) => new Globs(['?.md']).matches(name))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('never means the root', () => {
    expect(new Globs(['**', '*', '{,a}']).matches('')).toBe(false);
  });
});
