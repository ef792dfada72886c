/** A challenge of a `WWW-Authenticate` header. */
export interface Challenge {
  /** Lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** Values by lower-case name. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
/** Matches `name=value`, `name="value"`, or the scheme of a new challenge. */
const ITEM = new RegExp(
  `[\\s,]*(?:(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))|(${TOKEN})(?![^\\s,])(?!\\s*=))`,
  'gy',
);
const LONGEST = 8192;

/**
 * Parses a header with several challenges. Stops at invalid input. Returns none for an overlong header.
 */
export function readChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  const text = header.length > LONGEST ? '' : header;
  for (const [, name, quoted, plain, scheme] of text.matchAll(ITEM)) {
    if (scheme !== undefined) {
      challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    } else {
      challenges.at(-1)?.parameters.set(name.toLowerCase(), plain ?? quoted.replace(/\\(.)/g, '$1'));
    }
  }
  return challenges;
}
