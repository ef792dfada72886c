import { fstatSync, readSync } from 'node:fs';
import { ChainHead, decodeRecord, sha256 } from './line';

/** How a log file ends. */
export interface Tail {
  readonly size: number;
  /** The last record that holds. */
  readonly last?: ChainHead;
  /** The last record holds and only the end of its line is missing. */
  readonly unterminated: boolean;
  /** What stands after the last record that holds. */
  readonly rest?: TailRest;
}

export interface TailRest {
  /** `torn`: a single piece without an end of line, as a write that was cut short leaves it. */
  readonly kind: 'torn' | 'damaged';
  readonly bytes: number;
  readonly sha256: string;
  /** The rest ends in the middle of a line. */
  readonly unterminated: boolean;
}

/** Records are far shorter; what is not found within this is treated as damage. */
const WINDOW_BYTES = 1024 * 1024;

/** Reads the end of an open log file, without reading the whole. */
export function readTail(fd: number): Tail {
  const size = fstatSync(fd).size;
  const start = Math.max(0, size - WINDOW_BYTES);
  const window = readRange(fd, start, size);
  const lineStart = window.lastIndexOf(0x0a) + 1;
  if (lineStart < window.length) {
    const last = decodeRecord(window.toString('latin1', lineStart));
    if (last !== undefined) {
      return { size, last: { seq: last.seq, hash: last.hash }, unterminated: true };
    }
  }
  let end = lineStart;
  while (end > 0) {
    const from = window.lastIndexOf(0x0a, end - 2) + 1;
    const record = end < 2 ? undefined : decodeRecord(window.toString('latin1', from, end - 1));
    if (record !== undefined) {
      return {
        size,
        last: { seq: record.seq, hash: record.hash },
        unterminated: false,
        ...restOf(window, end, lineStart),
      };
    }
    end = end < 2 ? 0 : from;
  }
  return { size, unterminated: false, ...restOf(window, 0, lineStart) };
}

function restOf(window: Buffer, from: number, lineStart: number): { readonly rest?: TailRest } {
  const bytes = window.length - from;
  if (bytes === 0) {
    return {};
  }
  const kind = lineStart === from ? 'torn' : 'damaged';
  return { rest: { kind, bytes, sha256: sha256(window.subarray(from)), unterminated: lineStart < window.length } };
}

function readRange(fd: number, start: number, end: number): Buffer {
  const buffer = Buffer.alloc(end - start);
  let filled = 0;
  while (filled < buffer.length) {
    const read = readSync(fd, buffer, filled, buffer.length - filled, start + filled);
    if (read === 0) {
      break;
    }
    filled += read;
  }
  return buffer.subarray(0, filled);
}
