import { Readable, Writable } from 'node:stream';
import { MessageReader } from '../message-reader';

/** Messages to and from the gateway: lines of JSON, and the bytes that follow some of them. */
export class Channel {
  private readonly messages: MessageReader;

  constructor(input: Readable, private readonly output: Writable) {
    this.messages = new MessageReader(input, Infinity);
  }

  /** Returns the next message. The gateway is trusted, so its form is not judged. */
  public async next<T>(): Promise<T | undefined> {
    const line = await this.messages.line();
    return line === undefined ? undefined : JSON.parse(line) as T;
  }

  /** Returns the bytes that follow a message. */
  public async bytes(count: number): Promise<Buffer | undefined> {
    return this.messages.bytes(count);
  }

  /** Resolves when the message is on its way. */
  public async send(message: object, bytes: Buffer = Buffer.alloc(0)): Promise<void> {
    return new Promise((resolve, reject) => {
      this.output.write(`${JSON.stringify(message)}\n`);
      this.output.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }
}
