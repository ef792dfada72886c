import { IConstruct } from 'constructs';
import { Check, CheckCommandSpec, NeedSpec } from '../model/check';
import { EvidenceOutcome, EvidenceRecord } from '../model/evidence';
import { changesBetween } from './fingerprint/changes';
import { checkFingerprint } from './fingerprint/fingerprint';
import { compareText, sortedBy } from './order';
import { Architecture } from './plan';
import { coveredName } from './resolve-service';
import { CheckCommandPlan, CheckPlan, CheckStatusPlan, FingerprintPlan, NeedPlan, RecordPlan } from './status-plan';

/** Time for a check that names none, in seconds. */
const TIMEOUT_SECONDS = 600;

/**
 * The checks, and what the records tell about them.
 *
 * @param root the project's folder.
 */
export function resolveChecks(checks: readonly Check[], records: readonly EvidenceRecord[], architecture: Architecture, root: string): CheckPlan[] {
  const byName = new Map(records.map((record) => [record.check, record]));
  return sortedBy(checks.map((check) => resolveCheck(check, byName.get(check.node.id), architecture, root)), (one) => one.path);
}

function resolveCheck({ node, _props: props }: Check, record: EvidenceRecord | undefined, architecture: Architecture, root: string): CheckPlan {
  const definition = {
    command: resolveCommand(props.command._spec),
    expectedOutput: props.expectedOutput,
    covers: props.covers.map((covered: IConstruct) => coveredName(covered)).sort(compareText),
    files: [...props.files ?? []].sort(compareText),
  };
  const fingerprint = checkFingerprint(architecture, definition, root);
  return {
    path: node.path,
    name: node.id,
    title: props.title,
    expectation: props.expectation,
    ...definition,
    needs: (props.needs ?? []).map((need) => resolveNeed(need._spec)),
    alone: props.alone ?? false,
    timeoutSeconds: props.timeout?.toSeconds() ?? TIMEOUT_SECONDS,
    required: props.required ?? true,
    fingerprint,
    status: statusOf(record, fingerprint),
  };
}

function resolveCommand(spec: CheckCommandSpec): CheckCommandPlan {
  return spec;
}

function resolveNeed(spec: NeedSpec): NeedPlan {
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

function resolveRecord({ method, outcome, command, exitCode, by, at, note, tools, location }: EvidenceRecord): RecordPlan {
  return { method, outcome, command, exitCode, by, at, note, tools, location: { file: location.file, line: location.line } };
}
