import { Finding } from '../../model/finding';
import { withoutSecrets } from '../../util/secrets';

/** Maximum length of a message in characters. */
const LONGEST = 1000;

/** Redacts secrets and limits the length: messages quote values, which may be secret or huge. */
export function redactFindings(findings: readonly Finding[]): Finding[] {
  return findings.map((one) => ({ ...one, path: one.path && redact(one.path), message: redact(one.message) }));
}

function redact(text: string): string {
  const shown = withoutSecrets(text);
  return shown.length <= LONGEST
    ? shown
    : `${shown.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}… (${shown.length} characters)`;
}

/** Returns an image reference for messages, without credentials before an `@`. */
export function imageText(reference: string): string {
  return reference.replace(/^.*@(?!sha256:)/s, '…@');
}
