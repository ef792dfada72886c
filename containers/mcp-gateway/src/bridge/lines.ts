import { StringDecoder } from 'node:string_decoder';

/** Cuts a stream of bytes into lines and holds no more than one line of bounded length. */
export class LineReader {
  private readonly decoder = new StringDecoder('utf8');
  private held: string[] = [];
  private length = 0;
  private skipping = false;

  constructor(
    private readonly maxLength: number,
    private readonly onLine: (line: string) => void,
    private readonly onTooLong: () => void,
  ) {}

  public push(chunk: Buffer): void {
    const pieces = this.decoder.write(chunk).split('\n');
    for (const piece of pieces.slice(0, -1)) {
      this.hold(piece);
      this.end();
    }
    this.hold(pieces.at(-1) ?? '');
  }

  /** The last line need not have an end. */
  public finish(): void {
    this.hold(this.decoder.end());
    this.end();
  }

  private hold(piece: string): void {
    if (this.skipping || piece === '') {
      return;
    }
    this.length += piece.length;
    if (this.length > this.maxLength) {
      this.skipping = true;
      this.held = [];
      this.onTooLong();
      return;
    }
    this.held.push(piece);
  }

  private end(): void {
    const line = this.held.join('').trim();
    const skipped = this.skipping;
    this.held = [];
    this.length = 0;
    this.skipping = false;
    if (!skipped && line !== '') {
      this.onLine(line);
    }
  }
}
