import { z } from 'zod';
import { pathArgument, wholeNumber } from '../arguments';
import { FileOperation } from './define';
import { cursorArgument, listEntries, shownEntry } from './listing';
import { MAX_DEPTH } from './walk';

const input = z.strictObject({
  path: pathArgument('Folder, relative to the workspace. Default: the workspace itself.').default(''),
  depth: wholeNumber(1, MAX_DEPTH).default(8).describe('How many levels are shown.'),
  cursor: cursorArgument,
});

const SUFFIXES = { file: '', folder: '/', link: '@', other: '|' };

export const tree: FileOperation<typeof input> = {
  title: 'Folder tree',
  description:
    'Shows a folder of the workspace and what is below it, indented. Folders end in a slash, symbolic links in an @; ' +
    'links are not followed.',
  input,
  opens: 'folder',
  run: async ({ depth, ...args }, kit) =>
    listEntries(
      {
        ...args,
        maxDepth: depth - 1,
        notesDepth: true,
        line: (entry) => `${'  '.repeat(entry.depth)}${shownEntry(entry, 'name')}${SUFFIXES[entry.kind]}`,
        empty: '(nothing the policy shows)',
      },
      kit,
    ),
};
