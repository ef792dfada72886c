import { Form, newestForm } from './form';
import { DIGEST, ID, TITLE } from '../grammar';
import { PARTS } from './part-shape';
import { COMMAND, MOMENT, OUTPUT, REASON } from './record-grammar';
import { Report } from './report';
import { judgeSeal } from './seal';
import { Read, count, exactly, mapping, oneOf, sortedListOf, text, whole } from './shape';
import { Tree } from './tree';
import { EvidenceMethod, EvidenceOutcome, EvidenceRecord, FingerprintPart, ToolVersion } from '../../model/evidence';

/** What a record of a check says, wherever it is written. */
export type EvidenceContent = Omit<EvidenceRecord, 'location'>;

interface EvidenceText extends Omit<EvidenceContent, 'tools' | 'parts'> {
  readonly schemaVersion: number;
  readonly tools: Read<ToolVersion>[];
  readonly parts: Read<FingerprintPart>[];
  readonly seal: string;
}

const FORM: Form = { migrations: [], again: 'Run "npx toolbox-constructs verify" for the check again.' };

const TOOL = mapping<ToolVersion>({
  name: { shape: text(TITLE), required: 'name: docker' },
  version: { shape: text(TITLE), required: "version: '28.4.0'" },
});

const EVIDENCE = mapping<EvidenceText>({
  schemaVersion: { shape: exactly(1), required: 'schemaVersion: 1' },
  check: { shape: text(ID), required: 'check: some-name' },
  method: { shape: oneOf(EvidenceMethod.RUN, EvidenceMethod.HAND), required: 'method: run' },
  outcome: { shape: oneOf(EvidenceOutcome.PASSED, EvidenceOutcome.FAILED), required: 'outcome: passed' },
  command: { shape: text(COMMAND), required: "command: 'what was run'" },
  exitCode: { shape: count(0xffff_ffff) },
  outputDigest: { shape: text(DIGEST) },
  outputTail: { shape: text(OUTPUT) },
  tools: { shape: sortedListOf(TOOL, 'name'), required: 'tools: []' },
  by: { shape: text(TITLE), required: "by: 'Some Name'" },
  at: { shape: text(MOMENT), required: "at: '2026-11-22T19:00:00Z'" },
  note: { shape: text(REASON) },
  fingerprint: { shape: text(DIGEST), required: 'fingerprint: sha256:…' },
  parts: { shape: PARTS, required: 'parts: []' },
  seal: { shape: text(DIGEST), required: 'seal: sha256:…' },
});

/** The record of a check; undefined, and told, when it cannot be believed. */
export function readEvidence(tree: Tree, report: Report): EvidenceRecord | undefined {
  const newest = newestForm(tree, FORM, report);
  const read = newest && EVIDENCE(newest, '', report);
  if (!read) {
    return undefined;
  }
  judgeMethod(read, report);
  if (!report.isClean) {
    return undefined;
  }
  const value = whole(read, report);
  const content = contentOf({
    ...value,
    tools: value.tools.map((tool) => whole(tool, report)),
    parts: value.parts.map((part) => whole(part, report)),
  });
  judgeSeal('evidence', content, value.seal, read.spotOf, report);
  const { schemaVersion, ...record } = content;
  return report.isClean ? { ...record, location: { file: report.file, ...read.spotOf('check') } } : undefined;
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

/** What a run leaves is there when there was one, and only then. */
function judgeMethod(read: Read<EvidenceText>, report: Report): void {
  const { method, outcome, exitCode } = read.value;
  const tell = (key: keyof EvidenceText & string, message: string): void =>
    report.add('inventory-schema', read.spotOf(key), message, 'Leave it as the run left it.');
  if (method === EvidenceMethod.HAND) {
    const left = (['exitCode', 'outputDigest', 'outputTail'] as const).filter(read.has);
    left.forEach((key) => tell(key, `The record was written by hand, and has \`${key}\`, which only a run leaves.`));
  }
  if (method === EvidenceMethod.RUN) {
    const gone = (['outputDigest', 'outputTail'] as const).filter((key) => !read.has(key));
    gone.forEach((key) => tell('method', `The record is that of a run, and \`${key}\` is missing.`));
    if (outcome === EvidenceOutcome.PASSED && (!read.has('exitCode') || (exitCode ?? 0) !== 0)) {
      tell('outcome', 'The record is that of a run that passed, and its `exitCode` is not 0.');
    }
  }
}
