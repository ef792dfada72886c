// ~~ Copied by projen. To modify, edit containers/mcp-gateway/src/workspace/glob.ts and run "npx projen".
const MAX_ALTERNATIVES = 256;

/** What a place in a pattern takes, besides letters, which are stored as their code points. */
const ONE = -1;
const SEGMENT = -2;
const ANYTHING = -3;
const NOTHING = -4;
const SLASH = 0x2f;

/** How a text is spelt before it is compared. */
export type Spelling = (text: string) => string;

/**
 * Patterns on paths: `*` and `?` within a segment, `**` as a segment of its own over any number of them, `{a,b}`; every
 * other character is itself. A path is followed through all places of a pattern at once, so that the time grows with
 * their lengths alone, even for hostile ones.
 */
export class Globs {
  private readonly patterns: readonly Pattern[];

  /** @throws Error for a glob that expands to too many patterns */
  constructor(globs: readonly string[], private readonly spelling: Spelling = (text) => text) {
    this.patterns = globs
      .flatMap((glob) => expandBraces(glob.replace(/\/$/, '')))
      .map((glob) => new Pattern(codePoints(spelling(glob))));
  }

  /** Whether one of them matches the path. */
  public matches(path: string): boolean {
    const text = this.spelling(path);
    return this.some(text, (pattern) => pattern.mayStandIn(text), (followed) => followed.end);
  }

  /** Whether one of them matches the path or a folder on the way to it. */
  public covers(path: string): boolean {
    const text = this.spelling(path);
    return this.some(text, (pattern) => pattern.mayStandIn(text), (followed) => followed.way);
  }

  /** Whether one of them may match something below the folder. */
  public reachesBelow(folder: string): boolean {
    return this.some(this.spelling(folder), () => true, (followed) => followed.below);
  }

  private some(text: string, applies: (pattern: Pattern) => boolean, test: (followed: Followed) => boolean): boolean {
    let points: readonly number[] | undefined;
    return text !== '' && this.patterns.some((pattern) => {
      if (pattern.isEverything || !applies(pattern)) {
        return pattern.isEverything && test(EVERYWHERE);
      }
      points ??= codePoints(text);
      return test(pattern.follow(points));
    });
  }
}

/** Where a path led to in a pattern. */
interface Followed {
  /** To its end. */
  readonly end: boolean;
  /** To its end, there or at a slash before. */
  readonly way: boolean;
  /** To a place from where it goes on below the path. */
  readonly below: boolean;
}

const NOWHERE: Followed = { end: false, way: false, below: false };
const EVERYWHERE: Followed = { end: true, way: true, below: true };

/** A pattern without alternatives. */
class Pattern {
  private readonly takes: number[] = [];
  /** Places from which a part may be left out, and where it goes on then. */
  private readonly skips: number[] = [];
  /** Letters that stand side by side. Slashes are left out, since some of them may be missing. */
  private readonly runs: readonly string[];
  /** In which round a place was reached last. */
  private readonly reached: number[];
  private round = 0;
  private places: number[] = [];
  private before: number[] = [];

  constructor(glob: readonly number[]) {
    const segments = split(glob);
    for (const [index, segment] of segments.entries()) {
      const last = index === segments.length - 1;
      if (!isAnyDepth(segment)) {
        this.takes.push(...within(segment), ...(last ? [] : [SLASH]));
      } else if (last && this.takes.at(-2) !== undefined && this.takes.at(-2) !== SEGMENT) {
        // `a/**` is `a`, too; `*/**` is only what stands in a folder.
        this.takes.pop();
        this.optional([SLASH, ANYTHING]);
      } else if (last) {
        this.takes.push(ANYTHING);
      } else if (!isAnyDepth(segments[index + 1] ?? [])) {
        this.optional([ANYTHING, SLASH]);
      }
    }
    this.reached = Array<number>(this.takes.length + 1).fill(0);
    this.runs = split(this.takes.map((takes) => (takes < 0 ? SLASH : takes)))
      .filter((run) => run.length > 0).map((run) => String.fromCodePoint(...run));
  }

  /** `**` */
  public get isEverything(): boolean {
    return this.takes.length === 1 && this.takes[0] === ANYTHING;
  }

  /**
   * False if a part of the pattern is missing in the text. A folder may hold 100,000 names, and nearly all end here.
   */
  public mayStandIn(text: string): boolean {
    const first = this.takes[0] ?? NOTHING;
    return (first < 0 || text.codePointAt(0) === first) && this.runs.every((run) => text.includes(run));
  }

  public follow(points: readonly number[]): Followed {
    const first = this.takes[0] ?? NOTHING;
    if (first >= 0 && first !== points[0]) {
      return NOWHERE;
    }
    this.begin();
    this.reach(0);
    let way = false;
    for (const point of points) {
      way ||= point === SLASH && this.isEnd();
      this.step(point);
      if (this.places.length === 0) {
        return way ? { end: false, way, below: false } : NOWHERE;
      }
    }
    const end = this.isEnd();
    this.step(SLASH);
    return { end, way: way || end, below: this.places.length > 0 };
  }

  private optional(part: readonly number[]): void {
    this.skips[this.takes.length] = this.takes.length + 1 + part.length;
    this.takes.push(NOTHING, ...part);
  }

  private isEnd(): boolean {
    return this.reached[this.takes.length] === this.round;
  }

  private step(point: number): void {
    this.begin();
    for (const place of this.before) {
      const takes = this.takes[place];
      if (takes === ANYTHING || (takes === SEGMENT && point !== SLASH)) {
        this.reach(place);
      } else if (takes === point || (takes === ONE && point !== SLASH)) {
        this.reach(place + 1);
      }
    }
  }

  private begin(): void {
    this.round += 1;
    [this.before, this.places] = [this.places, this.before];
    this.places.length = 0;
  }

  /** Takes note of a place, and of those that are reached from it without taking anything. */
  private reach(place: number): void {
    if (this.reached[place] === this.round) {
      return;
    }
    this.reached[place] = this.round;
    this.places.push(place);
    const takes = this.takes[place] ?? 0;
    if (takes < ONE) {
      this.reach(place + 1);
    }
    const skip = this.skips[place];
    if (skip !== undefined) {
      this.reach(skip);
    }
  }
}

const STAR = 0x2a;
const QUESTION = 0x3f;

function codePoints(text: string): number[] {
  const points: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const point = text.codePointAt(index) ?? 0;
    points.push(point);
    index += point > 0xffff ? 1 : 0;
  }
  return points;
}

function split(glob: readonly number[]): number[][] {
  const segments: number[][] = [[]];
  for (const point of glob) {
    if (point === SLASH) {
      segments.push([]);
    } else {
      segments.at(-1)?.push(point);
    }
  }
  return segments;
}

function isAnyDepth(segment: readonly number[]): boolean {
  return segment.length === 2 && segment.every((point) => point === STAR);
}

function within(segment: readonly number[]): number[] {
  return segment
    .filter((point, index) => point !== STAR || segment[index - 1] !== STAR)
    .map((point) => (point === STAR ? SEGMENT : point === QUESTION ? ONE : point));
}

/** `a{b,c}` as `ab` and `ac`. */
export function expandBraces(glob: string): readonly string[] {
  const pending = [glob];
  const done: string[] = [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    // An innermost pair, so that nested ones come apart from the inside.
    const pair = /\{([^{}]*)\}/.exec(next);
    if (pair === null) {
      done.push(next);
    } else if (!pair[1].includes(',')) {
      // Not alternatives; kept apart from further rounds by characters no glob of a manifest can hold.
      pending.push(`${next.slice(0, pair.index)}\u0001${pair[1]}\u0002${next.slice(pair.index + pair[0].length)}`);
    } else {
      const [before, after] = [next.slice(0, pair.index), next.slice(pair.index + pair[0].length)];
      pending.push(...pair[1].split(',').map((choice) => `${before}${choice}${after}`));
    }
    if (pending.length + done.length > MAX_ALTERNATIVES) {
      throw new Error(`the glob ${glob} expands to more than ${MAX_ALTERNATIVES} patterns; use fewer alternatives`);
    }
  }
  return [...new Set(done.map((text) => text.replaceAll('\u0001', '{').replaceAll('\u0002', '}')))].sort();
}
