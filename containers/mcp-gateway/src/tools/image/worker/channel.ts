import { createInterface } from 'readline';
import { Readable, Writable } from 'stream';

/** Messages to and from the gateway: one line of JSON each. */
export class Channel {
  private readonly lines: AsyncIterator<string>;

  public constructor(input: Readable, private readonly output: Writable) {
    this.lines = createInterface({ input, crlfDelay: Infinity })[Symbol.asyncIterator]();
  }

  /** The next message; the gateway is trusted, so its form is not judged. */
  public async next<T>(): Promise<T | undefined> {
    const { value, done } = await this.lines.next();
    return done ? undefined : JSON.parse(value) as T;
  }

  /** Resolves when the message is on its way. */
  public async send(message: object): Promise<void> {
    return new Promise((resolve, reject) => {
      this.output.write(`${JSON.stringify(message)}\n`, error => error ? reject(error) : resolve());
    });
  }
}
