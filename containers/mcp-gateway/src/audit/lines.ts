import { createReadStream } from 'node:fs';
import { MAX_LINE_BYTES } from './line';

/** A line as its bytes, one character each. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** At most a little more than a record may be long; a longer line is no record, whatever follows. */
  readonly text: string;
  /** It has an end of line. */
  readonly terminated: boolean;
}

/** Reads a file line by line in bounded memory, however long its lines are. */
export async function* readLines(file: string): AsyncGenerator<Line> {
  let number = 1;
  let held = '';
  for await (const chunk of createReadStream(file, { encoding: 'latin1', highWaterMark: 256 * 1024 })) {
    const pieces = (chunk as string).split('\n');
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
