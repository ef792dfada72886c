import { RE2JS } from 're2js';

/** What is searched for. */
export interface SearchPattern {
  readonly pattern: string;
  /** Whether the pattern is an RE2 expression, not literal text. */
  readonly regex: boolean;
  readonly ignoreCase: boolean;
}

/** Finds a pattern in text. */
export interface Matcher {
  /** Bytes of text that one `find` is given at most: nothing can interrupt it. */
  readonly maxPieceBytes: number;
  /** Returns where in some bytes the next match may be, -1 for nowhere. */
  nextCandidate(bytes: Buffer, from: number): number;
  find(text: string, from: number): { readonly start: number; readonly end: number } | undefined;
}

/** The pattern cannot be used; the message is for the client. */
export class PatternProblem extends Error {}

/** Most instructions of a compiled expression. Its time is this times the length of the text. */
const MAX_PROGRAM = 2000;

/** Instructions times bytes for one `find`. Where classes are wide, it takes about a second. */
const MAX_STEPS = 4_000_000;

const MAX_PIECE_BYTES = 64 * 1024;

/** @throws PatternProblem */
export function matcherOf({ pattern, regex, ignoreCase }: SearchPattern): Matcher {
  if (!regex && !ignoreCase) {
    return new LiteralMatcher(pattern);
  }
  const expression = compile(regex ? pattern : RE2JS.quote(pattern), ignoreCase);
  const size = expression.programSize();
  if (size > MAX_PROGRAM) {
    throw new PatternProblem('the pattern is too large; use smaller repeat counts');
  }
  return {
    maxPieceBytes: Math.min(MAX_PIECE_BYTES, Math.floor(MAX_STEPS / size)),
    nextCandidate: (_, from) => from,
    find: (text, from) => {
      // to find where takes several times as long
      if (!expression.test(text)) {
        return undefined;
      }
      const matcher = expression.matcher(text);
      return matcher.find(from) ? { start: matcher.start(), end: matcher.end() } : undefined;
    },
  };
}

function compile(pattern: string, ignoreCase: boolean): RE2JS {
  try {
    return RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    throw new PatternProblem(`the pattern cannot be used: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}

class LiteralMatcher implements Matcher {
  public readonly maxPieceBytes = MAX_PIECE_BYTES;
  private readonly bytes: Buffer;

  constructor(private readonly pattern: string) {
    this.bytes = Buffer.from(pattern);
  }

  public nextCandidate(bytes: Buffer, from: number): number {
    return bytes.indexOf(this.bytes, from);
  }

  public find(text: string, from: number): { readonly start: number; readonly end: number } | undefined {
    const start = text.indexOf(this.pattern, from);
    return start === -1 ? undefined : { start, end: start + this.pattern.length };
  }
}
