import { Matcher } from './matcher';
import { wholeCharacters } from '../../byte-collector';
import { showOutput } from '../../show';
import { LINE_FEED, passLines } from '../lines';

/** Characters shown of a matching line, around the match. */
const SHOWN = 300;

/** Bytes by which the pieces of a long line overlap, so that a match across their border is found. */
const OVERLAP_BYTES = 4096;

/** Milliseconds after which the rest of a block is left for another turn. */
const TURN_MS = 100;

/** Bytes of a file, and how they stand in it. */
export interface Block {
  readonly bytes: Buffer;
  /** Whether the bytes begin within a line. */
  readonly inLine: boolean;
  /** Whether that line was given already. */
  readonly isGiven: boolean;
  /** Whether the file ends with the block. */
  readonly isLast: boolean;
  readonly maxMatches: number;
}

export interface BlockMatch {
  /** How many line feeds of the block stand before it. */
  readonly line: number;
  /** The line, or the part of it around the match, with control characters made visible. */
  readonly text: string;
  /** Where a search goes on, and how many line feeds stand before that. */
  readonly next: number;
  readonly nextLine: number;
}

/**
 * What a search of a block found, and how far it came: at least one byte, so that the search of a file comes to an end.
 */
export interface BlockResult {
  readonly matches: readonly BlockMatch[];
  readonly passed: number;
  readonly lines: number;
  /** For the block that begins after the bytes passed. */
  readonly inLine: boolean;
  readonly isGiven: boolean;
}

/** Searches a block line by line. A line is given once, and a long one is searched in pieces. */
export function searchBlock(matcher: Matcher, block: Block, now: () => number = () => performance.now()): BlockResult {
  const until = now() + TURN_MS;
  const search = new BlockSearch(matcher, block);
  while (search.step() && now() < until) {
    // the rest is for another turn once the time is over
  }
  return search.result;
}

/** Where a line ends in a block. */
interface LineEnd {
  /** The line feed, or the end of the block. */
  readonly end: number;
  readonly hasFeed: boolean;
  /** The line goes on behind the block. */
  readonly isOpen: boolean;
}

class BlockSearch {
  private readonly matches: BlockMatch[] = [];
  private at = 0;
  private lines = 0;
  private inLine: boolean;
  private isGiven: boolean;

  constructor(private readonly matcher: Matcher, private readonly block: Block) {
    this.inLine = block.inLine;
    this.isGiven = block.isGiven;
  }

  public get result(): BlockResult {
    return { matches: this.matches, passed: this.at, lines: this.lines, inLine: this.inLine, isGiven: this.isGiven };
  }

  /** Passes lines or a piece of one. @returns whether the block has more to search */
  public step(): boolean {
    const { bytes, isLast, maxMatches } = this.block;
    const candidate = this.matcher.nextCandidate(bytes, this.at);
    if (!this.passLinesBefore(candidate)) {
      const feed = bytes.indexOf(LINE_FEED, this.at);
      const line = { end: feed === -1 ? bytes.length : feed, hasFeed: feed !== -1, isOpen: feed === -1 && !isLast };
      // the next block begins with a line that is not all here, and has more of it
      if ((line.isOpen && !this.inLine && this.at > 0) || !this.searchLine(line, candidate)) {
        return false;
      }
    }
    return this.at < bytes.length && this.matches.length < maxMatches;
  }

  /** Passes whole lines without a candidate. */
  private passLinesBefore(candidate: number): boolean {
    const { bytes } = this.block;
    const before = candidate === -1 ? bytes.length : candidate;
    const lineStart = before <= this.at ? this.at : bytes.lastIndexOf(LINE_FEED, before - 1) + 1;
    if (lineStart <= this.at) {
      return false;
    }
    this.lines += passLines(bytes.subarray(this.at, lineStart), Infinity).lines;
    [this.at, this.inLine, this.isGiven] = [lineStart, false, false];
    return true;
  }

  /** @returns whether the block has more to search */
  private searchLine(line: LineEnd, candidate: number): boolean {
    if (this.isGiven || candidate === -1) {
      return this.passLine(line);
    }
    const { bytes } = this.block;
    if (candidate - this.at > OVERLAP_BYTES) {
      [this.at, this.inLine] = [characterFrom(bytes, candidate - OVERLAP_BYTES / 2), true];
    }
    const piece = pieceOf(bytes.subarray(this.at, line.end), this.matcher.maxPieceBytes);
    const reachesEnd = this.at + piece.length === line.end;
    const text = matchIn(this.matcher, piece, this.inLine, reachesEnd && line.hasFeed);
    if (text !== undefined) {
      const feeds = line.hasFeed ? 1 : 0;
      this.matches.push({ line: this.lines, text, next: line.end + feeds, nextLine: this.lines + feeds });
      this.isGiven = true;
    }
    if (this.isGiven || (reachesEnd && !line.isOpen)) {
      return this.passLine(line);
    }
    this.at = characterFrom(bytes, this.at + piece.length - Math.min(OVERLAP_BYTES, Math.floor(piece.length / 2)));
    this.inLine = true;
    return !reachesEnd;
  }

  /** Passes the rest of a line that is given, or in which nothing can be found. */
  private passLine({ end, hasFeed, isOpen }: LineEnd): boolean {
    if (hasFeed) {
      [this.at, this.inLine, this.isGiven] = [end + 1, false, false];
      this.lines += 1;
      return true;
    }
    // the beginning of a match may be there already
    this.at =
      isOpen && !this.isGiven ? characterFrom(this.block.bytes, Math.max(this.at + 1, end - OVERLAP_BYTES)) : end;
    this.inLine = true;
    return false;
  }
}

function pieceOf(line: Buffer, maxBytes: number): Buffer {
  return line.length <= maxBytes ? line : wholeCharacters(line.subarray(0, maxBytes));
}

/** Returns where the next character begins. */
function characterFrom(bytes: Buffer, at: number): number {
  const isRest = (index: number): boolean => bytes[index] >= 0x80 && bytes[index] < 0xc0;
  return [0, 1, 2, 3].map((ahead) => at + ahead).find((index) => !isRest(index)) ?? at;
}

function matchIn(matcher: Matcher, piece: Buffer, inLine: boolean, isLineEnd: boolean): string | undefined {
  const text = piece.toString('utf8');
  const line = isLineEnd && text.endsWith('\r') ? text.slice(0, -1) : text;
  // within a line, the first character is there to show that it is not the beginning
  const match = matcher.find(line, inLine ? 1 : 0);
  return match === undefined ? undefined : excerpt(line, match.start, match.end);
}

function excerpt(line: string, start: number, end: number): string {
  if (line.length <= SHOWN) {
    return showOutput(line);
  }
  const from = Math.max(0, Math.min(start - 60, line.length - SHOWN));
  const to = Math.min(line.length, Math.max(from + SHOWN, Math.min(end, from + 2 * SHOWN)));
  return `${from > 0 ? '…' : ''}${showOutput(line.slice(from, to))}${to < line.length ? '…' : ''}`;
}
