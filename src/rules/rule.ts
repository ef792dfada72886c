import { Finding } from '../model/finding';
import { HostServicePlan, Plan, ServicePlan } from '../plan/plan';
import { ServiceFacts, TargetFacts } from '../plan/target-facts';
import { Facet, FidelityEntry, OutputFile, OverrideProblem, OverrideReference } from '../plan/target-output';

/** A finding without the facts of its rule. */
export interface Violation {
  /** Construct path. */
  readonly path: string;
  /** The error, with the value found. */
  readonly message: string;
  /**
   * How to fix this finding.
   *
   * @default - the fix of the rule
   */
  readonly fix?: string;
  /**
   * Where the wrong value is written.
   *
   * @default - the place of the override, or of the construct
   */
  readonly location?: { readonly file: string; readonly line: number };
  /**
   * The override that is wrong.
   *
   * @default - none
   */
  readonly override?: OverrideReference;
}

/** A plan with the lookups that rules need, computed once. */
export interface RuleContext {
  readonly plan: Plan;
  /** The first service of each name. */
  readonly services: ReadonlyMap<string, ServicePlan>;
  readonly hostServices: ReadonlyMap<string, HostServicePlan>;
  /** All rules. */
  readonly rules: readonly Rule[];
  /** The project's folder. */
  readonly root: string;
  /** Earlier findings: of the inventories; for output rules, of all plan rules as well. */
  readonly findings: readonly Finding[];
  /** Fidelity entries of the targets. Empty for plan rules. */
  readonly fidelity: readonly FidelityEntry[];
  /** Rendered files. Empty for plan rules. */
  readonly files: readonly OutputFile[];
  /** Problems of overrides in the rendered documents. Empty for plan rules. */
  readonly overrideProblems: readonly OverrideProblem[];
}

/** A container as a target states it, overrides and patches included. */
export interface MergedService {
  readonly target: 'compose' | 'kubernetes';
  /** Undefined for a container that the model does not have. */
  readonly plan?: ServicePlan;
  readonly facts: ServiceFacts;
  /** The output folder, relative to the project. */
  readonly outdir: string;
}

/** The documents of a target, overrides and patches included. */
export interface MergedTarget {
  readonly target: 'compose' | 'kubernetes';
  readonly plan: Plan;
  readonly facts: TargetFacts;
}

/**
 * The documents of a target before and after each override of one construct. They may be limited to the part that the
 * overrides change.
 */
export interface OverrideChain {
  readonly changes: readonly OverrideChange[];
  /** One more than changes. */
  readonly states: readonly MergedTarget[];
}

export interface OverrideChange {
  readonly override: OverrideReference;
  /** The override in words: `override of "shm_size"`, `patch at /spec/replicas`. */
  readonly what: string;
}

/** The violation, as the rest of a sentence: `publishes port 80 on all interfaces`. */
export interface MergedViolation {
  readonly problem: string;
}

/**
 * Reports an error or a warning. A rule is one file in this folder; `npx projen` adds it to `all-rules.ts`.
 */
export interface Rule {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  /** The requirement, in one sentence. */
  readonly title: string;
  /** How to fix it, in one sentence. */
  readonly fix: string;
  /** Whether a waiver with a reason suppresses it. Never if a target could not render the result. */
  readonly waivable: boolean;
  /**
   * Whether the architecture cannot be approved while a waiver of it is there: the waiver must say so.
   *
   * @default false
   */
  readonly blocksApproval?: boolean;
  /** The kinds of statements it checks, for `explain`. */
  readonly facets: readonly Facet[];
  /**
   * When it runs: on the plan, or on the rendered output and the findings of the plan rules.
   *
   * @default 'plan'
   */
  readonly judges?: 'plan' | 'output';
  check(context: RuleContext): Violation[];
  /**
   * Checks a container as a target states it. Only what overrides and patches cause is reported.
   *
   * @default - overrides of a service cannot break the rule
   */
  checkMerged?(service: MergedService): MergedViolation[];
  /**
   * Checks what the documents of a target state beside the containers.
   *
   * @default - overrides of the rest cannot break the rule
   */
  checkMergedTarget?(target: MergedTarget): MergedViolation[];
}
