import { Transform, TransformCallback } from 'node:stream';

/** A line that no message needs, and that would have to be kept in memory. */
export class LineTooLong extends Error {
  public constructor(public readonly bytes: number) {
    super(`a line of more than ${bytes} bytes`);
    this.name = 'LineTooLong';
  }
}

/** Passes lines on, and fails at one that is too long before all of it was read. */
export class LineGuard extends Transform {
  private length = 0;

  public constructor(private readonly maxBytes: number) {
    super();
  }

  public override _transform(chunk: Buffer, _: BufferEncoding, callback: TransformCallback): void {
    let rest = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, rest)) {
      if (this.length + end - rest > this.maxBytes) {
        callback(new LineTooLong(this.maxBytes));
        return;
      }
      this.length = 0;
      rest = end + 1;
    }
    this.length += chunk.length - rest;
    callback(this.length > this.maxBytes ? new LineTooLong(this.maxBytes) : null, chunk);
  }
}
