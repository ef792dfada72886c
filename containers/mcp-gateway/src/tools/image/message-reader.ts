import { Readable } from 'node:stream';
import { ByteCollector } from '../byte-collector';

const LINE_FEED = 10;

/** Longest line of a message. What is larger, such as a picture, follows its line as bytes. */
const MAX_LINE_BYTES = 64 * 1024;

/** The decoder sent more than it may. */
export class TooLong extends Error {}

/** Reads messages from a pipe: lines of JSON, and the bytes that follow some of them. */
export class MessageReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  private room: number;

  /** @param maxBytes of all messages together */
  constructor(stream: Readable, maxBytes: number) {
    this.chunks = stream[Symbol.asyncIterator]();
    this.room = maxBytes;
  }

  /**
   * Reads the next line. @returns undefined when there is none
   * @throws TooLong
   */
  public async line(): Promise<string | undefined> {
    const line = new ByteCollector(MAX_LINE_BYTES);
    for (;;) {
      const end = this.rest.indexOf(LINE_FEED);
      this.pass(line, end === -1 ? this.rest.length : end);
      if (end !== -1) {
        this.rest = this.rest.subarray(1);
        return line.bytes.toString('utf8');
      }
      if (!await this.more()) {
        return undefined;
      }
    }
  }

  /**
   * Reads so many bytes. @returns undefined when there are fewer
   * @throws TooLong
   */
  public async bytes(count: number): Promise<Buffer | undefined> {
    if (count > this.room + this.rest.length) {
      throw new TooLong();
    }
    const collected = new ByteCollector(count);
    while (collected.bytes.length < count) {
      if (this.rest.length === 0 && !await this.more()) {
        return undefined;
      }
      this.pass(collected, Math.min(this.rest.length, count - collected.bytes.length));
    }
    return collected.bytes;
  }

  private pass(to: ByteCollector, count: number): void {
    if (!to.add(this.rest.subarray(0, count))) {
      throw new TooLong();
    }
    this.rest = this.rest.subarray(count);
  }

  private async more(): Promise<boolean> {
    const { value, done } = await this.chunks.next();
    if (done === true) {
      return false;
    }
    this.room -= value.length;
    if (this.room < 0) {
      throw new TooLong();
    }
    this.rest = value;
    return true;
  }
}
