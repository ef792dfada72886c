import { anyText, Grammar, OptionValue } from '../program';

/** A git command that is offered: reading history, nothing else. */
export interface Subcommand extends Grammar {
  /** Whether it shows contents or names of files, so that the policy's pathspecs are needed. */
  readonly showsFiles: boolean;
  /** Exit codes that are answers. */
  readonly answers: readonly number[];
}

function flags(...names: string[]): Record<string, OptionValue> {
  return Object.fromEntries(names.map((name) => [name, 'none' as const]));
}

/** A format of commits. %G runs gpg and %(describe) another git: neither is for a caller to start. */
const isFormat = (text: string): boolean => !/%G|%\(describe/.test(text);

// An option whose value git wants joined, such as -U3, has only its long name here: apart, the value would be read as a
// revision.
const DIFF = {
  ...flags(
    '-p',
    '-s',
    '-u',
    '-w',
    '-b',
    '--patch',
    '--no-patch',
    '--stat',
    '--numstat',
    '--shortstat',
    '--summary',
    '--name-only',
    '--name-status',
    '--raw',
    '--ignore-all-space',
    '--ignore-space-change',
    '--ignore-blank-lines',
    '--word-diff',
    '--minimal',
    '--patience',
    '--histogram',
    '--no-renames',
    '--full-index',
    '--function-context',
  ),
  '--unified': 'number' as const,
  '--inter-hunk-context': 'number' as const,
  '--diff-filter': (text: string) => /^[A-Za-z]{1,16}$/.test(text),
};

const COMMITS = {
  ...flags(
    '--oneline',
    '--reverse',
    '--merges',
    '--no-merges',
    '--first-parent',
    '--graph',
    '--decorate',
    '--no-decorate',
    '--abbrev-commit',
    '--no-abbrev-commit',
    '--all',
    '--branches',
    '--tags',
    '--date-order',
    '--topo-order',
    '-i',
    '--regexp-ignore-case',
    '-F',
    '--fixed-strings',
    '-E',
    '--extended-regexp',
  ),
  '-n': 'number' as const,
  '--max-count': 'number' as const,
  '--skip': 'number' as const,
  '--abbrev': 'number' as const,
  '--since': anyText,
  '--until': anyText,
  '--after': anyText,
  '--before': anyText,
  '--author': anyText,
  '--committer': anyText,
  '--grep': anyText,
  '--date': ['default', 'iso', 'iso-strict', 'iso8601', 'local', 'raw', 'relative', 'rfc', 'short', 'unix', 'human'],
  '--format': isFormat,
  '--pretty': isFormat,
};

const PICKAXE = { '-S': anyText, '-G': anyText };

/** Nothing that a repository or a commit could name is run. */
const NO_PROGRAMS = ['--no-ext-diff', '--no-textconv', '--no-color'];

const MANY = 64;

function subcommand(options: Record<string, OptionValue>, more: Partial<Subcommand> = {}): Subcommand {
  return { options, revisions: true, minFiles: 0, maxFiles: MANY, always: [], showsFiles: true, answers: [0], ...more };
}

/**
 * The git commands a manifest may name. Each works on commits alone: there is no index and no working tree to look at.
 */
export const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  log: subcommand({ ...DIFF, ...COMMITS, ...PICKAXE }, { always: [...NO_PROGRAMS, '--no-show-signature'] }),
  show: subcommand({ ...DIFF, ...COMMITS }, { always: [...NO_PROGRAMS, '--no-show-signature'] }),
  diff: subcommand({ ...DIFF, ...PICKAXE, ...flags('--merge-base') }, { always: NO_PROGRAMS }),
  blame: subcommand(
    {
      ...flags(
        '-e',
        '-f',
        '-l',
        '-n',
        '-s',
        '-t',
        '-w',
        '--line-porcelain',
        '--porcelain',
        '--show-email',
        '--show-name',
        '--show-number',
      ),
      '-L': (text: string) => /^\d+(,[+-]?\d+)?$/.test(text),
      '--date': COMMITS['--date'],
    },
    { minFiles: 1, maxFiles: 1 },
  ),
  shortlog: subcommand({
    ...flags('-s', '-n', '-e', '--summary', '--numbered', '--email', '--all', '--branches', '--tags', '--no-merges'),
    '--since': anyText,
    '--until': anyText,
  }),
  grep: subcommand(
    {
      ...flags(
        '-c',
        '-E',
        '-F',
        '-h',
        '-i',
        '-l',
        '-L',
        '-n',
        '-o',
        '-v',
        '-w',
        '--count',
        '--extended-regexp',
        '--files-with-matches',
        '--fixed-strings',
        '--heading',
        '--ignore-case',
        '--line-number',
        '--only-matching',
        '--word-regexp',
        '--break',
        '-I',
      ),
      '-A': 'number',
      '-B': 'number',
      '-C': 'number',
      '-m': 'number',
      '--max-count': 'number',
      '-e': anyText,
    },
    { pattern: '-e', always: ['--no-textconv', '--no-color', '--no-recurse-submodules'], answers: [0, 1] },
  ),
  branch: subcommand(
    { ...flags('--list', '-v', '--all', '-a', '--verbose') },
    { needs: ['--list'], always: ['--no-color'], showsFiles: false, revisions: false, maxFiles: 0 },
  ),
  tag: subcommand(
    { ...flags('--list', '-l', '-n') },
    { needs: ['--list', '-l'], always: ['--no-color'], showsFiles: false, revisions: false, maxFiles: 0 },
  ),
};

/** Options that choose the start by themselves. */
export const STARTING_POINTS: readonly string[] = ['--all', '--branches', '--tags'];
