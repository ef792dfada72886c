const FIRST_BYTES = 4096;

/**
 * Collects bytes that arrive in pieces of any size, up to a limit. They are kept in one buffer: a piece may be a single
 * byte, and an object for each takes a hundred times as much.
 */
export class ByteCollector {
  private buffer: Buffer = Buffer.alloc(0);
  private length = 0;

  constructor(private readonly maxBytes: number) {}

  /** Adds as much of a piece as fits. @returns whether all of it did */
  public add(piece: Buffer): boolean {
    const added = piece.subarray(0, this.maxBytes - this.length);
    if (this.length + added.length > this.buffer.length) {
      const grown = Buffer.allocUnsafeSlow(
        Math.min(this.maxBytes, Math.max(FIRST_BYTES, 2 * (this.length + added.length))),
      );
      this.buffer.copy(grown, 0, 0, this.length);
      this.buffer = grown;
    }
    added.copy(this.buffer, this.length);
    this.length += added.length;
    return added.length === piece.length;
  }

  /** The bytes so far. */
  public get bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }
}

/** Returns the bytes without a character at the end that is not all there. Bytes that are not UTF-8 stay. */
export function wholeCharacters(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back];
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
    if (byte < 0x80) {
      return bytes;
    }
  }
  return bytes;
}
