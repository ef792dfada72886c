import { MAX_COMMAND, MAX_NAME, MAX_OUTPUT } from './grammar';
import { EvidenceContent, contentOf, readEvidence } from './private/read-evidence';
import { renderRecord } from './private/render-record';
import { endOf, startOf, visibleLine, visibleText } from './private/visible';

const HEADER = [
  'What one check was seen to do, written by `npx toolbox-constructs verify`, ' +
    'or by `npx toolbox-constructs verify --record` when a person saw it.',
  'Do not edit: the seal detects changes.',
];

/**
 * Renders a record's file, `CHECK.yaml`, with its seal. Reading it returns the record as `evidenceAsWritten` has it.
 *
 * @param record what was seen
 * @param schema where an editor finds the schema, relative to the file; see `schemaPath`
 * @throws UnwritableRecordError when the reader would refuse the record; its message is for people.
 */
export function renderEvidence(record: EvidenceContent, schema?: string): string {
  return renderRecord('evidence', contentOf(evidenceAsWritten(record)), { header: HEADER, schema, read: readEvidence });
}

/**
 * Returns a record as its file can hold it: control characters are escaped, the command and the versions of programs
 * are cut at their end, the output at its beginning.
 */
export function evidenceAsWritten(record: EvidenceContent): EvidenceContent {
  const { outputTail, note } = record;
  return {
    ...record,
    command: startOf(visibleLine(record.command.trim()), MAX_COMMAND),
    outputTail: outputTail === undefined ? undefined : endOf(visibleText(outputTail), MAX_OUTPUT),
    tools: record.tools.map(({ name, version }) => ({
      name,
      version: startOf(visibleLine(version.trim()), MAX_NAME),
    })),
    note: note === undefined ? undefined : visibleText(note.trim()).replaceAll('\t', ' '),
  };
}
