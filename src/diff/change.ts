/** Where a change holds. */
export type Target = 'compose' | 'kubernetes';

/** Whether something may do or reach more than before, or less; neutral for what cannot be judged so. */
export type Effect = 'widened' | 'narrowed' | 'neutral';

/** One thing that differs between the committed files and the model. */
export interface Change {
  /** Kind of fact: `image`, `port`, `deny` … */
  readonly kind: string;
  /** Whom it is about: `codex-cli`, `mcp-gateway tool fs_read`, `network toolbox-mcp`. */
  readonly subject: string;
  /** Which one of its kind: `8811/tcp` of the ports; undefined where there is only one. */
  readonly item?: string;
  /** Value in the committed files; undefined if they have none. */
  readonly before?: string;
  /** Value in the model; undefined if it has none. */
  readonly after?: string;
  readonly effect: Effect;
  /** Sorted. */
  readonly targets: readonly Target[];
}

/** A file whose words are missing, because it cannot be read. */
export interface Unread {
  /** Relative to the output folder. */
  readonly path: string;
  readonly reason: string;
}

/** Everything that can be said in words. */
export interface Changes {
  /** Widened ones first, then narrowed ones, then the others. */
  readonly changes: readonly Change[];
  readonly unread: readonly Unread[];
}
