/** The result of a requested check. */
export type CheckResult = RecordedResult | UnrecordedResult;

export function isRecorded(result: CheckResult): result is RecordedResult {
  return 'record' in result;
}

/** The check was run and recorded. */
export interface RecordedResult {
  readonly check: string;
  readonly outcome: 'passed' | 'failed';
  readonly seconds: number;
  /** Reason of a failure. */
  readonly reason?: string;
  /** Redacted end of the output. */
  readonly tail: string;
  /** File of the record, relative to the project folder. */
  readonly record: string;
}

/** There is no new record. */
export interface UnrecordedResult {
  readonly check: string;
  /** not-run: prerequisites are missing, or it was interrupted. not-recorded: the run does not count as evidence. */
  readonly outcome: 'not-run' | 'not-recorded';
  readonly reason: string;
  readonly fix: string;
}
