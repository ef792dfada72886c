/** What comes with a number: `1 check`, `2 checks`. */
export function plural<T>(number: number, one: T, many: T): T {
  return number === 1 ? one : many;
}
