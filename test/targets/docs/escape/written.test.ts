import { codeSpan, fence } from '../../../../src/targets/docs/escape/code-span';
import { fileLink, link } from '../../../../src/targets/docs/escape/link';
import { joined, md } from '../../../../src/targets/docs/escape/markdown';
import { prose } from '../../../../src/targets/docs/escape/prose';
import { cell, comment, mermaidLabel, summary, text } from '../../../../src/targets/docs/escape/text';
import { visible, visibleLines } from '../../../../src/targets/docs/escape/visible';

/** Exactly what is written: too little would be markup, too much would be noise for a reader of the source. */
function writes(write: (plain: string) => string, cases: Readonly<Record<string, string>>): void {
  expect(Object.fromEntries(Object.keys(cases).map((plain) => [plain, write(plain)]))).toEqual(cases);
}

describe('plain text', () => {
  test('has a backslash before what is markup anywhere', () => {
    writes(text, {
      '\\`*[]<|~${}': '\\\\\\`\\*\\[\\]\\<\\|\\~\\$\\{\\}',
      '(a) "b" c; 50 % > d ! e': '(a) "b" c; 50 % > d ! e',
    });
  });

  test('has one before an ampersand that begins an entity', () => {
    writes(text, { '&amp;': '\\&amp;', '&#38;': '\\&#38;', '&Z': '\\&Z', 'a & b': 'a & b', '&1': '&1', '&': '&' });
  });

  test('has one before an underscore at the end of a word', () => {
    writes(text, {
      '_a_': '\\_a\\_',
      'a_b': 'a_b',
      '9_9': '9_9',
      'a_ b': 'a\\_ b',
      'a _b': 'a \\_b',
      '_': '\\_',
      'Z_\u00e9': 'Z\\_\u00e9',
      '\u00e9_Z': '\u00e9\\_Z',
    });
  });

  test('has one before what would begin a list, a quotation or a heading', () => {
    writes(text, {
      '- a': '\\- a',
      '+ a': '\\+ a',
      '=': '\\=',
      '> a': '\\> a',
      'a - b + c = d > e': 'a - b + c = d > e',
      '# a': '\\# a',
      'a # b': 'a \\# b',
      'a#b': 'a#b',
      '1. a': '1\\. a',
      '1) a': '1\\) a',
      '12.': '12\\.',
      '123456789. a': '123456789\\. a',
      '1234567890. a': '1234567890. a',
      '1.2 a': '1.2 a',
      '1)a': '1)a',
      'a 1. b': 'a 1. b',
      '1 a': '1 a',
    });
  });

  test('has one in addresses, names and shortcodes, which some readers make into links and pictures', () => {
    writes(text, {
      'http://e.example': 'http\\://e.example',
      'a:/b': 'a:/b',
      '::': '\\:\\:',
      ':x:': '\\:x\\:',
      'a:b+-9:c': 'a\\:b+-9\\:c',
      'a:b_c:': 'a\\:b_c\\:',
      'a: b: c': 'a: b: c',
      ':a b:': ':a b:',
      'a:b': 'a:b',
      '@me': '\\@me',
      'me@e.example': 'me\\@e.example',
      '@9': '\\@9',
      '@Z': '\\@Z',
      'a @ b': 'a @ b',
      'www.e.example': 'www\\.e.example',
      'WWW.e.example': 'WWW\\.e.example',
      'www e': 'www e',
    });
  });
});

describe('what a reader would not see', () => {
  test('is named, at both ends of every range, and its neighbours are left alone', () => {
    const named = [
      '\u0000',
      '\u001f',
      '\u007f',
      '\u009f',
      '\u00ad',
      '\u061c',
      '\u180e',
      '\u200b',
      '\u200f',
      '\u2028',
      '\u202e',
      '\u2060',
      '\u206f',
      '\ufeff',
      '\ufff9',
      '\ufffb',
      '\u{e0000}',
      '\u{e0fff}',
      '\ud800',
      '\udfff',
    ];
    expect(named.map(visible)).toEqual([
      'U+0000',
      'U+001F',
      'U+007F',
      'U+009F',
      'U+00AD',
      'U+061C',
      'U+180E',
      'U+200B',
      'U+200F',
      'U+2028',
      'U+202E',
      'U+2060',
      'U+206F',
      'U+FEFF',
      'U+FFF9',
      'U+FFFB',
      'U+E0000',
      'U+E0FFF',
      'U+D800',
      'U+DFFF',
    ]);
    const seen = ['~', '\u00a0', '\u00ae', '\u2010', '\u202f', '\u2070', '\ufffc', '\u{e1000}', '\u{1f600}'];
    expect(seen.map(visible)).toEqual(seen);
  });

  test('white space is one space, and none at the ends', () => {
    writes(visible, { ' a\t\n\r  b ': 'a b', 'a  b': 'a b', '\n': '', 'ab': 'ab' });
  });

  test('lines stay lines in a fence', () => {
    writes(visibleLines, { 'a\r\nb\rc\nd': 'a\nb\nc\nd', '\ta  b': '  a  b', 'a\u0000\u202e\n': 'aU+0000U+202E\n' });
  });
});

test('a cell has no bar and no end of line', () => {
  writes((plain) => cell(md`${plain as never}`), {
    'a|b': 'a\\|b',
    '|': '\\|',
    'a\\|b': 'a\\|b',
    'a\n\nb\nc': 'a b c',
  });
});

test('a code span is longer than the backticks in it, and keeps them from its own', () => {
  writes(codeSpan, {
    'a': '`a`',
    'a`b': '``a`b``',
    'a``b`c': '```a``b`c```',
    '`a': '`` `a ``',
    'a`': '`` a` ``',
    'a b': '`a b`',
    'a\nb': '`a b`',
    '': '',
    'a|b': '`a|b`',
    'a\\b': '`a\\b`',
    'a\\|b': 'a\\\\\\|b',
    '\u0000': '`U+0000`',
  });
});

test('a fence is longer than the backticks in it', () => {
  writes((plain) => fence('sh', plain), {
    'a\nb': '```sh\na\nb\n```',
    '`': '```sh\n`\n```',
    '```': '````sh\n```\n````',
    '````\n``': '`````sh\n````\n``\n`````',
  });
  expect(fence('mermaid', 'x')).toBe('```mermaid\nx\n```');
});

test('a comment cannot be ended by what is in it', () => {
  writes(comment, {
    'a-b': '<!-- a-b -->',
    '-->': '<!-- - -&gt; -->',
    '---': '<!-- - - - -->',
    'a>b>c': '<!-- a&gt;b&gt;c -->',
    'a\nb': '<!-- a b -->',
  });
});

test('a summary is HTML', () => {
  writes(summary, { '<b>&amp;<b>&': '&lt;b&gt;&amp;amp;&lt;b&gt;&amp;', '*a* `b`': '*a* `b`', 'a\nb': 'a b' });
});

describe('a sentence', () => {
  test('has code between single backticks, and text elsewhere', () => {
    writes(prose, {
      'Run `a b`, then `c`.': 'Run `a b`, then `c`.',
      '`a`': '`a`',
      '*a* `*b*` *c*': '\\*a\\* `*b*` \\*c\\*',
      'a `b': 'a \\`b',
      '``a``': '\\`\\`a\\`\\`',
      'a \\`b`': 'a \\\\\\`b\\`',
      'a `b``': 'a \\`b\\`\\`',
    });
  });

  test('keeps the spaces beside code, and begins but once', () => {
    writes(prose, {
      '`a` - b': '`a` - b',
      '- `a`': '\\- `a`',
      '`a` # b': '`a` \\# b',
      '`a`_b_': '`a`_b\\_',
      ' `a` `b` ': '`a` `b`',
    });
  });
});

describe('a link', () => {
  test('goes to the web or to a neighbour', () => {
    const goes = (target: string): string => link('*x*', target);
    writes(goes, {
      'https://a.example/b(c)?d=e#f': '[\\*x\\*](https://a.example/b%28c%29?d=e#f)',
      'HTTP://a.example': '[\\*x\\*](HTTP://a.example)',
      'A.md': '[\\*x\\*](A.md)',
      '../a/b.yml': '[\\*x\\*](../a/b.yml)',
      'a?b:c': '[\\*x\\*](a?b:c)',
      'a#b:c': '[\\*x\\*](a#b:c)',
      'a b': '[\\*x\\*](a%20b)',
      'a/"<>`\\|^{}[]\u00e9': '[\\*x\\*](a/%22%3C%3E%60%5C%7C%5E%7B%7D%5B%5D%C3%A9)',
    });
  });

  test('is text for anything else', () => {
    const goes = (target: string): string => link('x', target);
    writes(goes, {
      'javascript:alert(1)': 'x (javascript:alert(1))',
      'x https://a.example': 'x (x https\\://a.example)',
      '//e.example': 'x (//e.example)',
      '/etc': 'x (/etc)',
      'https:///a': 'x (https\\:///a)',
      'https://': 'x (https\\://)',
      'https:// a': 'x (https\\:// a)',
      'ftp://a': 'x (ftp\\://a)',
      '': 'x ()',
      '?a': 'x (?a)',
      '#a': 'x (\\#a)',
      'a\\b:c': 'x (a\\\\b:c)',
      'a\u202eb': 'x (aU+202Eb)',
    });
  });

  test('to a file takes every character of its name as such', () => {
    writes((path) => fileLink('x', path), { '../a%b?c#d&e\\f%g': '[x](../a%25b%3Fc%23d%26e%5Cf%25g)' });
  });
});

test('a label of a diagram has letters, digits, spaces, inner hyphens, and numbers of characters', () => {
  writes(mermaidLabel, {
    'a-B 9': '"a-B 9"',
    '-a-': '"#45;a-"',
    'a"b;#\u{1f600}': '"a#34;b#59;#35;#128512;"',
    '': '" "',
    'a\nb\u0000': '"a bU#43;0000"',
  });
});

test('Markdown is put together from pieces as they are', () => {
  expect(md`${text('*')}\n${3}`).toBe('\\*\n3');
  expect([joined([text('a'), text('b')]), joined([text('a'), text('b')], '; '), joined([])]).toEqual([
    'a, b',
    'a; b',
    '',
  ]);
});
