/** How much an entry lets through, as far as entries of its kind can be compared. */
export interface Access {
  /** The access that it grants. More is wider. */
  readonly grants?: readonly string[];
  /** Exceptions from that access. More is narrower. */
  readonly denies?: readonly string[];
  /**
   * A number of which more is wider.
   *
   * @default 0
   */
  readonly level?: number;
  /** Whether it narrows by being there: a limit, a deny rule. */
  readonly restricts?: boolean;
}

/** How an access compares with the one before. `mixed`: it has lost something and gained something else. */
export type Relation = 'same' | 'wider' | 'narrower' | 'mixed';

/** Compares two accesses of one kind. Undefined stands for an entry that is not there. */
export function compareAccess(before: Access | undefined, after: Access | undefined): Relation {
  const restricts = before?.restricts === true || after?.restricts === true;
  if (restricts && (before === undefined) !== (after === undefined)) {
    return before === undefined ? 'narrower' : 'wider';
  }
  const gains = exceeds(after, before);
  const losses = exceeds(before, after);
  if (gains && losses) { return 'mixed'; }
  if (gains) { return 'wider'; }
  return losses ? 'narrower' : 'same';
}

function exceeds(one: Access | undefined, other: Access | undefined): boolean {
  const granted = new Set(other?.grants);
  if ((one?.level ?? 0) > (other?.level ?? 0) || (one?.grants ?? []).some((grant) => !granted.has(grant))) {
    return true;
  }
  // an entry that is not there denies everything
  const denied = new Set(one?.denies);
  return one !== undefined && (other?.denies ?? []).some((denial) => !denied.has(denial));
}

/** Returns what several accesses let through together. */
export function combineAccess(all: readonly (Access | undefined)[]): Access | undefined {
  const present = all.filter((one) => one !== undefined);
  return present.length <= 1 ? present[0] : {
    grants: present.flatMap(({ grants }) => grants ?? []),
    denies: present.flatMap(({ denies }) => denies ?? []),
    level: present.reduce((highest, { level }) => Math.max(highest, level ?? 0), 0),
    restricts: present[0].restricts,
  };
}
