import { Finding } from '../model/finding';
import { HostServicePlan, Plan, ServicePlan } from '../plan/plan';
import { ServiceFacts } from '../plan/target-facts';
import { Facet, FidelityEntry, OutputFile, OverrideProblem, OverrideReference } from '../plan/target-output';

/** A finding without the facts of its rule. */
export interface Violation {
  /** Construct path. */
  readonly path: string;
  /** What is wrong, with the value found. */
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

/** A service as a target states it, overrides and patches included. */
export interface MergedService {
  readonly target: 'compose' | 'kubernetes';
  readonly plan: ServicePlan;
  readonly facts: ServiceFacts;
  /** The output folder, relative to the project. */
  readonly outdir: string;
}

/** What an override or a patch did to a service. */
export interface MergedViolation {
  /** What is wrong, with the value found, as the rest of a sentence: `publishes port 80 on all interfaces`. */
  readonly problem: string;
  /** Keys that state it, of a Compose service or at any depth of a Kubernetes object. */
  readonly keys: readonly string[];
}

/**
 * Reports an error or a warning. A rule is one file in this folder; `npx projen` adds it to `all-rules.ts`.
 */
export interface Rule {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  /** What must hold, in one sentence. */
  readonly title: string;
  /** How to fix it, in one sentence. */
  readonly fix: string;
  /** Whether a waiver with a reason suppresses it. Never if a target could not render the result. */
  readonly waivable: boolean;
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
   * Checks a service that has overrides or patches, as the target states it. What no override touches is not reported
   * again.
   *
   * @default - overrides cannot break the rule
   */
  checkMerged?(service: MergedService): MergedViolation[];
}
