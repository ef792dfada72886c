import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerBytes, AnswerLines, beginningOf, shownOutput } from '../../src/tools/answer-text';
import { showOutput } from '../../src/tools/show';
import { Turns } from '../../src/tools/turns';
import { isWellFormed } from '../../src/workspace';

const TURNS = new Turns(new AbortController().signal);
const letters = fc
  .array(fc.constantFrom('a', '\n', '\r', '\u0001', '\u009b', '"', '\\', 'é', '€', '😀'), { maxLength: 40 })
  .map((each) => each.join(''));

describe('text of an answer', () => {
  it('is measured as JSON', () => {
    expect(['a', '\n', '\u0001', '"', 'é', '😀'].map(answerBytes)).toEqual([1, 2, 6, 2, 2, 4]);
  });

  it('is cut between characters, and no earlier than it must be', () => {
    fc.assert(fc.property(letters, fc.nat(100), (text, room) => {
      const beginning = beginningOf(text, room);
      const [next = ''] = [...text.slice(beginning.length)];
      expect(text.startsWith(beginning)).toBe(true);
      expect(answerBytes(beginning)).toBeLessThanOrEqual(room);
      expect(next === '' || answerBytes(beginning + next) > room).toBe(true);
      expect(isWellFormed(beginning)).toBe(true);
    }), { examples: [['😀', 4], ['a😀', 5]] });
  });
});

describe('output of a program', () => {
  it('is shown in slices as it would be in one piece', async () => {
    await fc.assert(
      fc.asyncProperty(
        letters.filter((text) => text !== ''),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(3),
        async (text, times, shift) => {
          const whole = 'x'.repeat(shift) + text.repeat(Math.ceil((times * 16_384) / Buffer.byteLength(text)));
          expect(await shownOutput(Buffer.from(whole), Infinity, TURNS)).toEqual({
            text: showOutput(whole),
            whole: true,
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('ends at the limit', async () => {
    const { text, whole } = await shownOutput(Buffer.alloc(1_000_000, 1), 50_000, TURNS);
    expect(whole).toBe(false);
    expect(answerBytes(text)).toBeGreaterThan(49_990);
    expect(answerBytes(text)).toBeLessThanOrEqual(50_000);
  });
});

describe('lines of an answer', () => {
  it('leave room for the mark, whatever the cursor', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 30 }), fc.integer({ min: 256, max: 1500 }), (texts, maxBytes) => {
        const lines = new AnswerLines(maxBytes);
        texts.every((text, index) => lines.add(text, `${index}:${text}`));
        lines.cut('more than 100000 entries');
        const [part] = lines.result('', ['folders deeper than 64 are not entered']).content;
        expect(part.type === 'text' && answerBytes(part.text)).toBeLessThanOrEqual(maxBytes);
      }),
    );
  });

  it('go on after the last one that found room', () => {
    const lines = new AnswerLines(400);
    const taken = Array.from({ length: 100 }, (_, index) => index).filter((index) =>
      lines.add(`line ${index}`, String(index)),
    );
    const [part] = lines.result('').content;
    expect(part.type === 'text' && part.text).toContain(`; go on with cursor "${taken.length - 1}"]`);
  });

  it('pass over one that finds no room in an empty answer', () => {
    const lines = new AnswerLines(256);
    expect(lines.add('x'.repeat(300), 'after it')).toBe(false);
    expect(lines.result('').content).toEqual([
      { type: 'text', text: '[cut: the output limit was reached; go on with cursor "after it"]' },
    ]);
  });
});
