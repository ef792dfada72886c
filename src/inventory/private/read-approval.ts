import { Form } from './form';
import { validators } from './lazy-validators';
import { LocatedValue } from './located-value';
import { Report } from './report';
import { judgeSeal } from './seal';
import { Tree } from './tree';
import { ApprovalRecord } from '../../model/approval';

/** The content of an approval, without its place in a file. */
export type ApprovalContent = Omit<ApprovalRecord, 'location'>;

const FORM: Form = { migrations: [], again: 'Run "npx toolbox-constructs approve" again.' };

/** Reads the approval of an architecture; undefined if it cannot be trusted, which is reported. */
export function readApproval(tree: Tree, report: Report): ApprovalRecord | undefined {
  const read = new LocatedValue<ApprovalContent & { seal: string }>(tree, FORM, validators().validateApproval, report);
  if (read.value === undefined || !report.isClean) {
    return undefined;
  }
  read.checkOrder('parts', read.value.parts, 'name');
  read.checkOrder('files', read.value.files, 'path');
  if (!report.isClean) {
    return undefined;
  }
  const content = contentOf(read.value);
  judgeSeal('approval', content, read.value.seal, (key) => read.spotOf(read.value!, key), report);
  const { schemaVersion, ...record } = content;
  return report.isClean ? { ...record, location: { file: report.file, ...read.spotOf(read.value, 'by') } } : undefined;
}

/** All that an approval says, in the order in which it is sealed and written. */
export function contentOf(record: ApprovalContent) {
  return {
    schemaVersion: FORM.migrations.length + 1,
    by: record.by,
    reason: record.reason,
    at: record.at,
    fingerprint: record.fingerprint,
    parts: record.parts.map(({ name, digest }) => ({ name, digest })),
    files: record.files.map(({ path, digest }) => ({ path, digest })),
  };
}
