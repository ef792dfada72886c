/** A kind of statement in a generated file, independent of the target. Rules name the facets they check. */
export type Facet =
  | 'identity' | 'image' | 'build' | 'command' | 'dependency' | 'environment' | 'secret' | 'config' | 'mount'
  | 'volume' | 'network' | 'port' | 'health' | 'security' | 'resources' | 'lifecycle' | 'profile' | 'policy'
  | 'host-service' | 'pin' | 'check' | 'waiver' | 'gate' | 'override' | 'parameter' | 'text';

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
  /** The possible remedy, in one sentence. */
  readonly remedy: string;
}

/** Names an override of the model. */
export interface OverrideReference {
  /** Path of the construct that has it. */
  readonly path: string;
  readonly target: 'compose' | 'kubernetes';
  /** Position among the overrides of the construct for the target. */
  readonly index: number;
}

/** What an override lets through beyond the model. */
export interface OverrideEffect {
  readonly override: OverrideReference;
  /** The override in words: `override of "shm_size"`, `patch at /spec/replicas`. */
  readonly what: string;
  /** Lines for people; none for an override that opens nothing. */
  readonly opens: readonly string[];
}

/** A problem of an override that only the rendered documents show. */
export interface OverrideProblem {
  readonly override: OverrideReference;
  /** Id of the rule that reports it. */
  readonly rule: string;
  readonly message: string;
  readonly fix: string;
}

/** A generated file, still in memory. */
export interface OutputFile {
  /** Relative to the output folder, with forward slashes. */
  readonly path: string;
  /** The whole text, with line feeds only and one at the end. */
  readonly content: string;
}
