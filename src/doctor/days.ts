const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Returns the current UTC date, `2026-11-22`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/**
 * Returns the days from one date to another, negative if the other is earlier, NaN for an invalid date.
 *
 * @param from `2026-11-22`, or a timestamp that begins with a date
 */
export function daysBetween(from: string, to: string): number {
  return (timeOf(to) - timeOf(from)) / DAY_MS;
}

function timeOf(text: string): number {
  const date = text.slice(0, 10);
  const time = DATE.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // Date.parse accepts 30 February as a day in March
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? time : Number.NaN;
}
