import { ApprovalRecord, ApprovedFile } from '../model/approval';
import { Finding } from '../model/finding';
import { Plan } from '../plan/plan';

export interface Approver {
  readonly by: string;
  readonly reason: string;
  /** UTC, `2026-11-22T19:00:00Z`. */
  readonly at: string;
}

/** The record of an approval of what the model says. */
export function approvalOf(
  { gate: { fingerprint } }: Plan,
  files: ApprovedFile[],
  approver: Approver,
): Omit<ApprovalRecord, 'location'> {
  return { ...approver, fingerprint: fingerprint.digest, parts: [...fingerprint.parts], files };
}

/**
 * Writes the approval, or leaves the old one whole and tells why.
 *
 * @param root the project's folder
 * @param file relative to it, with forward slashes
 */
export function writeApproval(
  root: string,
  file: string,
  record: Omit<ApprovalRecord, 'location'>,
): readonly Finding[] {
  /* eslint-disable @typescript-eslint/no-require-imports -- nobody pays for it who is refused */
  const { renderApproval } = require('../inventory/render-approval') as typeof import('../inventory/render-approval');
  const { schemaPath } = require('../inventory/schema-path') as typeof import('../inventory/schema-path');
  const { UnwritableRecordError } =
    require('../inventory/unwritable-record-error') as typeof import('../inventory/unwritable-record-error');
  const { replaceFile } = require('../assembly/replace-file') as typeof import('../assembly/replace-file');
  /* eslint-enable @typescript-eslint/no-require-imports */
  try {
    return replaceFile(root, file, renderApproval(record, schemaPath(root, file, 'approval')));
  } catch (error) {
    if (error instanceof UnwritableRecordError) {
      return error.findings;
    }
    throw error;
  }
}
