/** Chunk size, which keeps the cost linear in the length of the output. */
const BLOCK = 64 * 1024;

interface Range {
  readonly start: number;
  readonly end: number;
  readonly marker: string;
}

/** Redacts secrets from texts. */
export class Redactor {
  private readonly longest: number;

  constructor(private readonly redactions: readonly Redaction[]) {
    this.longest = Math.max(1, ...redactions.map(({ longest }) => longest));
  }

  /** Redacts a complete text. */
  public text(text: string): string {
    const stream = this.stream();
    return stream.feed(text) + stream.end();
  }

  /** Returns a stream redactor. Its output does not depend on how the input is split. */
  public stream(): RedactedStream {
    return new RedactedStream(this.redactions, this.longest);
  }
}

/**
 * Delays output by the length of the longest match and keeps the same amount of past input, so that every match is seen
 * as a whole before any of its characters is emitted.
 */
export class RedactedStream {
  private window = '';
  /** End of the emitted part of the window. */
  private given = 0;
  /** End of the part replaced by the last marker; may be ahead of the emitted part. */
  private covered = 0;

  constructor(private readonly redactions: readonly Redaction[], private readonly longest: number) {
  }

  /** @returns the redacted text that is safe to emit */
  public feed(text: string): string {
    this.window += text;
    const ready = this.window.length - this.given - this.longest;
    if (ready < BLOCK) { return ''; }
    const until = this.window.length - this.longest;
    // keep surrogate pairs together
    return this.give(/[\udc00-\udfff]/.test(this.window[until]) ? until - 1 : until);
  }

  /** @returns the rest of the redacted text */
  public end(): string {
    return this.give(this.window.length);
  }

  private give(until: number): string {
    const shown: string[] = [];
    for (const { start, end, marker } of findRanges(this.window, this.redactions)) {
      if (start >= until) { break; }
      // its marker is already emitted
      if (start >= this.given && start >= this.covered) {
        shown.push(this.window.slice(Math.max(this.given, this.covered), start), marker);
      }
      this.covered = Math.max(this.covered, end);
      if (start >= this.given) { this.given = start; }
    }
    shown.push(this.window.slice(Math.max(this.given, this.covered), until));
    this.forget(until);
    return shown.join('');
  }

  private forget(until: number): void {
    // one more character for lookbehind
    const kept = Math.max(0, until - this.longest - 1);
    this.window = this.window.slice(kept);
    this.given = until - kept;
    this.covered -= kept;
  }
}

function findRanges(text: string, redactions: readonly Redaction[]): Range[] {
  const ranges = redactions.flatMap((redaction) => rangesOf(text, redaction));
  return ranges.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Returns all matches, including overlapping ones, so that the result does not depend on the start of the text. */
function rangesOf(text: string, { pattern, marker }: Redaction): Range[] {
  const ranges: Range[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [start, end] = match.indices!.groups?.hide ?? [match.index, match.index + match[0].length];
    ranges.push({ start, end, marker });
    pattern.lastIndex = match.index + 1;
  }
  return ranges;
}

/** A pattern to redact and its replacement. */
export interface Redaction {
  /** Pattern with the flags `g` and `d`. Only the group `hide` is replaced if there is one. */
  readonly pattern: RegExp;
  readonly marker: string;
  /** Maximum length of a match in characters. */
  readonly longest: number;
}

/** Returns the replacement of a secret. */
export function redacted(name: string): string {
  return `[redacted ${name}]`;
}
