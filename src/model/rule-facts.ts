import { Finding, Severity, SourceLocation } from './finding';

/** The facts of a rule that are the same for all its findings. */
export interface RuleFacts {
  readonly id: string;
  readonly severity: Severity;
  /** The requirement, in one sentence. */
  readonly title: string;
  /** How to fix it, in one sentence. A finding may carry a more precise one. */
  readonly fix: string;
}

/** The parts of a finding that its rule does not know. */
export interface FindingFacts {
  /** Construct path. */
  readonly path?: string;
  readonly location?: SourceLocation;
  /** Replaces the fix of the rule. */
  readonly fix?: string;
}

/** Returns a function that makes findings of the listed rules. */
export function reporterOf<T extends RuleFacts>(rules: readonly T[]) {
  return (id: T['id'], message: string, facts: FindingFacts = {}): Finding => {
    const { severity, fix } = rules.find((rule) => rule.id === id)!;
    return { rule: id, severity, message, fix, ...facts };
  };
}

/** Whether one of the findings is an error that no waiver lets through: then nothing is written. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity, waived }) => severity === Severity.ERROR && waived === undefined);
}
