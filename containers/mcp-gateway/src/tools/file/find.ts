import { z } from 'zod';
import { pathArgument } from '../arguments';
import { FileOperation } from './define';
import { cursorArgument, listEntries, shownEntry } from './listing';
import { namePattern, patternArgument } from './name-pattern';
import { MAX_DEPTH } from './walk';

const input = z.strictObject({
  pattern: patternArgument.describe('Glob: *.md for names, docs/**/*.md for paths; * ? ** {a,b}.'),
  path: pathArgument('Folder to search below, relative to the workspace. Default: the workspace itself.').default(''),
  cursor: cursorArgument,
});

export const find: FileOperation<typeof input> = {
  title: 'Find by name',
  description:
    'Finds files and folders of the workspace by a glob on their names: one path a line, folders end in a slash.',
  input,
  opens: 'folder',
  run: async ({ pattern, ...args }, kit) => {
    const matches = namePattern(pattern);
    return listEntries(
      {
        ...args,
        maxDepth: MAX_DEPTH,
        notesDepth: true,
        wants: matches,
        line: (entry) =>
          matches(entry) ? `${shownEntry(entry, 'path')}${entry.kind === 'folder' ? '/' : ''}` : undefined,
        empty: '(no match)',
      },
      kit,
    );
  },
};
