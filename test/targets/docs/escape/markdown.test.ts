import fc from 'fast-check';
import { cell } from '../../../../src/targets/docs/escape/cell';
import { codeSpan } from '../../../../src/targets/docs/escape/code-span';
import { comment } from '../../../../src/targets/docs/escape/comment';
import { fence } from '../../../../src/targets/docs/escape/fence';
import { link } from '../../../../src/targets/docs/escape/link';
import { prose } from '../../../../src/targets/docs/escape/prose';
import { summary } from '../../../../src/targets/docs/escape/summary';
import { text } from '../../../../src/targets/docs/escape/text';
import { visible } from '../../../../src/targets/docs/escape/visible';
import { hostileInputs } from '../../../hostile/emitters';
import { RENDERERS, seePages, SeenPage } from '../judge';

const NASTY = ['`', '``', '\\', '|', '\\|', '*', '_', '~~', '<b>', '&amp;', '[', '](', ')', '#', '- ', '1. ', '\n', ' ', 'a', 'B7', '$', '{{', '@x', 'http://e.example', 'www.e.example',
  'm@e.example', ':x:', '::', '=', '+', '>', '!', '![', '\u202e', '\u0000', '\ud800', '\u00e9', '\u{1f600}', '---', '|-|'];

const INPUTS = [
  ...hostileInputs('markdown').map(({ input }) => String(input)),
  ...fc.sample(fc.array(fc.constantFrom(...NASTY), { maxLength: 8 }).map((parts) => parts.join('')), { numRuns: 600, seed: 7 }),
  ...fc.sample(fc.string({ unit: 'binary', maxLength: 20 }), { numRuns: 100, seed: 7 }),
];

/** What must be seen of a text: everything, with runs of white space as one space. */
function expected(input: string): string {
  return visible(input).replace(/\s+/g, ' ').trim();
}

function expectSeen(pages: readonly string[], judge: (page: SeenPage, index: number) => void): void {
  seePages(pages).forEach((seen, index) => RENDERERS.forEach((renderer) => judge(seen[renderer], index)));
}

function onlyTextIn(page: SeenPage, ...frame: readonly string[]): void {
  expect(page.elements.filter((element) => !frame.includes(element))).toEqual([]);
}

describe('hostile text', () => {
  test('reads as itself in a paragraph', () => {
    expectSeen(INPUTS.map((input) => text(input)), (page, index) => {
      expect(page.text).toBe(expected(INPUTS[index]));
      expect([INPUTS[index], page.elements]).toEqual([INPUTS[index], INPUTS[index].trim() === '' ? [] : ['p']]);
    });
  });

  test('reads as itself in a heading', () => {
    expectSeen(INPUTS.map((input) => `## x ${text(input)}\n`), (page, index) => {
      expect(page.text).toBe(`x ${expected(INPUTS[index])}`.trim());
      onlyTextIn(page, 'h2');
    });
  });

  test('reads as itself in a list item', () => {
    expectSeen(INPUTS.map((input) => `- ${text(input)}\n- b\n`), (page, index) => {
      expect(page.text).toBe(`${expected(INPUTS[index])} b`.trim());
      onlyTextIn(page, 'ul', 'li');
    });
  });

  test('reads as itself in a table cell, and leaves the shape of the table', () => {
    expectSeen(INPUTS.map((input) => `| a | b |\n| --- | --- |\n| ${cell(text(input))} | c |\n| d | ${cell(codeSpan(input))} |\n`), (page, index) => {
      expect(page.tables).toEqual([[['a', 'b'], [expected(INPUTS[index]), 'c'], ['d', expected(INPUTS[index])]]]);
      onlyTextIn(page, 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'code');
    });
  });

  test('reads as itself in a code span', () => {
    expectSeen(INPUTS.map((input) => `x ${codeSpan(input)} y`), (page, index) => {
      expect(page.text.replace(/ /g, '')).toBe(`x${expected(INPUTS[index])}y`.replace(/ /g, ''));
      onlyTextIn(page, 'p', 'code');
    });
  });

  test('reads as itself in a fence', () => {
    expectSeen(INPUTS.map((input) => `${fence('sh', input)}\n\nb\n`), (page, index) => {
      expect(page.code).toHaveLength(1);
      expect(page.text).toBe(`${expected(INPUTS[index])} b`.trim());
      onlyTextIn(page, 'pre', 'code', 'p');
    });
  });

  test('is nothing but text as a sentence, beside words in backticks', () => {
    expectSeen(INPUTS.map((input) => prose(input)), (page, index) => {
      expect(page.text.replace(/[` ]/g, '')).toBe(expected(INPUTS[index]).replace(/[` ]/g, ''));
      onlyTextIn(page, 'p', 'code');
    });
  });

  test('stays in its comment', () => {
    expectSeen(INPUTS.map((input) => `${comment(input)}\n\nb\n`), (page) => {
      expect(page.text).toBe('b');
    });
  });

  test('reads as itself in a summary', () => {
    expectSeen(INPUTS.map((input) => `<details>\n<summary>x${summary(input)}</summary>\n\n b\n\n</details>\n`), (page, index) => {
      expect(page.text).toBe(`x${expected(INPUTS[index])} b`);
      expect(page.elements).toEqual(['details', 'p', 'summary']);
    });
  });

  test('is a link to the web or a neighbour, or text', () => {
    expectSeen(INPUTS.map((input) => `${link('x', input)}`), (page) => {
      onlyTextIn(page, 'p', 'a');
      expect(page.links.filter((target) => !/^(https?:\/\/|[^:/?#\\]+([/?#]|$))/.test(target))).toEqual([]);
    });
  });
});

describe('a link', () => {
  test.each([
    ['https://a.example/b(c)', '[x](https://a.example/b%28c%29)'],
    ['FIDELITY.md', '[x](FIDELITY.md)'],
    ['../compose/docker-compose.yml', '[x](../compose/docker-compose.yml)'],
  ])('goes to %s', (target, expectedLink) => {
    expect(link('x', target)).toBe(expectedLink);
  });

  test.each(['javascript:alert(1)', 'JAVASCRIPT:alert(1)', '//evil.example', '\\\\evil', 'data:text/html,x', 'java\nscript:x', '', '/etc/passwd'])('fails to go to %j', (target) => {
    expect(link('x', target)).not.toMatch(/\]\(/);
  });
});

test('ordinary sentences are left as they are', () => {
  const sentence = 'Ollama 0.12.3 (on the host), snake_case, a: b, 50 % & more - see DESIGN.md, "quoted"; it\'s 3 > 2!';
  expect(text(sentence)).toBe(sentence);
  expect(prose('Run `docker compose up` first, then `kubectl apply`.')).toBe('Run `docker compose up` first, then `kubectl apply`.');
});
