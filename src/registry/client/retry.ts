import { Answer, Patience, Question, send } from './http';
import { TemporaryError } from './lookup-error';

const FIRST_PAUSE = 500;
/** Maximum pause in milliseconds. */
const LONGEST_PAUSE = 60_000;

/**
 * Sends a request with retries on rate limits, server errors and broken connections. Pauses double, or follow
 * `Retry-After`.
 *
 * @throws LookupError if the answer cannot be used, TemporaryError if all attempts failed.
 */
export async function sendPatiently(question: Question, patience: Patience): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt >= patience.attempts;
    const backoff = FIRST_PAUSE * 2 ** (attempt - 1);
    const answer = await sendOrFail(question, patience);
    if (answer instanceof TemporaryError) {
      if (isLast) { throw answer; }
      await patience.pause(backoff);
      continue;
    }
    if (!isPassing(answer.status)) { return answer; }
    const asked = pauseAskedFor(answer);
    if (isLast || (asked ?? 0) > LONGEST_PAUSE) {
      throw new TemporaryError(troubleOf(question.url.host, answer.status, asked));
    }
    await patience.pause(asked ?? backoff);
  }
}

async function sendOrFail(question: Question, patience: Patience): Promise<Answer | TemporaryError> {
  try {
    return await send(question, patience);
  } catch (error) {
    if (error instanceof TemporaryError) { return error; }
    throw error;
  }
}

function isPassing(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501);
}

/** Returns `Retry-After` in milliseconds; undefined without the header. */
function pauseAskedFor({ headers }: Answer): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) { return Number(text) * 1000; }
  const date = /GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function troubleOf(host: string, status: number, asked: number | undefined): string {
  const wait =
    asked === undefined || asked <= LONGEST_PAUSE ? '' : `; retry after ${Math.ceil(asked / 60_000)} minutes`;
  return status === 429
    ? `${host} limits requests (429)${wait}.`
    : `${host} has a server error (${status})${wait}.`;
}
