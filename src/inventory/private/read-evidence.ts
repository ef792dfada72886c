import { Form } from './form';
import { validators } from './lazy-validators';
import { LocatedValue } from './located-value';
import { Report } from './report';
import { judgeSeal } from './seal';
import { Tree } from './tree';
import { EvidenceRecord } from '../../model/evidence';

/** The content of a record of a check, without its place in a file. */
export type EvidenceContent = Omit<EvidenceRecord, 'location'>;

const FORM: Form = { migrations: [], again: 'Run "npx toolbox-constructs verify" for the check again.' };

/** Reads the record of a check; undefined if it cannot be trusted, which is reported. */
export function readEvidence(tree: Tree, report: Report): EvidenceRecord | undefined {
  const read = new LocatedValue<EvidenceContent & { seal: string }>(tree, FORM, validators().validateEvidence, report);
  if (read.value === undefined || !report.isClean) {
    return undefined;
  }
  read.checkOrder('tools', read.value.tools, 'name');
  read.checkOrder('parts', read.value.parts, 'name');
  if (!report.isClean) {
    return undefined;
  }
  const content = contentOf(read.value);
  judgeSeal('evidence', content, read.value.seal, (key) => read.spotOf(read.value!, key), report);
  const { schemaVersion, ...record } = content;
  return report.isClean
    ? { ...record, location: { file: report.file, ...read.spotOf(read.value, 'check') } }
    : undefined;
}

/** All that a record says, in the order in which it is sealed and written. */
export function contentOf(record: EvidenceContent) {
  return {
    schemaVersion: FORM.migrations.length + 1,
    check: record.check,
    method: record.method,
    outcome: record.outcome,
    command: record.command,
    exitCode: record.exitCode,
    outputDigest: record.outputDigest,
    outputTail: record.outputTail,
    tools: record.tools.map(({ name, version }) => ({ name, version })),
    by: record.by,
    at: record.at,
    note: record.note,
    fingerprint: record.fingerprint,
    parts: record.parts.map(({ name, digest }) => ({ name, digest })),
  };
}
