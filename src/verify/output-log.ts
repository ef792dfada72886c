import { createHash } from 'node:crypto';
import { Redactor } from './redaction/redactor';
import { TerminalText } from './redaction/terminal-text';

/** What is kept of an output, for people: its last lines. */
const TAIL_LINES = 20;
const TAIL_CHARACTERS = 4_000;

/** What is left of an output. */
export interface OutputFacts {
  /** `sha256:` and 64 hexadecimal digits, over the redacted output. */
  readonly digest: string;
  /** Its last lines, redacted. */
  readonly tail: string;
  /** Whether the text that was looked for came; true when nothing was looked for. */
  readonly hasExpected: boolean;
}

/**
 * Listens to a program without keeping what it says: a digest, the last lines, and whether a text came. What it needs
 * of memory does not grow with the output.
 */
export class OutputLog {
  private readonly decoder = new TextDecoder();
  private readonly terminal = new TerminalText();
  private readonly hash = createHash('sha256');
  private readonly redacted;
  private tail = '';
  /** End of what was heard, in which the expected text may have begun. */
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
    // looked for before anything is taken out: the text may be a path of this machine
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
    // a character more than is shown, to know whether something is missing
    this.tail = (this.tail + text).slice(-TAIL_CHARACTERS - 1);
  }
}

function lastLines(text: string): string {
  const lines = text.trimEnd().split('\n').slice(-TAIL_LINES).map((line) => line.trimEnd());
  const shown = lines.join('\n');
  // a character in two halves is none
  return shown.length <= TAIL_CHARACTERS ? shown : shown.slice(-TAIL_CHARACTERS).replace(/^[\udc00-\udfff]/, '');
}
