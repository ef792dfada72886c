import { Transform, TransformCallback } from 'node:stream';

/** Takes the place of a line that is longer than allowed. */
export const LINE_TOO_LONG = Symbol('line too long');

/**
 * Splits bytes into lines, the last one with or without its end. Empty lines are dropped. At most one line of bounded
 * length is held: of a longer one only `LINE_TOO_LONG` comes out, at once, and its bytes are dropped.
 */
export class LineSplitter extends Transform {
  private held: Buffer[] = [];
  private length = 0;
  private skipping = false;

  constructor(private readonly maxBytes: number) {
    super({ readableObjectMode: true });
  }

  public override _transform(chunk: Buffer, _: BufferEncoding, callback: TransformCallback): void {
    let rest = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, rest)) {
      this.hold(chunk.subarray(rest, end));
      this.release();
      rest = end + 1;
    }
    this.hold(chunk.subarray(rest));
    callback();
  }

  public override _flush(callback: TransformCallback): void {
    this.release();
    callback();
  }

  private hold(piece: Buffer): void {
    if (this.skipping) {
      return;
    }
    this.held.push(piece);
    this.length += piece.length;
    if (this.length > this.maxBytes) {
      this.skipping = true;
      this.held = [];
      this.push(LINE_TOO_LONG);
    }
  }

  private release(): void {
    const line = Buffer.concat(this.held);
    this.held = [];
    this.length = 0;
    if (line.length > 0) {
      this.push(line);
    }
    this.skipping = false;
  }
}
