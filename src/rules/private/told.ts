import { withoutSecrets } from './secret-shapes';
import { Finding } from '../../model/finding';

/** Longest message: enough to find the place of whatever is wrong. */
const LONGEST = 1000;

/** Findings as they may be shown anywhere: a message names what was found, which may be a secret or have no end. */
export function toldSafely(findings: readonly Finding[]): Finding[] {
  return findings.map((one) => ({ ...one, path: one.path && safe(one.path), message: safe(one.message) }));
}

function safe(text: string): string {
  const shown = withoutSecrets(text);
  return shown.length <= LONGEST
    ? shown
    : `${shown.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}… (${shown.length} characters)`;
}
