import { z } from 'zod';
import { pathArgument } from '../arguments';
import { FileOperation } from './define';
import { cursorArgument, listEntries, shownEntry } from './listing';

const input = z.strictObject({
  path: pathArgument('Folder, relative to the workspace. Default: the workspace itself.').default(''),
  cursor: cursorArgument,
});

export const list: FileOperation<typeof input> = {
  title: 'List folder',
  description:
    'Lists a folder of the workspace: one entry a line, its kind (file, folder, link or other) and its name.',
  input,
  opens: 'folder',
  run: async (args, kit) =>
    listEntries(
      {
        ...args,
        line: (entry) => `${entry.kind}\t${shownEntry(entry, 'name')}`,
        empty: '(nothing the policy shows)',
      },
      kit,
    ),
};
