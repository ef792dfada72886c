import { Form, newestForm } from './form';
import { DIGEST, TITLE } from '../grammar';
import { PARTS } from './part-shape';
import { FILE, MOMENT, REASON } from './record-grammar';
import { Report } from './report';
import { judgeSeal } from './seal';
import { Read, exactly, mapping, sortedListOf, text, whole } from './shape';
import { Tree } from './tree';
import { ApprovalRecord, ApprovedFile } from '../../model/approval';
import { FingerprintPart } from '../../model/evidence';

/** What an approval says, wherever it is written. */
export type ApprovalContent = Omit<ApprovalRecord, 'location'>;

interface ApprovalText extends Omit<ApprovalContent, 'files' | 'parts'> {
  readonly schemaVersion: number;
  readonly parts: Read<FingerprintPart>[];
  readonly files: Read<ApprovedFile>[];
  readonly seal: string;
}

const FORM: Form = { migrations: [], again: 'Run "npx toolbox-constructs approve" again.' };

const APPROVED_FILE = mapping<ApprovedFile>({
  path: { shape: text(FILE), required: 'path: compose/docker-compose.yml' },
  digest: { shape: text(DIGEST), required: 'digest: sha256:…' },
});

const APPROVAL = mapping<ApprovalText>({
  schemaVersion: { shape: exactly(1), required: 'schemaVersion: 1' },
  by: { shape: text(TITLE), required: "by: 'Some Name'" },
  reason: { shape: text(REASON), required: "reason: 'Why it may go into use.'" },
  at: { shape: text(MOMENT), required: "at: '2026-11-22T19:00:00Z'" },
  fingerprint: { shape: text(DIGEST), required: 'fingerprint: sha256:…' },
  parts: { shape: PARTS, required: 'parts: []' },
  files: { shape: sortedListOf(APPROVED_FILE, 'path'), required: 'files: []' },
  seal: { shape: text(DIGEST), required: 'seal: sha256:…' },
});

/** The approval of an architecture; undefined, and told, when it cannot be believed. */
export function readApproval(tree: Tree, report: Report): ApprovalRecord | undefined {
  const newest = newestForm(tree, FORM, report);
  const read = newest && APPROVAL(newest, '', report);
  if (!read || !report.isClean) {
    return undefined;
  }
  const value = whole(read, report);
  const content = contentOf({
    ...value,
    parts: value.parts.map((part) => whole(part, report)),
    files: value.files.map((file) => whole(file, report)),
  });
  judgeSeal('approval', content, value.seal, read.spotOf, report);
  const { schemaVersion, ...record } = content;
  return report.isClean ? { ...record, location: { file: report.file, ...read.spotOf('by') } } : undefined;
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
