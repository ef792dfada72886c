import { Facet } from './facet';
import { Finding } from '../model/finding';
import { FidelityEntry } from '../plan/fidelity';
import { OutputFile } from '../plan/output-file';
import { HostServicePlan, Plan, ServicePlan } from '../plan/plan';

/** What a rule found, without the facts that are the same for all its findings. */
export interface Violation {
  /** Construct path. */
  readonly path: string;
  /** What is wrong, with the value found. */
  readonly message: string;
  /** How to fix this one; the rule's own advice otherwise. */
  readonly fix?: string;
  /** Where it was written, when that is not the construct's own place. */
  readonly location?: { readonly file: string; readonly line: number };
}

/** A plan with what rules look up in it, worked out once. */
export interface RuleContext {
  readonly plan: Plan;
  /** The first service of each name. */
  readonly services: ReadonlyMap<string, ServicePlan>;
  readonly hostServices: ReadonlyMap<string, HostServicePlan>;
  /** All rules there are. */
  readonly rules: readonly Rule[];
  /** The project's folder. */
  readonly root: string;
  /** What was found before: in what the model read, and for rules that come last by all others. */
  readonly findings: readonly Finding[];
  /** What targets told when they rendered; empty before. */
  readonly fidelity: readonly FidelityEntry[];
  /** What targets rendered; empty before. */
  readonly files: readonly OutputFile[];
}

/**
 * Something that is refused or warned about. A rule is one file in this folder; `npx projen` adds it to the list of
 * all.
 */
export interface Rule {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  /** What must hold, in one sentence. */
  readonly title: string;
  /** How to fix it, in one sentence. */
  readonly fix: string;
  /** Whether a waiver with a reason lets it through. Never if a target could not carry the result. */
  readonly waivable: boolean;
  /** The kinds of statements it judges, for `explain`. */
  readonly facets: readonly Facet[];
  /**
   * When it is checked: on the plan, or on the rendered output together with the findings before.
   *
   * @default 'plan'
   */
  readonly judges?: 'plan' | 'output';
  check(context: RuleContext): Violation[];
}
