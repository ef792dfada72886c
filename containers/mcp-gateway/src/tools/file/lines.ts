import { OpenedFile } from '../../workspace';
import { Turns } from '../turns';

/** Bytes that are looked through between two turns. */
const BLOCK_BYTES = 64 * 1024;

export const LINE_FEED = 10;

/** Lines that end in some bytes, and the length of the part they take. */
export interface PassedLines {
  readonly lines: number;
  readonly length: number;
}

/** Passes over at most so many lines; a last one without an end is passed over and not counted. */
export function passLines(bytes: Buffer, most: number): PassedLines {
  let lines = 0;
  // byte by byte, because a call for each line takes far longer where lines are empty
  for (let index = 0; index < bytes.length && lines < most; index += 1) {
    if (bytes[index] === LINE_FEED) {
      lines += 1;
      if (lines === most) {
        return { lines, length: index + 1 };
      }
    }
  }
  return { lines, length: lines < most ? bytes.length : 0 };
}

/** A line and a byte of it. */
export interface LinePosition {
  /** From 1. */
  readonly line: number;
  readonly offset: number;
}

/**
 * Finds where a line begins, block by block.
 *
 * @returns the last line instead, and the end of the file, if the file has fewer; and where the search came to, if
 *   the call is late
 */
export async function findLine(file: OpenedFile, wanted: number, turns: Turns): Promise<LinePosition> {
  let [line, offset] = [1, 0];
  while (line < wanted && offset < file.size && !turns.isLate) {
    const block = await file.read(offset, BLOCK_BYTES);
    await turns.pass();
    if (block.length === 0) {
      break;
    }
    const { lines, length } = passLines(block, wanted - line);
    line += lines;
    offset += length;
  }
  return { line, offset };
}
