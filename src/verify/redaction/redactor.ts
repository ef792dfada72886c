import { Hider } from './hider';

/** What is worked through at once, so that a long output does not cost more for each of its parts. */
const BLOCK = 64 * 1024;

interface Range {
  readonly start: number;
  readonly end: number;
  readonly marker: string;
}

/** Takes out of texts what must not be seen in them. */
export class Redactor {
  private readonly longest: number;

  constructor(private readonly hiders: readonly Hider[]) {
    this.longest = Math.max(1, ...hiders.map((hider) => hider.longest));
  }

  /** A text that is there as a whole. */
  public text(text: string): string {
    const stream = this.stream();
    return stream.feed(text) + stream.end();
  }

  /** A text that comes in parts. However it is cut, the same comes out. */
  public stream(): RedactedStream {
    return new RedactedStream(this.hiders, this.longest);
  }
}

/**
 * Holds back as much as the longest thing to hide, and remembers as much of what was given already: so whatever hides a
 * character is seen as a whole when that character is given.
 */
export class RedactedStream {
  private window = '';
  /** Up to here the window was given. */
  private given = 0;
  /** Up to here a marker stands for the text; may be ahead of what was given. */
  private covered = 0;

  constructor(private readonly hiders: readonly Hider[], private readonly longest: number) {
  }

  /** @returns what can be shown by now */
  public feed(text: string): string {
    this.window += text;
    const ready = this.window.length - this.given - this.longest;
    if (ready < BLOCK) { return ''; }
    const until = this.window.length - this.longest;
    // a character in two halves stays whole
    return this.give(/[\udc00-\udfff]/.test(this.window[until]) ? until - 1 : until);
  }

  /** @returns the rest */
  public end(): string {
    return this.give(this.window.length);
  }

  private give(until: number): string {
    const shown: string[] = [];
    for (const { start, end, marker } of findRanges(this.window, this.hiders)) {
      if (start >= until) { break; }
      // its marker was given with its beginning
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
    // one character more, for patterns that look at what stands before
    const kept = Math.max(0, until - this.longest - 1);
    this.window = this.window.slice(kept);
    this.given = until - kept;
    this.covered -= kept;
  }
}

function findRanges(text: string, hiders: readonly Hider[]): Range[] {
  const ranges = hiders.flatMap((hider) => rangesOf(text, hider));
  return ranges.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Every match, those that overlap as well: which ones are found must not depend on where the text begins. */
function rangesOf(text: string, { pattern, marker }: Hider): Range[] {
  const ranges: Range[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [start, end] = match.indices!.groups?.hide ?? [match.index, match.index + match[0].length];
    ranges.push({ start, end, marker });
    pattern.lastIndex = match.index + 1;
  }
  return ranges;
}
