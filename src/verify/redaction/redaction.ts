/** A pattern to redact and its replacement. */
export interface Redaction {
  /** Pattern with the flags `g` and `d`. Only the group `hide` is replaced if there is one. */
  readonly pattern: RegExp;
  readonly marker: string;
  /** Maximum length of a match in characters. */
  readonly longest: number;
}

/** Returns the replacement of a secret. */
export function redacted(name: string): string {
  return `[redacted ${name}]`;
}
