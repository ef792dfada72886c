import type { ApprovalRecord, ApprovedFile, IApprovalSource } from '../approval';
import {
  EvidenceMethod,
  EvidenceOutcome,
  EvidenceRecord,
  FingerprintPart,
  IEvidenceSource,
  ToolVersion,
} from '../evidence';
import { aFlag, aNumber, aText, FieldType, listOf, objectOf, oneOf, optional } from '../fields';
import { Finding, Severity, SourceLocation } from '../finding';
import type { ILinterSuppressionSource, LinterSuppression } from '../linter-suppression';
import type { IPinSource, Pin, PinnedImage, PinnedPackage } from '../pin';

const location = objectOf<SourceLocation>({ file: aText, line: aNumber, column: optional(aNumber) });
const parts = listOf(objectOf<FingerprintPart>({ name: aText, digest: aText }));

const findings = listOf(
  objectOf<Finding>({
    rule: aText,
    severity: oneOf(Severity),
    path: optional(aText),
    location: optional(location),
    message: aText,
    fix: aText,
    waived: optional(aText),
  }),
);

const pin = objectOf<Pin>({
  component: aText,
  title: aText,
  version: optional(aText),
  runsOn: listOf(aText),
  image: optional(
    objectOf<PinnedImage>({
      repository: aText,
      tag: optional(aText),
      digest: optional(aText),
      digestMissing: optional(aText),
    }),
  ),
  npm: optional(objectOf<PinnedPackage>({ name: aText, integrity: optional(aText) })),
  decided: aFlag,
  notes: optional(aText),
  location,
});

const evidenceRecord = objectOf<EvidenceRecord>({
  check: aText,
  method: oneOf(EvidenceMethod),
  outcome: oneOf(EvidenceOutcome),
  command: aText,
  exitCode: optional(aNumber),
  outputDigest: optional(aText),
  outputTail: optional(aText),
  tools: listOf(objectOf<ToolVersion>({ name: aText, version: aText })),
  by: aText,
  at: aText,
  note: optional(aText),
  fingerprint: aText,
  parts,
  location,
});

const approvalRecord = objectOf<ApprovalRecord>({
  by: aText,
  reason: aText,
  at: aText,
  fingerprint: aText,
  parts,
  files: listOf(objectOf<ApprovedFile>({ path: aText, digest: aText })),
  location,
});

const suppression = objectOf<LinterSuppression>({ linter: aText, check: aText, where: aText, reason: aText, location });

/** Sources of a person's own may give anything; those of this library are read with care already. */
export const sources: Readonly<Record<'pins' | 'evidence' | 'approval' | 'linterSuppressions', FieldType>> = {
  pins: optional(objectOf<IPinSource>({ pins: listOf(pin), findings })),
  evidence: optional(objectOf<IEvidenceSource>({ directory: aText, records: listOf(evidenceRecord), findings })),
  approval: optional(objectOf<IApprovalSource>({ file: aText, record: optional(approvalRecord), findings })),
  linterSuppressions: optional(objectOf<ILinterSuppressionSource>({ entries: listOf(suppression), findings })),
};
