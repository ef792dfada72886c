import { ApprovalRecord, ApprovedFile } from '../model/approval';
import { Finding } from '../model/finding';
import { Plan } from '../plan/plan';
import { lazy } from '../util/lazy';

const renderer = lazy(() => require('../inventory/render-approval') as typeof import('../inventory/render-approval'));
const schemas = lazy(() => require('../inventory/schema-path') as typeof import('../inventory/schema-path'));
const errors = lazy(
  () => require('../inventory/unwritable-record-error') as typeof import('../inventory/unwritable-record-error'),
);
const writer = lazy(() => require('../assembly/replace-file') as typeof import('../assembly/replace-file'));

export interface Approver {
  readonly by: string;
  readonly reason: string;
  /** UTC, `2026-11-22T19:00:00Z`. */
  readonly at: string;
}

/** Creates the approval record of the current model. */
export function approvalOf(
  { gate: { fingerprint } }: Plan,
  files: ApprovedFile[],
  approver: Approver,
): Omit<ApprovalRecord, 'location'> {
  return { ...approver, fingerprint: fingerprint.digest, parts: [...fingerprint.parts], files };
}

/**
 * Writes the approval atomically. Returns a finding if it cannot be written.
 *
 * @param root project folder
 * @param file relative to it, with forward slashes
 */
export function writeApproval(
  root: string,
  file: string,
  record: Omit<ApprovalRecord, 'location'>,
): readonly Finding[] {
  try {
    return writer().replaceFile(
      root,
      file,
      renderer().renderApproval(record, schemas().schemaPath(root, file, 'approval')),
    );
  } catch (error) {
    if (error instanceof errors().UnwritableRecordError) {
      return error.findings;
    }
    throw error;
  }
}
