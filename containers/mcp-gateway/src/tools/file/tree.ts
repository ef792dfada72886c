import { z } from 'zod';
import { pathArgument, wholeNumber } from '../arguments';
import { LimitedText } from '../limited-text';
import { showName } from '../show';
import { FileOperation } from './define';
import { MAX_DEPTH, walk } from './walk';

const input = z.strictObject({
  path: pathArgument('Folder, relative to the workspace. Default: the workspace itself.').default(''),
  depth: wholeNumber(1, MAX_DEPTH).default(8).describe('How many levels are shown.'),
});

export const tree: FileOperation<typeof input> = {
  title: 'Folder tree',
  description: 'Shows a folder of the workspace and what is below it, indented; folders end in a slash, symbolic links in an @ and are not followed.',
  input,
  opens: 'folder',
  run: async ({ path, depth }, kit) => {
    const text = new LimitedText(kit.maxOutputBytes);
    let entries = 0;
    let limit: string | undefined;
    const options = { ...kit, workspace: kit.environment.workspace, maxDepth: depth - 1, onLimit: (reason: string) => { limit ??= reason; } };
    for await (const entry of walk(path, options)) {
      if (entries === kit.maxEntries) {
        text.cut(`more than ${kit.maxEntries} entries`);
      }
      const suffix = { file: '', folder: '/', link: '@', other: '|' }[entry.kind];
      if (text.isCut || !text.add(`${'  '.repeat(entry.depth)}${showName(entry.name)}${suffix}`)) {
        break;
      }
      entries += 1;
    }
    if (limit !== undefined) {
      text.cut(limit);
    }
    return text.result('(nothing the policy shows)');
  },
};
