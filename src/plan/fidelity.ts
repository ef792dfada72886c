/** How a target treated a fact of the plan that it could not simply keep. */
export interface FidelityEntry {
  readonly target: 'compose' | 'kubernetes';
  /** Construct path. */
  readonly path: string;
  /** The fact in the model's words: `profile`, `log rotation`, `health check`. */
  readonly fact: string;
  /** adapted: said in another way; left-out: not said; refused: the target gives no output for it. */
  readonly verdict: 'adapted' | 'left-out' | 'refused';
  /** Why, in one sentence. */
  readonly reason: string;
  /** What a person can do about it, in one sentence. */
  readonly remedy: string;
}
