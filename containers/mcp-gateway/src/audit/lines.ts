import { closeSync, constants, read } from 'node:fs';
import { promisify } from 'node:util';
import { MAX_LINE_BYTES } from './line';
import { openRegular } from './own-file';

const CHUNK_BYTES = 256 * 1024;

const readAt = promisify(read);

/** A line as its bytes, one character each. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** At most a little more than a record may be long; a longer line is no record, whatever follows. */
  readonly text: string;
  /** It has an end of line. */
  readonly terminated: boolean;
}

/** Reads a file line by line in bounded memory, however long its lines are. @throws as `openRegular` does */
export async function* readLines(file: string): AsyncGenerator<Line> {
  const fd = openRegular(file, constants.O_RDONLY);
  try {
    yield* linesOf(fd);
  } finally {
    closeSync(fd);
  }
}

/** The lines of an open file, from its beginning. */
export async function* linesOf(fd: number): AsyncGenerator<Line> {
  let number = 1;
  let held = '';
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (let at = 0, bytesRead = CHUNK_BYTES; bytesRead > 0; at += bytesRead) {
    ({ bytesRead } = await readAt(fd, buffer, 0, CHUNK_BYTES, at));
    const pieces = buffer.toString('latin1', 0, bytesRead).split('\n');
    for (const piece of pieces.slice(0, -1)) {
      yield { number, text: joined(held, piece), terminated: true };
      number += 1;
      held = '';
    }
    held = joined(held, pieces.at(-1) ?? '');
  }
  if (held !== '') {
    yield { number, text: held, terminated: false };
  }
}

function joined(held: string, piece: string): string {
  return held.length > MAX_LINE_BYTES ? held : held + piece;
}
