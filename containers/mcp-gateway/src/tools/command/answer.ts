import { answerBytes, beginningOf, shownOutput } from '../answer-text';
import { showOutput } from '../show';
import { ToolContent, ToolResult } from '../tool';
import { Turns } from '../turns';
import { ProcessOutcome, ProcessRequest } from './run-process';

/** Room for the exit code and the mark of a cut. */
const STATUS_BYTES = 128;

const MAX_STDERR_SHARE = 0.25;

/** Returns what a program gave, within the limit: standard output, standard error if there is any, and how it ended. */
export async function answerOf(
  outcome: ProcessOutcome,
  answers: readonly number[],
  { maxOutputBytes, signal }: Pick<ProcessRequest, 'maxOutputBytes' | 'signal'>,
): Promise<ToolResult> {
  const errors = showOutput(outcome.stderr.toString('utf8')).trimEnd();
  const room = maxOutputBytes - STATUS_BYTES;
  const shownErrors = errors === '' ? '' : beginningOf(`stderr: ${errors}`, Math.floor(room * MAX_STDERR_SHARE));
  const { text: shown, whole } = await shownOutput(outcome.stdout, room - answerBytes(shownErrors), new Turns(signal));
  const truncated = outcome.cut || !whole;
  const content: ToolContent[] = [
    { type: 'text', text: shown },
    ...(shownErrors === '' ? [] : [{ type: 'text' as const, text: shownErrors }]),
    { type: 'text', text: `${truncated ? '[cut: the output limit was reached] ' : ''}${ending(outcome)}` },
  ];
  // A program that was ended for writing too much did nothing wrong.
  const isError =
    outcome.stopped ||
    outcome.tooLarge ||
    (!outcome.cut && (outcome.exitCode === undefined || !answers.includes(outcome.exitCode)));
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
