import { IConstruct } from 'constructs';
import { compareText, pick, sortedBy } from './collections';
import { EvidenceOutcome, EvidenceRecord } from '../model/evidence';
import { Fingerprints } from './fingerprint/fingerprints';
import { changesBetween } from './fingerprint/parts';
import { foreignOf } from './foreign';
import { normalPath } from './project-path';
import { coveredName } from './resolve-service';
import {
  CheckPlan,
  CheckStatusPlan,
  FingerprintPlan,
  PrerequisitePlan,
  RecordPlan,
} from './status-plan';
import { Check, PrerequisiteSpec } from '../model/check';

/** Resolves the checks and their states according to the records. */
export function resolveChecks(
  checks: readonly Check[],
  records: readonly EvidenceRecord[],
  fingerprints: Fingerprints,
): CheckPlan[] {
  const byName = new Map(records.map((record) => [record.check, record]));
  return sortedBy(
    checks.map((check) => resolveCheck(check, byName.get(check.name), fingerprints)),
    (one) => one.path,
  );
}

function resolveCheck(check: Check, record: EvidenceRecord | undefined, fingerprints: Fingerprints): CheckPlan {
  const { node, _props: props } = check;
  const needed = (props.prerequisites ?? []).flatMap(({ _spec: need }) =>
    need.kind === 'host-service' ? [need.service] : [],
  );
  const definition = {
    command: props.command._spec,
    expectedOutput: props.expectedOutput,
    covers: each(props.covers.map((covered: IConstruct) => coveredName(covered))),
    files: each(check.files.map(normalPath)),
  };
  const fingerprint = fingerprints.ofCheck(definition);
  return {
    path: node.path,
    name: check.name,
    title: props.title,
    expectation: props.expectation,
    ...definition,
    prerequisites: (props.prerequisites ?? []).map((need) => resolvePrerequisite(need._spec)),
    exclusive: check.exclusive,
    timeoutSeconds: check.timeout.toSeconds(),
    required: check.required,
    foreign: foreignOf(check, [...props.covers, ...needed]),
    fingerprint,
    status: statusOf(record, fingerprint),
  };
}

/** Removes duplicates: a part that is named twice is covered once. */
function each(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compareText);
}

function resolvePrerequisite(spec: PrerequisiteSpec): PrerequisitePlan {
  return spec.kind === 'host-service' ? { kind: 'host-service', name: spec.service.name } : spec;
}

function statusOf(record: EvidenceRecord | undefined, fingerprint: FingerprintPlan): CheckStatusPlan {
  if (record === undefined) {
    return { kind: 'to-verify' };
  }
  if (record.fingerprint !== fingerprint.digest) {
    return { kind: 'stale', record: resolveRecord(record), changes: changesBetween(record.parts, fingerprint.parts) };
  }
  return { kind: record.outcome === EvidenceOutcome.PASSED ? 'verified' : 'failed', record: resolveRecord(record) };
}

const RECORD_FIELDS = ['method', 'outcome', 'command', 'exitCode', 'by', 'at', 'note', 'tools'] as const;

function resolveRecord(record: EvidenceRecord): RecordPlan {
  return { ...pick(record, RECORD_FIELDS), location: pick(record.location, ['file', 'line']) };
}
