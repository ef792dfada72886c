import { closeSync } from 'node:fs';
import { openLog, readHead, rotatedHead, syncFolder } from './files';
import { ChainHead } from './line';
import { LogEvent, ReopenedEvent } from './record';
import { readTail, Tail } from './tail';

export type Reason = ReopenedEvent['reason'];

/** An open log file, and the records that must be written to it first. */
export interface Attached {
  readonly fd: number;
  readonly size: number;
  /** Where the chain goes on from; undefined at its very beginning. */
  readonly known: ChainHead | undefined;
  /** The file ends in the middle of a line. */
  readonly unterminated: boolean;
  readonly preamble: readonly LogEvent[];
}

/**
 * Opens the log and finds out where the chain stands: from the file, from what this process wrote last, from the head
 * file, from the newest rotated file; the highest number wins, so that a number is never given twice.
 *
 * @param written the last record this process wrote, if any
 * @param reason why a file that was in use is opened again
 */
export function attach(path: string, written: ChainHead | undefined, reason: Reason | undefined): Attached {
  const fd = openLog(path);
  try {
    const tail = readTail(fd);
    const expected = written ?? knownHead(path) ?? rotatedHead(path)?.head;
    if (tail.size === 0) {
      syncFolder(path);
      return { fd, size: 0, known: expected, unterminated: false, preamble: firstWords(path, expected, reason) };
    }
    const cut = expected !== undefined && expected.seq > (tail.last?.seq ?? 0);
    return {
      fd,
      size: tail.size,
      known: cut ? expected : tail.last,
      unterminated: tail.unterminated || (tail.rest?.unterminated ?? false),
      preamble: [...afterRest(tail, expected), ...afterCut(cut, expected, reason)],
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function knownHead(path: string): ChainHead | undefined {
  const head = readHead(path);
  return head === 'damaged' ? undefined : head;
}

function firstWords(path: string, expected: ChainHead | undefined, reason: Reason | undefined): readonly LogEvent[] {
  if (expected === undefined || expected.seq === 0) {
    return [];
  }
  const rotated = rotatedHead(path);
  if (reason === undefined && rotated?.head.hash === expected.hash) {
    // The process ended between putting the full file aside and writing to the new one.
    return [{ type: 'rotated', previousFile: rotated.file }];
  }
  return [{ type: 'reopened', reason: reason ?? 'missing' }];
}

function afterRest(tail: Tail, expected: ChainHead | undefined): readonly LogEvent[] {
  if (tail.rest !== undefined) {
    const { kind, bytes, sha256 } = tail.rest;
    return [{ type: 'recovered', reason: kind, bytes, sha256 }];
  }
  const sameSeq = tail.last !== undefined && tail.last.seq === expected?.seq;
  return sameSeq && tail.last.hash !== expected.hash ? [{ type: 'recovered', reason: 'damaged' }] : [];
}

function afterCut(cut: boolean, expected: ChainHead | undefined, reason: Reason | undefined): readonly LogEvent[] {
  if (cut && expected !== undefined) {
    return [{ type: 'recovered', reason: 'cut', lastSeq: expected.seq }];
  }
  return reason === 'replaced' ? [{ type: 'reopened', reason }] : [];
}
