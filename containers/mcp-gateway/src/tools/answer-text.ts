import { wholeCharacters } from './byte-collector';
import { quoted, showOutput } from './show';
import { ToolResult } from './tool';
import { Turns } from './turns';

/** Bytes of text that are worked on between two turns. */
const SLICE_BYTES = 16 * 1024;

/** Room for the mark of a cut and a note, without the cursor. A manifest allows 256 bytes of output at least. */
const MARK_BYTES = 160;

/**
 * Returns the bytes a text takes in an answer, which is JSON: a line feed takes two, a control character six. Limits on
 * output count these, or the largest answer would be many times the limit.
 */
export function answerBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

/** Returns the largest whole number up to `most` that fits, where each below one that fits does so, too. */
export function largest(most: number, fits: (number: number) => boolean): number {
  let [known, tooMany] = [0, most + 1];
  while (known + 1 < tooMany) {
    const middle = Math.floor((known + tooMany) / 2);
    if (fits(middle)) {
      known = middle;
    } else {
      tooMany = middle;
    }
  }
  return known;
}

/** Returns the longest beginning of a short text that takes at most so many bytes of an answer. */
export function beginningOf(text: string, maxBytes: number): string {
  // half a character takes more room than a whole one
  const beginning = (length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
  return beginning(largest(text.length, (length) => answerBytes(beginning(length)) <= maxBytes));
}

/** Text that is shown from bytes, and whether all of it found room. */
export interface ShownText {
  readonly text: string;
  readonly whole: boolean;
}

/** Shows the output of a program, slice by slice, with control characters made visible. */
export async function shownOutput(bytes: Buffer, maxBytes: number, turns: Turns): Promise<ShownText> {
  const parts: string[] = [];
  let room = maxBytes;
  for (let at = 0; at < bytes.length;) {
    await turns.pass();
    const isEnd = at + SLICE_BYTES >= bytes.length;
    const slice = bytes.subarray(at, at + SLICE_BYTES);
    const whole = isEnd ? slice : withoutReturn(wholeCharacters(slice));
    const text = showOutput(whole.toString('utf8'));
    const size = answerBytes(text);
    if (size > room) {
      parts.push(beginningOf(text, room));
      return { text: parts.join(''), whole: false };
    }
    parts.push(text);
    room -= size;
    at += whole.length;
  }
  return { text: parts.join(''), whole: true };
}

/** Whether a carriage return is a line end is known with the byte after it. */
function withoutReturn(bytes: Buffer): Buffer {
  return bytes.length > 1 && bytes[bytes.length - 1] === 0x0d ? bytes.subarray(0, -1) : bytes;
}

/** Collects the lines of an answer up to the output limit. An answer that is cut names where the next one goes on. */
export class AnswerLines {
  private readonly lines: string[] = [];
  private bytes = 0;
  private lastCursor: string | undefined;
  private mark: string | undefined;

  constructor(private readonly maxBytes: number) {}

  public get isCut(): boolean {
    return this.mark !== undefined;
  }

  /**
   * Adds a line.
   * @param cursor where an answer goes on that ends with this line
   * @returns false if the answer is full, and cut by that
   */
  public add(line: string, cursor: string): boolean {
    const bytes = answerBytes(line) + 2;
    if (this.bytes + bytes + MARK_BYTES + answerBytes(quoted(cursor)) > this.maxBytes) {
      // one that finds no room even in an empty answer is passed over, or the search would never end
      this.cut('the output limit was reached', this.lines.length === 0 ? cursor : this.lastCursor);
      return false;
    }
    this.lines.push(line);
    this.bytes += bytes;
    this.lastCursor = cursor;
    return true;
  }

  /**
   * Ends the answer with a mark. The first reason stays.
   * @param cursor where to go on @default after the last line
   */
  public cut(reason: string, cursor = this.lastCursor): void {
    const fitting = [cursor, this.lastCursor].find(
      (each) => each !== undefined && this.bytes + markBytes(reason, each) <= this.maxBytes,
    );
    this.mark ??= markOf(reason, fitting);
  }

  /** @param notes what else the reader must know @param empty the text for no line at all */
  public result(empty: string, notes: readonly string[] = []): ToolResult {
    const lines = this.lines.length === 0 && this.mark === undefined && notes.length === 0 ? [empty] : this.lines;
    const marks = [...notes.map((note) => markOf(note)), ...this.mark === undefined ? [] : [this.mark]];
    return {
      content: [{ type: 'text', text: [...lines, ...marks].join('\n') }],
      ...(marks.length === 0 ? {} : { truncated: true }),
    };
  }
}

function markOf(reason: string, cursor?: string): string {
  return `[cut: ${reason}${cursor === undefined ? '' : `; go on with cursor ${quoted(cursor)}`}]`;
}

function markBytes(reason: string, cursor: string): number {
  return answerBytes(markOf(reason, cursor));
}
