import { z } from 'zod';
import { FileKit, FileOperation } from './define';
import { LINE_FEED } from './lines';
import { cursorArgument } from './listing';
import { namePattern, patternArgument } from './name-pattern';
import { Block, BlockResult } from './search/block';
import { SearchPattern } from './search/matcher';
import { searchInThread } from './search/threads';
import { MAX_DEPTH, walk } from './walk';
import { OpenedFile } from '../../workspace';
import { AnswerLines } from '../answer-text';
import { pathArgument, plainText } from '../arguments';
import { showName } from '../show';
import { Denial, ToolFailure, ToolResult } from '../tool';

/** Bytes of a file that are searched at once. */
const BLOCK_BYTES = 256 * 1024;

/** Matches that a thread reports at once: they are read and shown in one turn. */
const MAX_MATCHES = 500;

/** First bytes of a file that show whether it is text. */
const SAMPLE_BYTES = 8192;

const input = z.strictObject({
  pattern: plainText(512)
    .min(1)
    .describe('What to look for in each line: literal text, or an RE2 expression when regex is true.'),
  path: pathArgument('File or folder to search, relative to the workspace. Default: the workspace itself.').default(''),
  glob: patternArgument.optional().describe('Only files whose name (or path, with a slash) matches: *.ts, docs/**.'),
  regex: z
    .boolean()
    .default(false)
    .describe('Read pattern as an RE2 expression: no look-around and no back-references, linear time.'),
  ignoreCase: z.boolean().default(false),
  cursor: cursorArgument,
});

export const grep: FileOperation<typeof input> = {
  title: 'Search contents',
  description:
    'Searches text files of the workspace line by line, for literal text or an RE2 expression: path, line number and ' +
    'line of each match. ' +
    'A long search ends with a cursor for the next call.',
  input,
  opens: 'either',
  run: async ({ path, glob, cursor, ...pattern }, kit) => {
    if (/[\n\r]/.test(pattern.pattern)) {
      throw new ToolFailure('the pattern holds a line break, and lines are searched one by one');
    }
    const search = new Search(pattern, kit);
    await search.checkPattern();
    const matchesName = glob === undefined ? () => true : namePattern(glob);
    const from = cursor === undefined ? undefined : positionOf(cursor);
    const { workspace } = kit.environment;
    const start = await workspace.stat(path, kit);
    if (start.kind === 'file') {
      await search.file(await search.open(start.path), from);
      return search.result();
    }
    if (from !== undefined) {
      await search.file(await search.openIfAllowed(from.path), from);
    }
    const options = {
      ...kit,
      workspace,
      maxDepth: MAX_DEPTH,
      cursor: from?.path,
      wants: matchesName,
      onDeep: () => search.noteDepth(),
    };
    for await (const entry of walk(start.path, options)) {
      if (search.isOver) {
        break;
      }
      if (entry.kind === 'file' && entry.isNameable) {
        await search.file(await search.openIfAllowed(entry.path));
      }
      search.checkTime({ path: entry.path, line: 1, offset: 'end' });
    }
    return search.result();
  },
};

/** A place in a file, for a search that goes on there or after the file. */
interface Position {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly offset: number | 'end';
}

function cursorOf({ path, line, offset }: Position): string {
  return offset === 'end' ? `${path}:end` : `${path}:${line}:${offset}`;
}

function positionOf(cursor: string): Position {
  const [, path, line, offset] = /^(.*):(?:end|(\d{1,15}):(\d{1,15}))$/s.exec(cursor) ?? [];
  if (path === undefined) {
    throw new ToolFailure('the cursor is not one of a search; give it as it stands at the end of the answer before');
  }
  return line === undefined ? { path, line: 1, offset: 'end' } : { path, line: Number(line), offset: Number(offset) };
}

class Search {
  private readonly lines: AnswerLines;
  private matches = 0;
  private isDeep = false;

  constructor(private readonly pattern: SearchPattern, private readonly kit: FileKit) {
    this.lines = new AnswerLines(kit.maxOutputBytes);
  }

  public get isOver(): boolean {
    return this.lines.isCut;
  }

  /** @throws ToolFailure for a pattern that cannot be used, whether there is a file to search or not */
  public async checkPattern(): Promise<void> {
    await this.block(Buffer.alloc(0), { inLine: false, isGiven: false, isLast: true, maxMatches: 1 });
  }

  public async open(path: string): Promise<OpenedFile> {
    const { environment, paths, maxInputBytes = Infinity } = this.kit;
    return environment.workspace.openFile(path, { paths, maxBytes: maxInputBytes });
  }

  /** Opens one of many files: one that is closed or gone leaves the others to be searched. */
  public async openIfAllowed(path: string): Promise<OpenedFile | undefined> {
    return this.open(path).catch((error: unknown) => {
      if (error instanceof Denial || error instanceof ToolFailure) {
        return undefined;
      }
      throw error;
    });
  }

  /** Searches a file block by block, and closes it. */
  public async file(file: OpenedFile | undefined, from?: Position): Promise<void> {
    try {
      if (file !== undefined && from?.offset !== 'end' && !(await file.read(0, SAMPLE_BYTES)).includes(0)) {
        await this.text(file, from?.line ?? 1, from?.offset ?? 0);
      }
    } finally {
      await file?.close();
    }
  }

  /** Ends the answer if little is left of the call's time. */
  public checkTime(position: Position): void {
    if (this.kit.turns.isLate) {
      this.lines.cut('the time for one call is used up', cursorOf(position));
    }
  }

  public noteDepth(): void {
    this.isDeep = true;
  }

  public result(): ToolResult {
    return this.lines.result('(no match)', this.isDeep ? [`folders deeper than ${MAX_DEPTH + 1} are not entered`] : []);
  }

  private async text(file: OpenedFile, firstLine: number, firstByte: number): Promise<void> {
    const { path, size } = file;
    let [line, offset, isGiven] = [firstLine, firstByte, false];
    let inLine = offset > 0 && (await file.read(offset - 1, 1))[0] !== LINE_FEED;
    while (offset < size && !this.isOver) {
      const bytes = await file.read(offset, BLOCK_BYTES);
      if (bytes.length === 0) {
        // it became shorter
        return;
      }
      const isLast = offset + bytes.length >= size;
      const maxMatches = Math.min(MAX_MATCHES, this.kit.maxEntries - this.matches + 1);
      const found = await this.block(bytes, { inLine, isGiven, isLast, maxMatches });
      for (const match of found.matches) {
        this.add(
          `${showName(path)}:${line + match.line}: ${match.text}`,
          { path, line: line + match.nextLine, offset: offset + match.next });
      }
      [line, offset, inLine, isGiven] = [line + found.lines, offset + found.passed, found.inLine, found.isGiven];
      this.checkTime({ path, line, offset });
    }
  }

  private add(line: string, next: Position): void {
    if (this.matches === this.kit.maxEntries) {
      this.lines.cut(`more than ${this.kit.maxEntries} matches`);
    }
    if (!this.isOver && this.lines.add(line, cursorOf(next))) {
      this.matches += 1;
    }
  }

  private async block(bytes: Buffer, how: Omit<Block, 'bytes'>): Promise<BlockResult> {
    await this.kit.turns.pass();
    return searchInThread({ ...this.pattern, ...how, bytes }, this.kit.signal);
  }
}
