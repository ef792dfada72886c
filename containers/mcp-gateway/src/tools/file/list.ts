import { z } from 'zod';
import { pathArgument } from '../arguments';
import { LimitedText } from '../limited-text';
import { showName } from '../show';
import { FileOperation } from './define';
import { walk } from './walk';

const input = z.strictObject({
  path: pathArgument('Folder, relative to the workspace. Default: the workspace itself.').default(''),
});

export const list: FileOperation<typeof input> = {
  title: 'List folder',
  description: 'Lists a folder of the workspace: one entry a line, its kind (file, folder, link or other) and its name.',
  input,
  opens: 'folder',
  run: async ({ path }, kit) => {
    const text = new LimitedText(kit.maxOutputBytes);
    let entries = 0;
    let limit: string | undefined;
    const options = { ...kit, workspace: kit.environment.workspace, maxDepth: 0, onLimit: (reason: string) => { limit ??= reason; } };
    for await (const entry of walk(path, options)) {
      if (entries === kit.maxEntries) {
        text.cut(`more than ${kit.maxEntries} entries`);
      }
      if (text.isCut || !text.add(`${entry.kind}\t${showName(entry.name)}`)) {
        break;
      }
      entries += 1;
    }
    // That folders below are not entered is what a list is.
    if (limit?.startsWith('more than') === true) {
      text.cut(limit);
    }
    return text.result('(nothing the policy shows)');
  },
};
