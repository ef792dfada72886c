import { Turns } from './turns';
import { OpenedFile } from '../../workspace';

/** A line, or a piece of one that is longer than a program should hold at once. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
  /** Where it begins in the file. */
  readonly offset: number;
  /** The rest of the line follows as the next piece. */
  readonly continues: boolean;
}

/** Longest piece of a line. */
export const MAX_PIECE_BYTES = 64 * 1024;

const LINE_FEED = 10;

/** The lines of a file, read bit by bit, so that neither a long file nor a long line fills the memory or stops the server. */
export async function* linesOf(file: OpenedFile, signal: AbortSignal, maxPieceBytes = MAX_PIECE_BYTES): AsyncGenerator<Line, void, undefined> {
  let number = 1;
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  const turns = new Turns(signal);
  for await (const chunk of file.chunks(0, signal)) {
    const data: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (;;) {
      const end = data.indexOf(LINE_FEED, start);
      const long = (end === -1 ? data.length : end) - start > maxPieceBytes;
      if (end === -1 && !long) {
        break;
      }
      const stop = long ? start + maxPieceBytes : end + 1;
      yield { number, bytes: data.subarray(start, stop), offset, continues: long };
      offset += stop - start;
      start = stop;
      number += long ? 0 : 1;
      await turns.pass();
    }
    rest = data.subarray(start);
  }
  if (rest.length > 0) {
    yield { number, bytes: rest, offset, continues: false };
  }
}
