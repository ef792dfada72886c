/** What became of one check that was asked for. */
export type CheckResult = RecordedResult | UnrecordedResult;

export function isRecorded(result: CheckResult): result is RecordedResult {
  return 'record' in result;
}

/** It was run, and the record says so. */
export interface RecordedResult {
  readonly check: string;
  readonly outcome: 'passed' | 'failed';
  readonly seconds: number;
  /** Why it failed; undefined when it passed. */
  readonly reason?: string;
  /** End of the output, with nothing in it that must not be seen. */
  readonly tail: string;
  /** File of the record, relative to the project's folder. */
  readonly record: string;
}

/** Nothing is known about it that was not known before. */
export interface UnrecordedResult {
  readonly check: string;
  /** not-run: this machine cannot, or it did not end; not-recorded: it was run, and what it showed cannot be told. */
  readonly outcome: 'not-run' | 'not-recorded';
  readonly reason: string;
  readonly fix: string;
}
