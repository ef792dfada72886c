import { JudgeFinding } from './judge';
import { LinterSuppression } from '../../../src/model/linter-suppression';

/** Findings and suppressions, held against each other. */
export interface Matched {
  readonly excepted: readonly JudgeFinding[];
  /** Without a suppression: they fail. */
  readonly left: readonly JudgeFinding[];
  /** Without a finding: they fail as well, since their purpose is unknown. */
  readonly stale: readonly LinterSuppression[];
}

/** A suppression lets one check of one linter through at one place, however often it is found there. */
export function matchSuppressions(
  findings: readonly JudgeFinding[],
  suppressions: readonly LinterSuppression[],
): Matched {
  const allowed = new Set(suppressions.map(key));
  const found = new Set(findings.map(key));
  return {
    excepted: findings.filter((finding) => allowed.has(key(finding))),
    left: findings.filter((finding) => !allowed.has(key(finding))),
    stale: suppressions.filter((suppression) => !found.has(key(suppression))),
  };
}

function key({ linter, check, where }: Pick<JudgeFinding, 'linter' | 'check' | 'where'>): string {
  return JSON.stringify([linter, check, where]);
}
