import { Report } from './report';
import { Spot } from './tree';
import { FingerprintPart } from '../../model/evidence';
import { fingerprintOf, sha256 } from '../../model/fingerprint';

/** Kinds of sealed records. */
export type Sealed = 'evidence' | 'approval';

/** The content that a seal covers, in a fixed order of keys, without undefined properties. */
export interface SealedContent {
  readonly fingerprint: string;
  readonly parts: readonly FingerprintPart[];
}

/**
 * The digest over the kind of a record and all it says: no record passes for another, and none can be changed
 * unnoticed.
 */
export function sealOf(kind: Sealed, content: SealedContent): string {
  return sha256(JSON.stringify({ kind, ...content }));
}

/** Reports a record that was changed after it was written. */
export function judgeSeal(
  kind: Sealed,
  content: SealedContent,
  seal: string,
  spotOf: (key: 'fingerprint' | 'seal') => Spot,
  report: Report,
): void {
  const rule = `${kind}-seal` as const;
  const fix = 'Let the command seal what it writes.';
  if (content.fingerprint !== fingerprintOf(content.parts)) {
    report.add(rule, spotOf('fingerprint'), 'The fingerprint is not that of the parts below it.', fix);
  }
  if (seal !== sealOf(kind, content)) {
    report.add(
      rule,
      spotOf('seal'),
      'The record was changed after it was written: the seal does not belong to it.',
      fix,
    );
  }
}
