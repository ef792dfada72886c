import { CheckCommandLine, commandLineOf } from './check-command';
import { CheckResult, UnrecordedResult } from './check-result';
import { askVariableFiles, PrerequisiteProber } from './prerequisites';
import { Evidence, now, recordEvidence, recordFile, RecordPlace } from './record-evidence';
import { Redactor } from './redaction/redactor';
import { CheckRun, runCheck } from './run-check';
import { schedule } from './schedule';
import { EvidenceMethod, EvidenceOutcome, ToolVersion } from '../model/evidence';
import { sortedBy } from '../plan/collections';
import { CheckPlan, Plan } from '../plan/plan';

/** Observes running checks. */
export interface CheckProgress {
  /** Called when a check starts. */
  begin(check: string): void;
  /** Called when a check has ended. */
  end(check: string): void;
}

/** Options of a verification. */
export interface VerificationOptions {
  readonly plan: Plan;
  readonly place: RecordPlace;
  readonly redactor: Redactor;
  readonly by: string;
  readonly note?: string;
  /** Maximum number of concurrent checks. */
  readonly jobs: number;
  readonly abort: AbortSignal;
  readonly progress: CheckProgress;
  /** Returns the current plan; undefined if the model has errors. */
  readonly reread: () => Promise<Plan | undefined>;
  /** Describes how generated files differ from the model; undefined if they match. */
  readonly drift: () => string | undefined;
  /** Called with each result. */
  readonly onResult: (result: CheckResult) => void;
}

/** A finished check that is not recorded yet. */
interface Finished {
  readonly check: CheckPlan;
  readonly command: CheckCommandLine;
  readonly run: CheckRun;
  readonly tools: readonly ToolVersion[];
  readonly at: string;
}

const AGAIN = 'Run it again.';
const INSTALL = 'Install the missing program, and declare it with Prerequisite.program.';
const UNDISTURBED = 'Run it again without changing the model meanwhile.';

/** Runs checks and records each result as soon as the check ends. */
export class Verification {
  private readonly prober: PrerequisiteProber;
  /** Shared among checks that wait for a fresh plan. */
  private readonly reread: () => Promise<Plan | undefined>;

  constructor(private readonly options: VerificationOptions) {
    this.prober = new PrerequisiteProber(options.plan);
    this.reread = batched(options.reread);
  }

  /** Starts the next check as soon as one ends. Records are written meanwhile and awaited at the end. */
  public async run(checks: readonly CheckPlan[]): Promise<void> {
    const recordings: Promise<void>[] = [];
    await schedule(checks, this.options.jobs, async (check) => {
      const recording = this.report(await this.verify(check));
      recording.catch(() => undefined);
      recordings.push(recording);
    });
    await Promise.all(recordings);
  }

  private async report(verified: UnrecordedResult | Finished): Promise<void> {
    const result = 'run' in verified ? await this.record(verified) : verified;
    this.options.onResult(result);
  }

  private async verify(check: CheckPlan): Promise<UnrecordedResult | Finished> {
    const { plan, place, redactor, abort, progress } = this.options;
    const needs = await this.prober.ask(check.prerequisites);
    if (!needs.met) { return notRun(check, redactor.text(needs.reason), needs.fix); }
    const files = askVariableFiles(plan, check, place.root);
    if (!files.met) { return notRun(check, redactor.text(files.reason), files.fix); }
    if (abort.aborted) { return notRun(check, 'it was interrupted before it started', AGAIN); }
    const command = commandLineOf(check.command, plan);
    progress.begin(check.name);
    try {
      const run = await runCheck(check, command, place.root, redactor, abort);
      if ('problem' in run) {
        return run.missing ? notRecorded(check, run.problem, INSTALL) : notRun(check, run.problem, AGAIN);
      }
      const lost = run.passed ? undefined : await this.lostNeed(check);
      return lost ?? { check, command, run, tools: needs.tools, at: now() };
    } finally {
      progress.end(check.name);
    }
  }

  /** Discards a failure if a prerequisite disappeared meanwhile; the earlier record stays. */
  private async lostNeed(check: CheckPlan): Promise<UnrecordedResult | undefined> {
    const { plan, redactor } = this.options;
    const needs = await new PrerequisiteProber(plan).ask(check.prerequisites);
    return needs.met
      ? undefined
      : notRecorded(check, redactor.text(`it failed, and a prerequisite is gone: ${needs.reason}`), needs.fix);
  }

  /**
   * Checks that the model did not change during the run: otherwise the record would cover something untested.
   */
  private async record(finished: Finished): Promise<CheckResult> {
    const { place } = this.options;
    const { check, run } = finished;
    const changed = await this.changeDuring(check);
    if (changed !== undefined) { return notRecorded(check, changed, UNDISTURBED); }
    const [finding] = recordEvidence(place, this.evidenceOf(finished));
    if (finding !== undefined) { return notRecorded(check, finding.message, finding.fix); }
    const outcome = run.passed ? 'passed' : 'failed';
    return {
      check: check.name,
      outcome,
      seconds: run.seconds,
      reason: run.reason,
      tail: run.output.tail,
      record: recordFile(place, check.name),
    };
  }

  private async changeDuring(check: CheckPlan): Promise<string | undefined> {
    const plan = await this.reread();
    if (plan === undefined) { return 'the model has errors now'; }
    const present = plan.checks.find(({ name }) => name === check.name)?.fingerprint;
    if (present === undefined) { return 'it was removed from the model'; }
    if (present.digest !== check.fingerprint.digest) {
      return `${partsThatDiffer(check.fingerprint, present).join(', ')} changed while it ran`;
    }
    const drift = this.options.drift();
    return drift === undefined ? undefined : `${drift} changed while it ran`;
  }

  private evidenceOf({ check, command, run, tools, at }: Finished): Evidence {
    const { redactor, by, note } = this.options;
    const words = [note, run.reason === undefined ? undefined : `The run failed: ${run.reason}.`]
      .filter((text) => text !== undefined)
      .join('\n');
    return {
      check: check.name,
      method: EvidenceMethod.RUN,
      outcome: run.passed ? EvidenceOutcome.PASSED : EvidenceOutcome.FAILED,
      command: redactor.text(command.text),
      exitCode: run.exitCode,
      outputDigest: run.output.digest,
      outputTail: run.output.tail,
      tools: withNode(tools).map(({ name, version }) => ({ name, version: redactor.text(version) })),
      by: redactor.text(by),
      at,
      note: words === '' ? undefined : redactor.text(words),
      fingerprint: check.fingerprint.digest,
      parts: [...check.fingerprint.parts],
    };
  }
}

function notRun({ name }: CheckPlan, reason: string, fix: string): UnrecordedResult {
  return { check: name, outcome: 'not-run', reason, fix };
}

function notRecorded({ name }: CheckPlan, reason: string, fix: string): UnrecordedResult {
  return { check: name, outcome: 'not-recorded', reason, fix };
}

function withNode(tools: readonly ToolVersion[]): ToolVersion[] {
  const byName = new Map([{ name: 'node', version: process.versions.node }, ...tools].map((tool) => [tool.name, tool]));
  return sortedBy([...byName.values()], ({ name }) => name);
}

function partsThatDiffer(before: CheckPlan['fingerprint'], after: CheckPlan['fingerprint']): string[] {
  const digests = [before, after].map(({ parts }) => new Map(parts.map(({ name, digest }) => [name, digest])));
  const names = new Set(digests.flatMap((parts) => [...parts.keys()]));
  return [...names].filter((name) => digests[0].get(name) !== digests[1].get(name)).sort();
}

/**
 * Shares one call among all callers that asked before it started. For expensive questions whose answer must not be
 * older than the request.
 */
export function batched<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    next ??= running.then(() => {
      const answer = ask();
      running = answer.catch(() => undefined);
      next = undefined;
      return answer;
    });
    return next;
  };
}
