/** Something that must not be seen in an output, and what is seen instead. */
export interface Hider {
  /** With the flags `g` and `d`. Of a match the group `hide` goes, or all of it when there is no such group. */
  readonly pattern: RegExp;
  readonly marker: string;
  /** No match is longer, in characters. */
  readonly longest: number;
}

/** What stands for a secret. */
export function redacted(name: string): string {
  return `[redacted ${name}]`;
}
