import { z } from 'zod';
import { pathArgument, plainText } from '../arguments';
import { LimitedText } from '../limited-text';
import { showName } from '../show';
import { ToolFailure } from '../tool';
import { FileOperation } from './define';
import { namePattern } from './name-pattern';
import { MAX_DEPTH, walk } from './walk';

const input = z.strictObject({
  pattern: plainText(256).min(1).describe('Glob: *.md for names, docs/**/*.md for paths; * ? ** {a,b}.'),
  path: pathArgument('Folder to search below, relative to the workspace. Default: the workspace itself.').default(''),
});

export const find: FileOperation<typeof input> = {
  title: 'Find by name',
  description: 'Finds files and folders of the workspace by a glob on their names: one path a line, folders end in a slash.',
  input,
  opens: 'folder',
  run: async ({ pattern, path }, kit) => {
    const matches = patternOf(pattern);
    const text = new LimitedText(kit.maxOutputBytes);
    let found = 0;
    let limit: string | undefined;
    const options = { ...kit, workspace: kit.environment.workspace, maxDepth: MAX_DEPTH, onLimit: (reason: string) => { limit ??= reason; } };
    for await (const entry of walk(path, options)) {
      if (!matches(entry.name, entry.path)) {
        continue;
      }
      if (found === kit.maxEntries) {
        text.cut(`more than ${kit.maxEntries} matches`);
      }
      if (text.isCut || !text.add(`${showName(entry.path)}${entry.kind === 'folder' ? '/' : ''}`)) {
        break;
      }
      found += 1;
    }
    if (limit !== undefined) {
      text.cut(limit);
    }
    return text.result('(no match)');
  },
};

function patternOf(pattern: string): (name: string, path: string) => boolean {
  try {
    return namePattern(pattern);
  } catch {
    throw new ToolFailure('the pattern is too large; use a shorter one');
  }
}
