import { anyText, OptionValue, Program } from './program';

const MANY = 64;

function flags(...names: string[]): Record<string, OptionValue> {
  return Object.fromEntries(names.map((name) => [name, 'none' as const]));
}

function numbers(...names: string[]): Record<string, OptionValue> {
  return Object.fromEntries(names.map((name) => [name, 'number' as const]));
}

function program(name: string, options: Record<string, OptionValue>, more: Partial<Program> = {}): Program {
  return { name, options, minFiles: 1, maxFiles: MANY, always: [], answers: [0], ...more };
}

const CONTEXT = numbers('-A', '-B', '-C', '-m', '--after-context', '--before-context', '--context', '--max-count');

/**
 * The programs a manifest may name, apart from git. Each only reads the files it is given, and the options below
 * neither write, run another program, name a file, follow the end of one nor use an expression that backtracks without
 * a bound.
 */
export const PROGRAMS: readonly Program[] = [
  program(
    'cat',
    flags('-A', '-b', '-E', '-n', '-s', '-T', '-v', '--number', '--number-nonblank', '--show-all', '--squeeze-blank'),
  ),
  program(
    'cmp',
    { ...flags('-b', '-l', '-s', '--print-bytes', '--verbose', '--silent'), ...numbers('-n', '--bytes') },
    { minFiles: 2, maxFiles: 2, answers: [0, 1] },
  ),
  program('cut', {
    ...flags('-s', '--complement', '--only-delimited'),
    '-b': isRange,
    '-c': isRange,
    '-d': anyText,
    '-f': isRange,
    '--bytes': isRange,
    '--characters': isRange,
    '--delimiter': anyText,
    '--fields': isRange,
    '--output-delimiter': anyText,
  }),
  program(
    'diff',
    {
      ...flags(
        '-a',
        '-b',
        '-B',
        '-i',
        '-q',
        '-s',
        '-t',
        '-u',
        '-w',
        '-y',
        '--brief',
        '--ignore-all-space',
        '--ignore-blank-lines',
        '--ignore-case',
        '--ignore-space-change',
        '--minimal',
        '--report-identical-files',
        '--side-by-side',
        '--suppress-common-lines',
        '--text',
        '--unified',
      ),
      ...numbers('-U', '-W', '--width'),
    },
    { minFiles: 2, maxFiles: 2, answers: [0, 1] },
  ),
  // The files stand in the working folder as links, which file(1) would otherwise describe instead of their targets.
  program('file', flags('-b', '-i', '--brief', '--mime', '--mime-encoding', '--mime-type'), { always: ['-L'] }),
  program(
    'grep',
    {
      ...flags(
        '-c',
        '-E',
        '-F',
        '-h',
        '-H',
        '-i',
        '-L',
        '-l',
        '-n',
        '-o',
        '-s',
        '-v',
        '-w',
        '-x',
        '--count',
        '--extended-regexp',
        '--files-with-matches',
        '--files-without-match',
        '--fixed-strings',
        '--ignore-case',
        '--invert-match',
        '--line-number',
        '--line-regexp',
        '--no-filename',
        '--only-matching',
        '--with-filename',
        '--word-regexp',
      ),
      ...CONTEXT,
      '-e': anyText,
      '--regexp': anyText,
    },
    { pattern: '-e', always: ['--color=never'], answers: [0, 1] },
  ),
  program('head', { ...flags('-q', '-v', '--quiet', '--verbose'), ...numbers('-c', '-n', '--bytes', '--lines') }),
  program('nl', {
    '-b': ['a', 't', 'n'],
    '--body-numbering': ['a', 't', 'n'],
    '-n': ['ln', 'rn', 'rz'],
    ...numbers('-v', '-i', '-w'),
  }),
  program(
    'od',
    {
      ...flags('-c', '-v', '-x', '--output-duplicates'),
      ...numbers('-j', '-N', '--read-bytes', '--skip-bytes'),
      '-A': ['d', 'o', 'x', 'n'],
      '-t': isType,
      '--address-radix': ['d', 'o', 'x', 'n'],
      '--format': isType,
      // Without an option that its forebears did not have, a file called 10 or +10 is where od begins to read.
    },
    { always: ['-Ao'] },
  ),
  program(
    'rg',
    {
      ...flags(
        '-c',
        '-F',
        '-H',
        '-i',
        '-I',
        '-l',
        '-n',
        '-N',
        '-o',
        '-S',
        '-s',
        '-U',
        '-v',
        '-w',
        '-x',
        '--case-sensitive',
        '--column',
        '--count',
        '--count-matches',
        '--files-with-matches',
        '--files-without-match',
        '--fixed-strings',
        '--heading',
        '--ignore-case',
        '--invert-match',
        '--json',
        '--line-number',
        '--line-regexp',
        '--multiline',
        '--no-filename',
        '--no-heading',
        '--no-line-number',
        '--only-matching',
        '--smart-case',
        '--stats',
        '--text',
        '--trim',
        '--with-filename',
        '--word-regexp',
      ),
      ...CONTEXT,
      ...numbers('--max-columns'),
      '-e': anyText,
      '--regexp': anyText,
    },
    { pattern: '-e', always: ['--no-config', '--color=never'], answers: [0, 1] },
  ),
  program('sha256sum', flags('--tag')),
  program(
    'sort',
    {
      ...flags(
        '-b',
        '-c',
        '-d',
        '-f',
        '-g',
        '-h',
        '-i',
        '-M',
        '-n',
        '-r',
        '-s',
        '-u',
        '-V',
        '--check',
        '--dictionary-order',
        '--general-numeric-sort',
        '--human-numeric-sort',
        '--ignore-case',
        '--ignore-leading-blanks',
        '--month-sort',
        '--numeric-sort',
        '--reverse',
        '--stable',
        '--unique',
        '--version-sort',
      ),
      '-k': isKey,
      '--key': isKey,
      '-t': isOneCharacter,
      '--field-separator': isOneCharacter,
    },
    { answers: [0, 1] },
  ),
  program('tail', { ...flags('-q', '-v', '--quiet', '--verbose'), ...numbers('-c', '-n', '--bytes', '--lines') }),
  // A second operand of uniq is where it writes.
  program(
    'uniq',
    {
      ...flags('-c', '-d', '-D', '-i', '-u', '--count', '--ignore-case', '--repeated', '--unique'),
      ...numbers('-f', '-s', '-w', '--check-chars', '--skip-chars', '--skip-fields'),
    },
    { maxFiles: 1 },
  ),
  program('wc', flags('-c', '-l', '-L', '-m', '-w', '--bytes', '--chars', '--lines', '--max-line-length', '--words')),
];

/** What to use for a program that cannot be made safe, as part of a message. */
export const INSTEAD: Readonly<Record<string, string>> = {
  find: 'a file tool with operation find',
  ls: 'a file tool with operation list',
  tree: 'a file tool with operation tree',
  stat: 'a file tool with operation stat',
  sed: 'a file tool with operation read and a range, or grep',
  awk: 'cut, or grep',
  less: 'a file tool with operation read',
  more: 'a file tool with operation read',
  jq: 'grep, or a file tool with operation read',
};

function isRange(text: string): boolean {
  return /^\d*-?\d*(,\d*-?\d*)*$/.test(text) && /\d/.test(text);
}

function isKey(text: string): boolean {
  return /^\d+(\.\d+)?[bdfghiMnrV]*(,\d+(\.\d+)?[bdfghiMnrV]*)?$/.test(text);
}

function isType(text: string): boolean {
  return /^([acdfoux]\d{0,2}z?){1,8}$/.test(text);
}

function isOneCharacter(text: string): boolean {
  return [...text].length === 1;
}
