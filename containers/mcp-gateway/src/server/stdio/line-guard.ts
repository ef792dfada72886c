import { Transform, TransformCallback } from 'node:stream';

/** A line that no message needs, and that would have to be kept in memory. */
export class LineTooLong extends Error {
  public constructor(public readonly bytes: number) {
    super(`a line of more than ${bytes} bytes`);
    this.name = 'LineTooLong';
  }
}

const LINE_FEED = Buffer.from('\n');

/** Passes on the lines that `isMessage` lets through, the last one with or without its end, and fails at one that is too long before all of it was read. */
export class LineGuard extends Transform {
  private held: Buffer[] = [];
  private length = 0;

  public constructor(private readonly maxBytes: number, private readonly isMessage: (line: Buffer) => boolean) {
    super();
  }

  public override _transform(chunk: Buffer, _: BufferEncoding, callback: TransformCallback): void {
    let rest = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, rest)) {
      if (!this.hold(chunk.subarray(rest, end))) {
        callback(new LineTooLong(this.maxBytes));
        return;
      }
      this.release();
      rest = end + 1;
    }
    callback(this.hold(chunk.subarray(rest)) ? null : new LineTooLong(this.maxBytes));
  }

  public override _flush(callback: TransformCallback): void {
    this.release();
    callback();
  }

  private hold(piece: Buffer): boolean {
    this.held.push(piece);
    this.length += piece.length;
    return this.length <= this.maxBytes;
  }

  private release(): void {
    const line = Buffer.concat(this.held);
    this.held = [];
    this.length = 0;
    if (line.length > 0 && this.isMessage(line)) {
      this.push(Buffer.concat([line, LINE_FEED]));
    }
  }
}
