import { Matcher } from './matcher';
import { showOutput } from '../../show';
import { wholeCharacters } from '../../utf8';
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

/** What a search of a block found, and how far it came: at least one byte, so that the search of a file comes to an end. */
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
  const { bytes, isLast, maxMatches } = block;
  const until = now() + TURN_MS;
  const matches: BlockMatch[] = [];
  let [at, lines, inLine, isGiven] = [0, 0, block.inLine, block.isGiven];
  while (at < bytes.length && matches.length < maxMatches && (at === 0 || now() < until)) {
    const candidate = matcher.nextCandidate(bytes, at);
    const before = candidate === -1 ? bytes.length : candidate;
    const lineStart = before === at ? at : bytes.lastIndexOf(LINE_FEED, before - 1) + 1;
    if (lineStart > at) {
      // only lines without a candidate
      lines += passLines(bytes.subarray(at, lineStart), Infinity).lines;
      [at, inLine, isGiven] = [lineStart, false, false];
      continue;
    }
    const feed = bytes.indexOf(LINE_FEED, at);
    const end = feed === -1 ? bytes.length : feed;
    const isOpen = feed === -1 && !isLast;
    if (isOpen && !inLine && at > 0) {
      // the next block begins with this line, and has more of it
      break;
    }
    const nextLine = (): void => {
      [at, lines, inLine, isGiven] = feed === -1 ? [end, lines, true, isGiven] : [feed + 1, lines + 1, false, false];
    };
    if (isGiven || candidate === -1) {
      if (isOpen) {
        at = isGiven ? end : characterFrom(bytes, Math.max(at + 1, end - OVERLAP_BYTES));
        inLine = true;
        break;
      }
      nextLine();
      continue;
    }
    if (candidate - at > OVERLAP_BYTES) {
      [at, inLine] = [characterFrom(bytes, candidate - OVERLAP_BYTES / 2), true];
    }
    const piece = pieceOf(bytes.subarray(at, end), matcher.maxPieceBytes);
    const reachesEnd = at + piece.length === end;
    const text = matchIn(matcher, piece, inLine, reachesEnd && feed !== -1);
    if (text !== undefined) {
      matches.push({ line: lines, text, ...(feed === -1 ? { next: end, nextLine: lines } : { next: feed + 1, nextLine: lines + 1 }) });
      isGiven = true;
    } else if (reachesEnd && !isOpen) {
      nextLine();
    } else {
      at = characterFrom(bytes, at + piece.length - Math.min(OVERLAP_BYTES, Math.floor(piece.length / 2)));
      inLine = true;
      if (reachesEnd) {
        break;
      }
    }
  }
  return { matches, passed: at, lines, inLine, isGiven };
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
