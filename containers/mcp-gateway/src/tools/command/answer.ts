import { beginningOf } from '../limited-text';
import { showOutput } from '../show';
import { ToolContent, ToolResult } from '../tool';
import { ProcessOutcome } from './run-process';

/** Room for the exit code and the mark of a cut. */
const STATUS_BYTES = 128;

const MAX_STDERR_SHARE = 0.25;

/** What a program gave, within the limit: standard output, standard error if there is any, and how it ended. */
export function answerOf(outcome: ProcessOutcome, answers: readonly number[], maxOutputBytes: number): ToolResult {
  const errors = showOutput(outcome.stderr.toString('utf8')).trimEnd();
  const room = maxOutputBytes - STATUS_BYTES;
  const shownErrors = errors === '' ? '' : beginningOf(`stderr: ${errors}`, Math.floor(room * MAX_STDERR_SHARE));
  const output = showOutput(outcome.stdout.toString('utf8'));
  const shown = beginningOf(output, room - Buffer.byteLength(shownErrors));
  const truncated = outcome.cut || shown.length < output.length;
  const content: ToolContent[] = [
    { type: 'text', text: shown },
    ...(shownErrors === '' ? [] : [{ type: 'text' as const, text: shownErrors }]),
    { type: 'text', text: `${truncated ? '[cut: the output limit was reached] ' : ''}${ending(outcome)}` },
  ];
  // A program that was ended for writing too much did nothing wrong.
  const isError = outcome.stopped || outcome.tooLarge || (!outcome.cut && (outcome.exitCode === undefined || !answers.includes(outcome.exitCode)));
  return { content, ...(isError ? { isError } : {}), ...(truncated ? { truncated } : {}) };
}

function ending(outcome: ProcessOutcome): string {
  if (outcome.stopped) {
    return 'stopped: the time limit was reached or the call was cancelled';
  }
  if (outcome.tooLarge) {
    return 'stopped: it needed more memory than it may have';
  }
  if (outcome.cut) {
    return 'stopped: it wrote more';
  }
  return outcome.exitCode === undefined ? `ended by ${outcome.endedBy ?? 'a signal'}` : `exit code ${outcome.exitCode}`;
}
