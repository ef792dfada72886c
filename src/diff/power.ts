/** How much a fact lets through, as far as facts of its kind can be compared. */
export interface Power {
  /** What it gives: more of these is wider. */
  readonly gives?: readonly string[];
  /** What it takes out of that again: more of these is narrower. */
  readonly denies?: readonly string[];
  /**
   * A number of which more is wider.
   *
   * @default 0
   */
  readonly level?: number;
  /** A guard narrows by being there: without it everything is open. */
  readonly guard?: boolean;
}

/** How a power stands to the one before it; `other`: it has lost something and gained something else. */
export type Relation = 'same' | 'wider' | 'narrower' | 'other';

/** Compares two powers of one kind; undefined stands for a fact that is not there. */
export function relate(before: Power | undefined, after: Power | undefined): Relation {
  const guards = before?.guard === true || after?.guard === true;
  if (guards && (before === undefined) !== (after === undefined)) {
    return before === undefined ? 'narrower' : 'wider';
  }
  const gains = exceeds(after, before);
  const losses = exceeds(before, after);
  if (gains && losses) { return 'other'; }
  if (gains) { return 'wider'; }
  return losses ? 'narrower' : 'same';
}

function exceeds(one: Power | undefined, other: Power | undefined): boolean {
  const given = new Set(other?.gives);
  if ((one?.level ?? 0) > (other?.level ?? 0) || (one?.gives ?? []).some((gift) => !given.has(gift))) { return true; }
  // what is not there denies everything
  const denied = new Set(one?.denies);
  return one !== undefined && (other?.denies ?? []).some((denial) => !denied.has(denial));
}

/** Both together. */
export function union(one: Power | undefined, other: Power | undefined): Power | undefined {
  if (one === undefined || other === undefined) { return one ?? other; }
  return {
    gives: [...one.gives ?? [], ...other.gives ?? []],
    denies: [...one.denies ?? [], ...other.denies ?? []],
    level: Math.max(one.level ?? 0, other.level ?? 0),
    guard: one.guard,
  };
}
