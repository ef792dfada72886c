import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { answerBytes } from '../../../src/tools/answer-text';
import { extractResult, listResult } from '../../../src/tools/image/answer';
import { DecoderAnswer } from '../../../src/tools/image/protocol';
import { ToolResult } from '../../../src/tools/tool';

const text = fc.string({ maxLength: 30 });
const facts = { originalWidth: 1, originalHeight: 1, width: 1, height: 1, mimeType: 'image/png' } as const;

function answer(altTexts: readonly string[], size = 0): DecoderAnswer {
  return {
    format: 'pdf',
    memory: 0,
    left: [],
    listed: altTexts.map((altText, index) => ({ id: `i${index}`, altText, extractable: true })),
    extracted: altTexts.map((altText, index) => ({ id: `i${index}`, altText, ...facts, data: 'a'.repeat(size) })),
  };
}

function sizeOf({ content }: ToolResult): number {
  return content.reduce((sum, part) => sum + (part.type === 'text' ? answerBytes(part.text) : part.data.length), 0);
}

interface Parsed {
  readonly images: readonly { readonly id: string }[];
  readonly nextOffset?: number;
  readonly notReturned?: readonly { readonly id: string }[];
}

const parsed = ({ content: [first] }: ToolResult): Parsed =>
  JSON.parse(first?.type === 'text' ? first.text : '') as Parsed;
const attempt = (make: () => ToolResult): ToolResult | string => {
  try {
    return make();
  } catch (error) {
    return String(error);
  }
};

describe('an answer with images', () => {
  it('lists as many as fit, and says where to go on', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), fc.integer({ min: 256, max: 3000 }), (altTexts, maxBytes) => {
        const result = attempt(() => listResult('a.pdf', 7, answer(altTexts), maxBytes));
        if (typeof result === 'string') {
          expect(result).toContain('does not fit');
          return;
        }
        const { images, nextOffset } = parsed(result);
        expect(sizeOf(result)).toBeLessThanOrEqual(maxBytes);
        expect(images.map(({ id }) => id)).toEqual(altTexts.slice(0, images.length).map((_, index) => `i${index}`));
        expect(nextOffset).toBe(images.length < altTexts.length ? 7 + images.length : undefined);
      }),
    );
  });

  it('gives as many as fit, and names the others', () => {
    const texts = fc.array(text, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 256, max: 9000 }),
        (altTexts, size, maxBytes) => {
          const result = attempt(() => extractResult('a.pdf', answer(altTexts, size), maxBytes));
          if (typeof result === 'string') {
            expect(result).toContain('no image fits');
            return;
          }
          const { images, notReturned = [] } = parsed(result);
          expect(sizeOf(result)).toBeLessThanOrEqual(maxBytes);
          expect([...images, ...notReturned].map(({ id }) => id)).toEqual(altTexts.map((_, index) => `i${index}`));
          expect(result.content).toHaveLength(1 + images.length);
        },
      ),
    );
  });

  it('costs no more for the images that do not fit', () => {
    let letters = 0;
    const { stringify } = JSON;
    vi.spyOn(JSON, 'stringify').mockImplementation((value: unknown) => {
      const json = stringify(value);
      letters += json.length;
      return json;
    });
    try {
      const many = answer(Array.from({ length: 1000 }, () => 'x'.repeat(300)), 1000);
      extractResult('a.pdf', many, 300_000);
      listResult('a.pdf', 0, many, 20_000);
    } finally {
      vi.restoreAllMocks();
    }
    // a few times what there is to say
    expect(letters).toBeLessThan(10 * 1000 * 450);
  });
});
