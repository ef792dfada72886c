import { AnswerLines } from '../answer-text';
import { plainText } from '../arguments';
import { quoted, showName } from '../show';
import { ToolResult } from '../tool';
import { FileKit } from './define';
import { walk, WalkEntry } from './walk';

/** Where the answer before ended. The escapes of a name that is not UTF-8 make it longer than a path. */
export const cursorArgument = plainText(16 * 1024).min(1).optional()
  .describe('Where to go on: the cursor at the end of the answer before.');

/** How a folder is listed. */
export interface Listing {
  readonly path: string;
  readonly cursor?: string;
  /** @default 0, the folder alone */
  readonly maxDepth?: number;
  /** Whether a list that does not go deeper has a note about it. */
  readonly notesDepth?: boolean;
  /** Whether an entry that is no folder belongs to the listing. @default all */
  readonly wants?: (entry: Pick<WalkEntry, 'name' | 'path'>) => boolean;
  /** The text of an empty listing. */
  readonly empty: string;
  /** Returns the line of an entry; undefined leaves it out. */
  line(entry: WalkEntry): string | undefined;
}

/** Lists what is below a folder, up to the limits of the tool, with a cursor for the rest. */
export async function listEntries(listing: Listing, kit: FileKit): Promise<ToolResult> {
  const { path, cursor, maxDepth = 0, notesDepth = false, wants } = listing;
  const lines = new AnswerLines(kit.maxOutputBytes);
  let entries = 0;
  let isDeep = false;
  const options = {
    ...kit,
    workspace: kit.environment.workspace,
    maxDepth,
    cursor,
    wants,
    // one more shows that there are more
    ...(wants === undefined ? { maxKept: kit.maxEntries + 1 } : {}),
    onDeep: () => { isDeep = true; },
  };
  for await (const entry of walk(path, options)) {
    const line = listing.line(entry);
    if (line !== undefined) {
      if (entries === kit.maxEntries) {
        lines.cut(`more than ${kit.maxEntries} entries`);
      }
      if (lines.isCut || !lines.add(line, entry.path)) {
        break;
      }
      entries += 1;
    }
    if (kit.turns.isLate) {
      lines.cut('the time for one call is used up', entry.path);
      break;
    }
  }
  return lines.result(
    listing.empty,
    isDeep && notesDepth ? [`folders deeper than ${maxDepth + 1} are not entered`] : [],
  );
}

/** Shows the name of an entry, or the name with its folder. */
export function shownEntry(entry: WalkEntry, text: 'name' | 'path'): string {
  if (entry.isNameable) {
    return showName(entry[text]);
  }
  // its bytes are escaped already
  const folder = entry.path.slice(0, entry.path.length - entry.name.length);
  return `"${text === 'path' ? quoted(folder).slice(1, -1) : ''}${entry.name}"`;
}
