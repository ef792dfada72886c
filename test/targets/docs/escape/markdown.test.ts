import fc from 'fast-check';
import { codeSpan, fence } from '../../../../src/targets/docs/escape/code-span';
import { fileLink, link } from '../../../../src/targets/docs/escape/link';
import { prose } from '../../../../src/targets/docs/escape/prose';
import { cell, comment, summary, text } from '../../../../src/targets/docs/escape/text';
import { visible } from '../../../../src/targets/docs/escape/visible';
import { hostileInputs } from '../../../hostile/emitters';
import { RENDERERS, SeenPage, seePages } from '../judge';

const NASTY = [
  '`',
  '``',
  '\\',
  '|',
  '\\|',
  '*',
  '_',
  '~~',
  '<b>',
  '&amp;',
  '[',
  '](',
  ')',
  '#',
  '- ',
  '1. ',
  '\n',
  ' ',
  'a',
  'B7',
  '$',
  '{{',
  '@x',
  'http://e.example',
  'www.e.example',
  'm@e.example',
  ':x:',
  '::',
  '=',
  '+',
  '>',
  '!',
  '![',
  '\u202e',
  '\u0000',
  '\ud800',
  '\u00e9',
  '\u{1f600}',
  '---',
  '|-|',
];

const INPUTS = [
  ...hostileInputs('markdown').map(({ input }) => String(input)),
  ...fc.sample(
    fc.array(fc.constantFrom(...NASTY), { maxLength: 8 }).map((parts) => parts.join('')),
    { numRuns: 300, seed: 7 },
  ),
  ...fc.sample(fc.string({ unit: 'binary', maxLength: 20 }), { numRuns: 100, seed: 7 }),
];

/** What must be seen of a text: everything, with runs of white space as one space. */
function expected(input: string): string {
  return visible(input).replace(/\s+/g, ' ').trim();
}

/** Whatever stands beside the input is there as well, and no element but the frame's. */
function expectText(
  frame: readonly string[],
  pageOf: (input: string) => string,
  textOf: (input: string) => string = expected,
): void {
  expectSeen(
    pageOf,
    (page) => [page.text, others(page, frame)],
    (input) => [textOf(input).trim(), []],
  );
}

/** One comparison for all: a thousand small ones take seconds. */
function expectSeen(
  pageOf: (input: string) => string,
  actual: (page: SeenPage) => unknown,
  wanted: (input: string) => unknown,
): void {
  const seen = seePages(INPUTS.map(pageOf));
  for (const renderer of RENDERERS) {
    expect(seen.map((page, index) => [INPUTS[index], actual(page[renderer])])).toEqual(
      INPUTS.map((input) => [input, wanted(input)]),
    );
  }
}

function others(page: SeenPage, frame: readonly string[]): string[] {
  return page.elements.filter((element) => !frame.includes(element));
}

function squeezed(words: string): string {
  return words.replace(/[` ]/g, '');
}

describe('hostile text', () => {
  test('reads as itself in a paragraph', () => {
    expectText(['p'], (input) => text(input));
  });

  test('reads as itself in a heading', () => {
    expectText(['h2'], (input) => `## x ${text(input)}\n`, (input) => `x ${expected(input)}`);
  });

  test('reads as itself in a list item', () => {
    expectText(['ul', 'li'], (input) => `- ${text(input)}\n- b\n`, (input) => `${expected(input)} b`);
  });

  test('reads as itself in a table cell, and leaves the shape of the table', () => {
    expectSeen(
      (input) => `| a | b |\n| --- | --- |\n| ${cell(text(input))} | c |\n| d | ${cell(codeSpan(input))} |\n`,
      (page) => [page.tables, others(page, ['table', 'thead', 'tbody', 'tr', 'th', 'td', 'code'])],
      (input) => [[[['a', 'b'], [expected(input), 'c'], ['d', expected(input)]]], []],
    );
  });

  test('reads as itself in a code span', () => {
    expectSeen(
      (input) => `x ${codeSpan(input)} y`,
      (page) => [page.text.replace(/ /g, ''), others(page, ['p', 'code'])],
      (input) => [`x${expected(input)}y`.replace(/ /g, ''), []],
    );
  });

  test('reads as itself in a fence', () => {
    expectText(['pre', 'code', 'p'], (input) => `${fence('sh', input)}\n\nb\n`, (input) => `${expected(input)} b`);
  });

  test('is nothing but text as a sentence, beside words in backticks', () => {
    expectSeen(
      (input) => prose(input),
      (page) => [squeezed(page.text), others(page, ['p', 'code'])],
      (input) => [squeezed(expected(input)), []],
    );
  });

  test('stays in its comment', () => {
    expectText(['p'], (input) => `${comment(input)}\n\nb\n`, () => 'b');
  });

  test('reads as itself in a summary', () => {
    expectText(
      ['details', 'p', 'summary'],
      (input) => `<details>\n<summary>x${summary(input)}</summary>\n\n b\n\n</details>\n`,
      (input) => `x${expected(input)} b`,
    );
  });

  test('is a link to a file of that name, or text', () => {
    const nameOf = (target: string): string => decodeURIComponent(target.replace(/^\.\.\//, ''));
    expectSeen(
      (input) => fileLink('x', `../${input}`),
      (page) => [page.links.map(nameOf).filter((name) => !INPUTS.includes(name)), others(page, ['p', 'a'])],
      () => [[], []],
    );
  });

  test('is a link to the web or a neighbour, or text', () => {
    const isGood = (target: string): boolean => /^(https?:\/\/|[^:/?#\\]+([/?#]|$))/.test(target);
    expectSeen(
      (input) => link('x', input),
      (page) => [page.links.filter((target) => !isGood(target)), others(page, ['p', 'a'])],
      () => [[], []],
    );
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

  test.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    '//evil.example',
    '\\\\evil',
    'data:text/html,x',
    'java\nscript:x',
    '',
    '/etc/passwd',
  ])('fails to go to %j', (target) => {
    expect(link('x', target)).not.toMatch(/\]\(/);
  });
});

test('a link to a file takes every character of its name as such', () => {
  expect(fileLink('x', '../a b/50%?c#d.yaml')).toBe('[x](../a%20b/50%25%3Fc%23d.yaml)');
});

test('ordinary sentences are left as they are', () => {
  const sentence = 'Ollama 0.12.3 (on the host), snake_case, a: b, 50 % & more - see DESIGN.md, "quoted"; it\'s 3 > 2!';
  expect(text(sentence)).toBe(sentence);
  expect(prose('Run `docker compose up` first, then `kubectl apply`.')).toBe(
    'Run `docker compose up` first, then `kubectl apply`.',
  );
});
