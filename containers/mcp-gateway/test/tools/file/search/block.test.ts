import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchBlock } from '../../../../src/tools/file/search/block';
import { Matcher, matcherOf, SearchPattern } from '../../../../src/tools/file/search/matcher';

interface Found {
  readonly line: number;
  readonly text: string;
}

/** Searches a text block by block, as the tool does. */
function search(matcher: Matcher, text: Buffer, blockBytes: number, now?: () => number, maxMatches = 1000): Found[] {
  const found: Found[] = [];
  let [at, line, inLine, isGiven] = [0, 1, false, false];
  for (let round = 0; at < text.length; round += 1) {
    const bytes = text.subarray(at, at + blockBytes);
    const result = searchBlock(
      matcher,
      { bytes, inLine, isGiven, isLast: at + bytes.length >= text.length, maxMatches },
      now,
    );
    found.push(...result.matches.map((match) => ({ line: line + match.line, text: match.text })));
    expect(result.passed).toBeGreaterThan(0);
    expect(result.matches.length).toBeLessThanOrEqual(maxMatches);
    [at, line, inLine, isGiven] = [at + result.passed, line + result.lines, result.inLine, result.isGiven];
  }
  return found;
}

const pattern = (text: string, more: Partial<SearchPattern> = {}): SearchPattern => ({
  pattern: text,
  regex: false,
  ignoreCase: false,
  ...more,
});
const lines = fc.array(
  fc.array(fc.constantFrom('a', 'b', 'é', '\r', 'ab', 'x'.repeat(30)), { maxLength: 8 }).map((each) => each.join('')),
  { maxLength: 30 },
);

describe('a search block by block', () => {
  it.each<[SearchPattern, RegExp]>([
    [pattern('ab'), /ab/],
    [pattern('éa'), /éa/],
    [pattern('AB', { ignoreCase: true }), /AB/i],
    [pattern('^a.*b$', { regex: true }), /^a[^]*b$/],
    [pattern('b\\b|é$', { regex: true }), /b\b|é$/],
    [pattern('^$', { regex: true }), /^$/],
  ])('for %j finds the lines that have a match', (wanted, expression) => {
    const matcher = matcherOf(wanted);
    const numbers = fc.tuple(fc.integer({ min: 1300, max: 2000 }), fc.nat(9), fc.integer({ min: 1, max: 9 }));
    fc.assert(fc.property(lines, fc.boolean(), numbers, (texts, ends, [blockBytes, speed, maxMatches]) => {
      const text = `${texts.join('\n')}${ends && texts.length > 0 ? '\n' : ''}`;
      // the text after the last line feed is a line if there is any
      const expected = text
        .split('\n')
        .map((line, index, all) => ({ line: index + 1, isLast: index === all.length - 1, text: line }))
        .filter((line) => !(line.isLast && line.text === ''))
        .filter((line) => expression.test(line.isLast ? line.text : line.text.replace(/\r$/, '')))
        .map(({ line }) => line);
      let ms = 0;
      // some searches are slow, and end in the middle of a block
      const now = (): number => (ms += speed * 20);
      expect(search(matcher, Buffer.from(text), blockBytes, now, maxMatches).map(({ line }) => line)).toEqual(expected);
    }), { numRuns: 200 });
  });

  it('finds what stands across the border of two pieces of a long line', () => {
    for (const wanted of [pattern('needle'), pattern('n[e]edle', { regex: true })]) {
      const matcher = matcherOf(wanted);
      for (const before of [0, 1, 65_530, 65_535, 131_070, 200_000]) {
        const text = Buffer.from(`first\n${'y'.repeat(before)}needle${'z'.repeat(70_000)}\nneedle`);
        const [found, last] = search(matcher, text, 131_072);
        expect(found.line).toBe(2);
        expect(found.text).toContain('needle');
        expect(found.text.length).toBeLessThan(700);
        expect(last).toEqual({ line: 3, text: 'needle' });
      }
    }
  });

  it('takes the beginning of a piece for no beginning of a line', () => {
    const matcher = matcherOf(pattern('^y', { regex: true }));
    expect(search(matcher, Buffer.from(`x${'y'.repeat(400_000)}`), 131_072)).toEqual([]);
  });

  it('gives a line once, however often it matches', () => {
    const matcher = matcherOf(pattern('ab'));
    expect(search(matcher, Buffer.from('ab'.repeat(300_000)), 131_072).map(({ line }) => line)).toEqual([1]);
  });

  it('leaves the rest of a block when it takes long', () => {
    const matcher = matcherOf(pattern('a', { regex: true }));
    let ms = 0;
    const { passed, lines: passedLines } = searchBlock(
      matcher,
      { bytes: Buffer.from('x\n'.repeat(1000)), inLine: false, isGiven: false, isLast: true, maxMatches: 10 },
      () => (ms += 10),
    );
    expect(passed).toBe(2 * passedLines);
    expect(passedLines).toBeLessThan(12);
  });

  it('gives an expression no more text than it can work off', () => {
    expect(matcherOf(pattern('a')).maxPieceBytes).toBe(65_536);
    expect(matcherOf(pattern('(.{1,30}){30}[xy]', { regex: true })).maxPieceBytes).toBeLessThan(5000);
  });
});
