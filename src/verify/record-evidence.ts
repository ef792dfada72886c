import { EvidenceMethod, EvidenceOutcome, EvidenceRecord } from '../model/evidence';
import { Finding } from '../model/finding';
import { fingerprintOf } from '../model/fingerprint';
import { lazy } from '../util/lazy';

const renderer = lazy(() => require('../inventory/render-evidence') as typeof import('../inventory/render-evidence'));
const schemas = lazy(() => require('../inventory/schema-path') as typeof import('../inventory/schema-path'));
const errors = lazy(
  () => require('../inventory/unwritable-record-error') as typeof import('../inventory/unwritable-record-error'),
);
const writer = lazy(() => require('../assembly/replace-file') as typeof import('../assembly/replace-file'));

/** The content of a record, independent of its place. */
export type Evidence = Omit<EvidenceRecord, 'location'>;

/** The place of records. */
export interface RecordPlace {
  /** The project's folder. */
  readonly root: string;
  /** Evidence folder relative to the root, with forward slashes. */
  readonly directory: string;
}

/** Returns the file of the record of a check, relative to the project folder. */
export function recordFile({ directory }: Pick<RecordPlace, 'directory'>, check: string): string {
  return `${directory}/${check}.yaml`;
}

/** Writes a record atomically. Returns a finding if it cannot be written. */
export function recordEvidence(place: RecordPlace, evidence: Evidence): readonly Finding[] {
  const file = recordFile(place, evidence.check);
  const rendered = render(evidence, schemas().schemaPath(place.root, file, 'evidence'));
  return rendered.text === undefined ? rendered.findings : writer().replaceFile(place.root, file, rendered.text);
}

/** Validates the name and note of a record. Returns findings if they could not be read back. */
export function judgeWords(words: Pick<Evidence, 'by' | 'note'>): readonly Finding[] {
  const fingerprint = fingerprintOf([]);
  return render({
    ...words,
    check: 'check',
    method: EvidenceMethod.HAND,
    outcome: EvidenceOutcome.PASSED,
    command: 'true',
    tools: [],
    at: now(),
    fingerprint,
    parts: [],
  }).findings;
}

/** Returns the current UTC time in whole seconds. */
export function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

interface Rendered {
  readonly text?: string;
  readonly findings: readonly Finding[];
}

function render(evidence: Evidence, schema?: string): Rendered {
  try {
    return { text: renderer().renderEvidence(evidence, schema), findings: [] };
  } catch (error) {
    if (error instanceof errors().UnwritableRecordError) { return { findings: error.findings }; }
    throw error;
  }
}
