import { ApprovalContent, contentOf, readApproval } from './private/read-approval';
import { renderRecord } from './private/render-record';

const HEADER = [
  'The approval of the architecture, written by `npx toolbox-constructs approve`, '
    + 'with every productive file as it was approved.',
  'Do not edit: the seal detects changes.',
];

/**
 * The text of the approval's file, with its seal. Reading it gives the record back.
 *
 * @param record what was approved
 * @param schema where an editor finds the schema, relative to the file; see `schemaPath`
 * @throws UnwritableRecordError when the reader would refuse the record; its message is for people.
 */
export function renderApproval(record: ApprovalContent, schema?: string): string {
  return renderRecord('approval', contentOf(record), { header: HEADER, schema, read: readApproval });
}
