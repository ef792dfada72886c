import { ToolResult } from './tool';

/** Room kept for the mark; a manifest allows 256 bytes of output at least. */
const MARK_BYTES = 128;

/** Collects lines up to a tool's output limit. */
export class LimitedText {
  private readonly lines: string[] = [];
  private bytes = 0;
  private mark: string | undefined;

  public constructor(private readonly maxBytes: number) {}

  /** Whether something was left out. */
  public get isCut(): boolean {
    return this.mark !== undefined;
  }

  /** Adds a line; false when it does not fit, and nothing more will. */
  public add(line: string): boolean {
    const bytes = Buffer.byteLength(line) + 1;
    if (this.mark !== undefined || this.bytes + bytes > this.maxBytes - MARK_BYTES) {
      this.cut('the output limit was reached');
      return false;
    }
    this.lines.push(line);
    this.bytes += bytes;
    return true;
  }

  /** Ends the text with a mark that says why there is no more. The first reason stays. */
  public cut(reason: string): void {
    this.mark ??= `[cut: ${reason}]`;
  }

  public result(empty: string): ToolResult {
    const lines = [...(this.lines.length === 0 && this.mark === undefined ? [empty] : this.lines), ...(this.mark === undefined ? [] : [this.mark])];
    return { content: [{ type: 'text', text: lines.join('\n') }], ...(this.mark === undefined ? {} : { truncated: true }) };
  }
}

/** The longest beginning of a text that has at most so many bytes, cut between characters. */
export function beginningOf(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) {
    return text;
  }
  let end = Math.max(0, maxBytes);
  // 0x80-0xBF continue a character.
  while (end > 0 && bytes[end] >= 0x80 && bytes[end] < 0xc0) {
    end -= 1;
  }
  return bytes.subarray(0, end).toString('utf8');
}
