import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PathPolicy } from '../../src/workspace';

/** The library judges a policy before there is a gateway, and has globs of its own for that. */
const library = (await import(new URL('../../../../src/rules/private/path-globs.ts', import.meta.url).href)) as {
  readonly globCovers: (globs: readonly string[], path: string) => boolean;
  readonly globMatches: (globs: readonly string[], path: string) => boolean;
};

const notDots = (text: string): boolean => !/^\.{1,2}$/.test(text);
const segment = fc.oneof(
  fc.stringMatching(/^[ab.*?]{1,6}$/).filter(notDots),
  fc.constantFrom('**', '*', 'a*', '{a,b}', '{a,b*}c', '.env*'),
);
const glob = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const name = fc.stringMatching(/^[abcAB.]{1,4}$/).filter(notDots);
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));

test('globs mean the same to the library, and to the gateway', () => {
  fc.assert(fc.property(fc.array(glob, { minLength: 1, maxLength: 2 }), path, (globs, file) => {
    expect(library.globMatches(globs, file)).toBe(PathPolicy.of({ allow: globs }).allows(file));
    expect(library.globCovers(globs, file)).toBe(!PathPolicy.of({ allow: ['**'], deny: globs }).allows(file));
  }), { numRuns: 3000 });
});
