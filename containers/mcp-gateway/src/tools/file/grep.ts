import { RE2JS } from 're2js';
import { z } from 'zod';
import { pathArgument, plainText } from '../arguments';
import { LimitedText } from '../limited-text';
import { showName, showOutput } from '../show';
import { Denial, ToolFailure } from '../tool';
import { FileKit, FileOperation } from './define';
import { linesOf, MAX_PIECE_BYTES } from './lines';
import { namePattern } from './name-pattern';
import { MAX_DEPTH, walk } from './walk';

/** Most instructions of a compiled expression; its time is this times the length of the text. */
const MAX_PROGRAM = 2000;

/** Instructions times bytes that are worked off at once, about a tenth of a second: nothing can interrupt them. */
const MAX_STEPS = 4_000_000;

/** Characters shown of a matching line, around the match. */
const SHOWN = 300;

const SAMPLE_BYTES = 8192;

const input = z.strictObject({
  pattern: plainText(512).min(1).describe('What to look for in each line: literal text, or an RE2 expression when regex is true.'),
  path: pathArgument('File or folder to search, relative to the workspace. Default: the workspace itself.').default(''),
  glob: plainText(256).min(1).optional().describe('Only files whose name (or path, with a slash) matches: *.ts, docs/**.'),
  regex: z.boolean().default(false).describe('Read pattern as an RE2 expression: no look-around and no back-references, linear time.'),
  ignoreCase: z.boolean().default(false),
});

interface Finder {
  /** Longer lines are searched in pieces of this length. */
  readonly maxPieceBytes: number;
  find(line: string): { readonly start: number; readonly end: number } | undefined;
}

export const grep: FileOperation<typeof input> = {
  title: 'Search contents',
  description: 'Searches text files of the workspace line by line, for literal text or an RE2 expression: path, line number and line of each match.',
  input,
  opens: 'either',
  run: async (args, kit) => {
    const finder = finderFor(args);
    const search = new Search(finder, kit);
    const matchesName = args.glob === undefined ? () => true : guarded(() => namePattern(args.glob ?? ''));
    const { workspace } = kit.environment;
    const { kind, path } = await workspace.stat(args.path, kit);
    if (kind === 'file') {
      await search.file(path);
    } else {
      for await (const entry of walk(path, { ...kit, workspace, maxDepth: MAX_DEPTH, onLimit: reason => search.limits.push(reason) })) {
        if (entry.kind === 'file' && matchesName(entry.name, entry.path)) {
          await search.file(entry.path).catch((error: unknown) => {
            // One file that is closed or gone leaves the others to be searched.
            if (!(error instanceof Denial || error instanceof ToolFailure) || kit.signal.aborted) {
              throw error;
            }
          });
        }
        if (search.text.isCut) {
          break;
        }
      }
    }
    return search.result();
  },
};

class Search {
  public readonly text: LimitedText;
  public readonly limits: string[] = [];
  private matches = 0;

  public constructor(private readonly finder: Finder, private readonly kit: FileKit) {
    this.text = new LimitedText(kit.maxOutputBytes);
  }

  public async file(path: string): Promise<void> {
    const { environment, paths, maxInputBytes } = this.kit;
    const file = await environment.workspace.openFile(path, { paths, maxBytes: maxInputBytes });
    try {
      if ((await file.read(0, SAMPLE_BYTES)).includes(0)) {
        return;
      }
      let matched = 0;
      for await (const line of linesOf(file, this.kit.signal, this.finder.maxPieceBytes)) {
        const content = line.bytes.toString('utf8').replace(/\r?\n$/, '');
        const match = matched === line.number ? undefined : this.finder.find(content);
        if (match === undefined) {
          continue;
        }
        matched = line.number;
        if (this.matches === this.kit.maxEntries) {
          this.text.cut(`more than ${this.kit.maxEntries} matches`);
        }
        if (this.text.isCut || !this.text.add(`${showName(file.path)}:${line.number}: ${excerpt(content, match)}`)) {
          return;
        }
        this.matches += 1;
      }
    } finally {
      await file.close();
    }
  }

  public result() {
    for (const limit of this.limits) {
      this.text.cut(limit);
    }
    return this.text.result('(no match)');
  }
}

function finderFor({ pattern, regex, ignoreCase }: z.output<typeof input>): Finder {
  if (!regex && !ignoreCase) {
    return {
      maxPieceBytes: MAX_PIECE_BYTES,
      find: line => {
        const start = line.indexOf(pattern);
        return start === -1 ? undefined : { start, end: start + pattern.length };
      },
    };
  }
  const expression = guarded(() => RE2JS.compile(regex ? pattern : RE2JS.quote(pattern), ignoreCase ? RE2JS.CASE_INSENSITIVE : 0));
  const size = expression.programSize();
  if (size > MAX_PROGRAM) {
    throw new ToolFailure('the pattern is too large; use smaller repeat counts');
  }
  return {
    maxPieceBytes: Math.min(MAX_PIECE_BYTES, Math.floor(MAX_STEPS / size)),
    find: line => {
      const matcher = expression.matcher(line);
      return matcher.find() ? { start: matcher.start(), end: matcher.end() } : undefined;
    },
  };
}

function guarded<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    throw new ToolFailure(`the pattern cannot be used: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}

function excerpt(line: string, { start, end }: { start: number; end: number }): string {
  if (line.length <= SHOWN) {
    return showOutput(line);
  }
  const from = Math.max(0, Math.min(start - 60, line.length - SHOWN));
  const to = Math.min(line.length, Math.max(from + SHOWN, Math.min(end, from + 2 * SHOWN)));
  return `${from > 0 ? '…' : ''}${showOutput(line.slice(from, to))}${to < line.length ? '…' : ''}`;
}
