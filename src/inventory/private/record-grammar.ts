import { PROSE, TITLE } from '../grammar';
import { TextRule } from './shape';
import { UNSEEN, UNSEEN_IN_LINE } from '../../util/unseen';

/** Every day there is, from 2000 to 2999. */
const YEAR = '2[0-9]{3}';
const LEAP_YEAR = '2(?:[048]00|[0-9](?:0[48]|[2468][048]|[13579][26]))';
const DAY = '(?:0[1-9]|1[0-9]|2[0-8])';
const DATE = `(?:${YEAR}-(?:(?:0[1-9]|1[0-2])-${DAY}|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|${LEAP_YEAR}-02-29)`;
const TIME = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z';

export const MOMENT: TextRule = {
  pattern: new RegExp(`^${DATE}T${TIME}$`, 'u'),
  longest: 40,
  expected: 'a moment in UTC, as in 2026-11-22T19:00:00Z',
  explain: (text) =>
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/.test(text)
      ? 'is no day or time of the calendar'
      : undefined,
};

/** A name or a sentence, on one line. */
export const LINE: TextRule = { ...TITLE, longest: 1200 };

/** A command as it was run. */
export const COMMAND: TextRule = { ...TITLE, longest: 4000 };

export const REASON: TextRule = PROSE;

/** The end of what a program printed: any line, tabs too, but nothing that a terminal would obey. */
export const OUTPUT: TextRule = {
  pattern: new RegExp(`^[^\\u0000-\\u0008\\u000b-\\u001f${UNSEEN}]*$`, 'u'),
  longest: 8000,
  expected: 'text without invisible characters',
};

/** No system takes these in a name, or some take them for something else. */
const FILE_NAME = `(?!\\.{1,2}(?:/|$))[^/\\\\:*?"<>|~${UNSEEN_IN_LINE}]+`;

export const FILE: TextRule = {
  pattern: new RegExp(`^${FILE_NAME}(?:/${FILE_NAME})*$`, 'u'),
  longest: 1024,
  expected: 'a path below the output folder, with forward slashes, as in `compose/docker-compose.yml`',
  explain: (text) => {
    if (text.startsWith('/') || /^[a-z]:/i.test(text)) {
      return 'is absolute';
    }
    return text.split('/').includes('..') ? 'leads out of the folder' : undefined;
  },
};

export const LINTER: TextRule = {
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/u,
  longest: 63,
  expected: 'the name of a linter, as in `kube-linter`',
};

export const LINTER_CHECK: TextRule = {
  pattern: /^[A-Za-z0-9@][A-Za-z0-9@._/-]*$/u,
  longest: 128,
  expected: "the id of a linter's check, as in `no-read-only-root-fs` or `DL3008`",
};
