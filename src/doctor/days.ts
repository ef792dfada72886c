const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Today's date as UTC has it, `2026-11-22`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/**
 * Days from one date to another, negative when the other is earlier; NaN when one is no date.
 *
 * @param from `2026-11-22`, or a time that begins so.
 */
export function daysBetween(from: string, to: string): number {
  return (timeOf(to) - timeOf(from)) / DAY_MS;
}

function timeOf(text: string): number {
  const date = text.slice(0, 10);
  const time = DATE.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // the thirtieth of February is taken for a day in March by some
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? time : Number.NaN;
}
