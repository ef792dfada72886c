/** A digest, and what it is made of. */
export interface FingerprintPlan {
  /** `sha256:` and 64 hexadecimal digits, over all parts. */
  readonly digest: string;
  /** Sorted by name. */
  readonly parts: readonly FingerprintPartPlan[];
}

export interface FingerprintPartPlan {
  /** `service web`, `pin postgres`, `build context of web`. */
  readonly name: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

export interface CheckPlan {
  readonly path: string;
  readonly name: string;
  readonly title: string;
  readonly command: CheckCommandPlan;
  readonly expectation: string;
  /** Text that the output must contain, beside exit code 0. */
  readonly expectedOutput?: string;
  /** Services and host services it covers; sorted. */
  readonly covers: readonly string[];
  /** Further files and folders it covers, relative to the project's folder; sorted. */
  readonly files: readonly string[];
  readonly prerequisites: readonly PrerequisitePlan[];
  /** No other check may run at the same time. */
  readonly exclusive: boolean;
  readonly timeoutSeconds: number;
  readonly required: boolean;
  /** Constructs of another toolbox that it covers or needs, in words; undefined if there are none. */
  readonly foreign?: readonly string[];
  /** The present fingerprint of what it covers. */
  readonly fingerprint: FingerprintPlan;
  readonly status: CheckStatusPlan;
}

export type CheckCommandPlan =
  /** A line for `sh`. */
  | { readonly kind: 'shell'; readonly line: string }
  /** Docker Compose on the generated file, whatever that is called at this stage. */
  | { readonly kind: 'compose'; readonly words: readonly string[] };

export type PrerequisitePlan =
  | { readonly kind: 'engine' | 'cluster' | 'registry' }
  | { readonly kind: 'program'; readonly name: string }
  /** Name of a host service. */
  | { readonly kind: 'host-service'; readonly name: string };

/** The state of a check according to the records, whatever their age. */
export type CheckStatusPlan =
  | { readonly kind: 'to-verify' }
  | { readonly kind: 'verified' | 'failed'; readonly record: RecordPlan }
  /** A part that it covers has changed since the test. */
  | { readonly kind: 'stale'; readonly record: RecordPlan; readonly changes: readonly ChangePlan[] };

/** A part of a fingerprint that differs from a recorded one. */
export interface ChangePlan {
  readonly part: string;
  readonly how: 'changed' | 'new' | 'gone';
}

/** The record of a check. */
export interface RecordPlan {
  readonly method: 'run' | 'hand';
  readonly outcome: 'passed' | 'failed';
  readonly command: string;
  readonly exitCode?: number;
  readonly by: string;
  /** UTC, `2026-11-22T19:00:00Z`. */
  readonly at: string;
  readonly note?: string;
  /** Programs that judged; sorted by name. */
  readonly tools: readonly { readonly name: string; readonly version: string }[];
  readonly location: { readonly file: string; readonly line: number };
}

export interface GatePlan {
  /** The whole architecture as it is now: what an approval is bound to. */
  readonly fingerprint: FingerprintPlan;
  /** The last approval; undefined when there never was one. */
  readonly approval?: ApprovalPlan;
  /** Missing conditions; empty if productive files may be written. */
  readonly missing: readonly MissingPlan[];
}

export interface ApprovalPlan {
  readonly by: string;
  readonly reason: string;
  /** UTC, `2026-11-22T19:00:00Z`. */
  readonly at: string;
  readonly fingerprint: string;
  /** Empty when it is the approval of what the model says now. */
  readonly changes: readonly ChangePlan[];
  /** Productive files as they were approved, relative to the output folder; sorted by path. */
  readonly files: readonly { readonly path: string; readonly digest: string }[];
}

export type MissingPlan =
  /** A required check that is not verified. */
  | { readonly kind: 'check'; readonly name: string }
  /** A pin that is not decided. */
  | { readonly kind: 'pin'; readonly component: string }
  /** A waiver that blocks: its construct path. */
  | { readonly kind: 'waiver'; readonly path: string }
  /** The present state of the model is not approved. */
  | { readonly kind: 'approval' };

/** Relative to the project's folder; undefined when the model names no place. */
export interface RecordsPlan {
  readonly evidenceDirectory?: string;
  readonly approvalFile?: string;
  /** Records of checks that the model does not have; sorted by check. */
  readonly stray: readonly {
    readonly check: string;
    readonly location: { readonly file: string; readonly line: number };
  }[];
}
