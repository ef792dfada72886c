import { Answer, Patience, Question, send } from './http';
import { PassingError } from './lookup-error';

const FIRST_PAUSE = 500;
/** Nobody waits longer than this in front of a terminal. */
const LONGEST_PAUSE = 60_000;

/**
 * Sends a request, and again when the answer says that it may go better then: too many requests, a server in trouble, a
 * broken connection. The pauses double, or are as long as the server asks for.
 *
 * @throws LookupError if the answer cannot be used, a PassingError if it did not get better.
 */
export async function sendPatiently(question: Question, patience: Patience): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt >= patience.attempts;
    const backoff = FIRST_PAUSE * 2 ** (attempt - 1);
    const answer = await sendOrFail(question, patience);
    if (answer instanceof PassingError) {
      if (isLast) { throw answer; }
      await patience.pause(backoff);
      continue;
    }
    if (!isPassing(answer.status)) { return answer; }
    const asked = pauseAskedFor(answer);
    if (isLast || (asked ?? 0) > LONGEST_PAUSE) {
      throw new PassingError(troubleOf(question.url.host, answer.status, asked));
    }
    await patience.pause(asked ?? backoff);
  }
}

async function sendOrFail(question: Question, patience: Patience): Promise<Answer | PassingError> {
  try {
    return await send(question, patience);
  } catch (error) {
    if (error instanceof PassingError) { return error; }
    throw error;
  }
}

function isPassing(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501);
}

/** In milliseconds; undefined when the server does not say. */
function pauseAskedFor({ headers }: Answer): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) { return Number(text) * 1000; }
  const date = /GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function troubleOf(host: string, status: number, asked: number | undefined): string {
  const wait =
    asked === undefined || asked <= LONGEST_PAUSE ? '' : ` and asks to wait ${Math.ceil(asked / 60_000)} minutes`;
  return status === 429
    ? `${host} takes no more requests now (429)${wait}.`
    : `${host} is in trouble (${status})${wait}.`;
}
