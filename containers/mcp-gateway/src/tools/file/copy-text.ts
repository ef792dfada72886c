import { isUtf8 } from 'node:buffer';
import { LINE_FEED, passLines } from './lines';
import { OpenedFile } from '../../workspace';
import { answerBytes, largest } from '../answer-text';
import { wholeCharacters } from '../byte-collector';
import { ToolFailure } from '../tool';
import { Turns } from '../turns';

/** Bytes that are decoded between two turns. */
const SLICE_BYTES = 16 * 1024;

/** Which part of a file is copied. */
export interface TextRange {
  readonly offset: number;
  readonly end: number;
  readonly maxLines: number;
  /** Bytes that the text may take in the answer. */
  readonly maxBytes: number;
}

export interface CopiedText {
  readonly text: string;
  /** How many bytes of the file it represents. */
  readonly bytes: number;
  /** Lines of which it has at least a part. */
  readonly lines: number;
  /** Whether it ends because the answer is full. */
  readonly isFull: boolean;
  readonly isUtf8: boolean;
}

/**
 * Reads text slice by slice, whole characters only. Memory grows with the answer and not with the file.
 * @throws ToolFailure if it is not text
 */
export async function copyText(
  file: OpenedFile,
  { offset, end, maxLines, maxBytes }: TextRange,
  turns: Turns,
): Promise<CopiedText> {
  const parts: string[] = [];
  let [at, lines, room] = [offset, 0, maxBytes];
  let [isLast, isFull, valid, inLine] = [offset >= end, false, true, false];
  while (!isLast && lines < maxLines) {
    const slice = await file.read(at, Math.min(SLICE_BYTES, end - at));
    await turns.pass();
    if (slice.includes(0)) {
      throw new ToolFailure('it is a binary file; only text and pictures can be read');
    }
    const whole = charactersOf(slice, at + slice.length >= file.size);
    let piece = whole.subarray(0, passLines(whole, maxLines - lines).length);
    if (answerBytes(piece.toString('utf8')) > room) {
      isFull = true;
      piece = beginningOfBytes(piece, room);
    }
    const text = piece.toString('utf8');
    parts.push(text);
    room -= answerBytes(text);
    lines += passLines(piece, Infinity).lines;
    valid &&= isUtf8(piece);
    inLine = piece.length === 0 ? inLine : piece[piece.length - 1] !== LINE_FEED;
    isLast = isFull || slice.length === 0 || at + slice.length >= end;
    at += piece.length;
  }
  return { text: parts.join(''), bytes: at - offset, lines: lines + (inLine ? 1 : 0), isFull, isUtf8: valid };
}

/**
 * Leaves out a character that goes on in the next slice. A caller may ask for less than one; then its bytes are given.
 */
function charactersOf(slice: Buffer, isEnd: boolean): Buffer {
  const whole = isEnd ? slice : wholeCharacters(slice);
  return whole.length === 0 ? slice : whole;
}

function beginningOfBytes(bytes: Buffer, room: number): Buffer {
  const beginning = (length: number): Buffer =>
    length < bytes.length ? wholeCharacters(bytes.subarray(0, length)) : bytes;
  return beginning(largest(bytes.length, (length) => answerBytes(beginning(length).toString('utf8')) <= room));
}
