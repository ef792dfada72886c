import { describe, expect, test } from 'vitest';
import { ManifestArgument, ManifestCommandTool } from '../../../src/manifest/manifest';
import { anyText, Grammar } from '../../../src/tools/command/program';
import { readTemplate } from '../../../src/tools/command/template';
import { commandTool } from '../support';

const GRAMMAR: Grammar = {
  options: {
    '-z': 'none',
    '--flag': 'none',
    '-n': 'number',
    '--count': 'number',
    '--order': ['up', 'down'],
    '-t': anyText,
    '--text': anyText,
    '--date': (text) => text === 'now',
  },
  minFiles: 0,
  maxFiles: 2,
  always: [],
};
const PATTERN: Grammar = {
  ...GRAMMAR,
  pattern: '-e',
  options: { ...GRAMMAR.options, '-e': anyText, '--regexp': anyText },
};
const REVISIONS: Grammar = { ...GRAMMAR, revisions: true };

const PARAMETERS: ManifestCommandTool['parameters'] = {
  file: { type: 'path' },
  text: { type: 'text', maxLength: 10 },
  count: { type: 'integer', minimum: 0, maximum: 9 },
  negative: { type: 'integer', minimum: -1, maximum: 9 },
  order: { type: 'choice', values: ['up', 'down'] },
  other: { type: 'choice', values: ['up', 'aside'] },
  dashed: { type: 'choice', values: ['up', '-r'] },
};

function read(argv: readonly ManifestArgument[], grammar = GRAMMAR) {
  return readTemplate(commandTool(['x'], { parameters: PARAMETERS }), argv, grammar, 'prog');
}

function refusal(argv: readonly ManifestArgument[], grammar = GRAMMAR): string {
  try {
    return JSON.stringify(read(argv, grammar));
  } catch (error) {
    return (error as Error).message;
  }
}

const parameter = (name: string, prefix?: string): ManifestArgument => ({ parameter: name, prefix });

describe('the options of a template', () => {
  test('have a value behind an equals sign, behind them, or in a parameter of either kind', () => {
    expect(
      read([
        '-z',
        '--flag',
        '--count=-5',
        '-n',
        '+7',
        '-t',
        'x',
        '--text=--y',
        '--order=up',
        '-n',
        parameter('count'),
        parameter('order', '--order='),
        parameter('negative', '--count='),
        parameter('text', '--text='),
      ]).options,
    ).toEqual([
      { name: '-z' },
      { name: '--flag' },
      { name: '--count', value: { literal: '-5' } },
      { name: '-n', value: { literal: '+7' } },
      { name: '-t', value: { literal: 'x' } },
      { name: '--text', value: { literal: '--y' } },
      { name: '--order', value: { literal: 'up' } },
      { name: '-n', value: { parameter: 'count' } },
      { name: '--order', value: { parameter: 'order' } },
      { name: '--count', value: { parameter: 'negative' } },
      { name: '--text', value: { parameter: 'text' } },
    ]);
  });

  test('fail with values that are none, and name those that are', () => {
    expect(refusal(['--order=aside'])).toBe('tool run: prog: "aside" is no value for --order; allowed: up, down');
    expect(refusal(['--date=then'])).toBe('tool run: prog: "then" is no value for --date');
    expect(refusal([parameter('other', '--order=')])).toBe(
      'tool run: prog: "aside" is no value for --order; allowed: up, down',
    );
    for (const text of ['', 'x', '5x', 'x5', '--5', '1.5', '1'.repeat(16)]) {
      expect(refusal([`--count=${text}`])).toBe(`tool run: prog: ${JSON.stringify(text)} is no value for --count`);
    }
    expect(read([`--count=${'1'.repeat(15)}`]).options).toHaveLength(1);
  });

  test('fail when a value looks like an option of its own', () => {
    expect(refusal(['-n', '-5'])).toBe('tool run: prog: "-5" is no value for -n');
    expect(refusal(['-t', '-x'])).toBe('tool run: prog: "-x" is no value for -t');
    expect(refusal(['-n', parameter('negative')])).toBe(
      'tool run: prog: the parameter negative can be negative, which looks like an option; give it a prefix such as ' +
      '--lines=',
    );
    expect(refusal(['-t', parameter('dashed')])).toBe(
      'tool run: prog: the parameter dashed allows "-r", which looks like an option; give it a prefix or write the ' +
      'option out',
    );
    expect(read(['-t', 'x-'])).toMatchObject({ options: [{ value: { literal: 'x-' } }] });
  });

  test('fail without a value where one belongs, and with one where none does', () => {
    for (const argv of [['-n'], ['-n', parameter('count', '--count=')]]) {
      expect(refusal(argv)).toBe('tool run: prog: the option -n needs a value after it');
    }
    expect(refusal(['--flag=1'])).toBe('tool run: prog: the option --flag takes no value');
    expect(refusal([parameter('count', '--flag=')])).toBe('tool run: prog: the option --flag takes no value');
  });

  test('fail when they are not offered, and list what is', () => {
    expect(refusal(['--nope'])).toBe(
      'tool run: prog: the option "--nope" is not offered. Offered: --count --date --flag --order --text -n -t -z',
    );
    expect(refusal(['toString', '--toString'])).toContain('the option "--toString" is not offered');
  });

  test('fail with a parameter that does not suit them', () => {
    for (const prefix of ['-n=', 'count=', '--count', '=']) {
      expect(refusal([parameter('count', prefix)])).toBe(
        `tool run: prog: the prefix "${prefix}" must be a long option with its equals sign, such as --max-count=, ` +
        'before any --',
      );
    }
    expect(refusal(['--', parameter('count', '--count=')])).toContain('before any --');
    expect(refusal([parameter('file', '--text=')])).toBe(
      'tool run: prog: the path file cannot be the value of --text; give it as an operand, after --',
    );
    for (const name of ['--order', '--date', '--count']) {
      expect(refusal([parameter('text', `${name}=`)])).toBe(
        `tool run: prog: the option ${name} does not take any text; make text an integer or a choice`,
      );
    }
  });

  test('fail when one of several is needed and none is there', () => {
    const needs: Grammar = { ...GRAMMAR, needs: ['-z', '--flag'] };
    expect(refusal(['-n', '1'], needs)).toBe('tool run: prog: needs one of -z --flag');
    expect(read(['--flag'], needs).options).toEqual([{ name: '--flag' }]);
  });
});

describe('the operands of a template', () => {
  test('are files, before and after two dashes', () => {
    expect(read([parameter('file'), '--', '-z'])).toMatchObject({
      options: [],
      files: [{ parameter: 'file' }, { literal: '-z' }],
    });
  });

  test('fail for more or fewer files than the program takes', () => {
    expect(refusal(['a', 'b', 'c'])).toBe(
      'tool run: prog: takes 0 to 2 files as literals or parameters of type path; there are 3',
    );
    expect(refusal([], { ...GRAMMAR, minFiles: 1 })).toBe(
      'tool run: prog: takes 1 to 2 files as literals or parameters of type path; there are 0',
    );
    expect(refusal(['a'], { ...GRAMMAR, minFiles: 2 })).toBe(
      'tool run: prog: takes 2 files as literals or parameters of type path; there are 1',
    );
  });

  test('begin with the pattern, unless an option gives it', () => {
    expect(read([parameter('text'), 'a'], PATTERN)).toMatchObject({
      patterns: [{ parameter: 'text' }],
      files: [{ literal: 'a' }],
    });
    expect(read(['-z', 'x', 'a'], PATTERN)).toMatchObject({ patterns: [{ literal: 'x' }], files: [{ literal: 'a' }] });
    for (const argv of [['-e', 'x', 'a'], ['--regexp=x', 'a']]) {
      expect(read(argv, PATTERN)).toMatchObject({ patterns: [], files: [{ literal: 'a' }] });
    }
  });

  test('fail when the pattern is a path, or nothing', () => {
    expect(refusal([parameter('file')], PATTERN)).toBe('tool run: prog: the first operand is the pattern, not a path');
    expect(refusal(['-z'], PATTERN)).toBe('tool run: prog: needs a pattern');
  });

  test('are revisions before two dashes where the program has them, paths apart', () => {
    expect(read(['HEAD', parameter('text'), parameter('file'), '--', 'a'], REVISIONS)).toMatchObject({
      revisions: [{ literal: 'HEAD' }, { parameter: 'text' }],
      files: [{ parameter: 'file' }, { literal: 'a' }],
    });
    expect(refusal(['--', parameter('text')], REVISIONS)).toBe(
      'tool run: prog: the parameter text stands where a file is named; make it of type path',
    );
  });

  test('fail for an undeclared parameter, inherited names too', () => {
    for (const name of ['unknown', 'constructor']) {
      expect(refusal([parameter(name)])).toBe(`tool run: prog: there is no parameter "${name}"`);
    }
  });

  test('fail for text where a file is named, and for numbers that look like an option', () => {
    expect(refusal([parameter('text')])).toBe(
      'tool run: prog: the parameter text stands where a file is named; make it of type path',
    );
    expect(refusal([parameter('negative')])).toContain('can be negative');
    expect(read([parameter('count')], PATTERN).patterns).toEqual([{ parameter: 'count' }]);
  });
});
