import { Transform, TransformCallback } from 'node:stream';

/**
 * Splits bytes into lines, the last one with or without its end. A line that is too long, which would have to be kept
 * in memory, is the end.
 */
export class LineGuard extends Transform {
  /** Whether it ended at a line that is too long. */
  public isTooLong = false;
  private held: Buffer[] = [];
  private length = 0;

  constructor(private readonly maxBytes: number) {
    super({ readableObjectMode: true });
  }

  public override _transform(chunk: Buffer, _: BufferEncoding, callback: TransformCallback): void {
    let rest = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1 && !this.isTooLong; end = chunk.indexOf(0x0a, rest)) {
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
    if (this.isTooLong) {
      return;
    }
    this.held.push(piece);
    this.length += piece.length;
    if (this.length > this.maxBytes) {
      this.isTooLong = true;
      this.held = [];
      this.push(null);
    }
  }

  private release(): void {
    const line = Buffer.concat(this.held);
    this.held = [];
    this.length = 0;
    if (line.length > 0 && !this.isTooLong) {
      this.push(line);
    }
  }
}
