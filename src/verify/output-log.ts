import { createHash } from 'node:crypto';
import { Redactor } from './redaction/redactor';
import { TerminalText } from './redaction/terminal-text';

/** Limits of the kept end of the output. */
const TAIL_LINES = 20;
const TAIL_CHARACTERS = 4_000;

/** Summary of an output. */
export interface OutputFacts {
  /** `sha256:` and 64 hexadecimal digits, over the redacted output. */
  readonly digest: string;
  /** Redacted last lines. */
  readonly tail: string;
  /** Whether the expected text occurred; true if none is expected. */
  readonly hasExpected: boolean;
}

/**
 * Consumes the output of a program in constant memory: computes a digest, keeps the last lines, and searches for the
 * expected text.
 */
export class OutputLog {
  private readonly decoder = new TextDecoder();
  private readonly terminal = new TerminalText();
  private readonly hash = createHash('sha256');
  private readonly redacted;
  private tail = '';
  /** End of the previous chunk, in which the expected text may begin. */
  private recent = '';
  private hasExpected: boolean;

  constructor(redactor: Redactor, private readonly expected = '') {
    this.redacted = redactor.stream();
    this.hasExpected = expected === '';
  }

  public hear(bytes: Uint8Array): void {
    this.take(this.terminal.feed(this.decoder.decode(bytes, { stream: true })));
  }

  public end(): OutputFacts {
    this.take(this.terminal.feed(this.decoder.decode()) + this.terminal.end());
    this.keep(this.redacted.end());
    return { digest: `sha256:${this.hash.digest('hex')}`, tail: lastLines(this.tail), hasExpected: this.hasExpected };
  }

  private take(text: string): void {
    // search before redaction: the expected text may be a path of this machine
    if (!this.hasExpected) { this.search(text); }
    this.keep(this.redacted.feed(text));
  }

  private search(text: string): void {
    this.recent += text;
    this.hasExpected = this.recent.includes(this.expected);
    this.recent = this.hasExpected ? '' : this.recent.slice(-this.expected.length);
  }

  private keep(text: string): void {
    this.hash.update(text);
    // keep one more character than shown, to detect truncation
    this.tail = (this.tail + text).slice(-TAIL_CHARACTERS - 1);
  }
}

function lastLines(text: string): string {
  const lines = text.trimEnd().split('\n').slice(-TAIL_LINES).map((line) => line.trimEnd());
  const shown = lines.join('\n');
  // drop half a surrogate pair
  return shown.length <= TAIL_CHARACTERS ? shown : shown.slice(-TAIL_CHARACTERS).replace(/^[\udc00-\udfff]/, '');
}
