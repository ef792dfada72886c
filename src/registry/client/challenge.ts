/** One way in which a server lets clients in, out of a `WWW-Authenticate` header. */
export interface Challenge {
  /** Lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
/** `name=value` or `name="value"`; or a word that begins a new challenge. */
const ITEM = new RegExp(
  `[\\s,]*(?:(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))|(${TOKEN})(?![^\\s,])(?!\\s*=))`,
  'gy',
);
const LONGEST = 8192;

/**
 * Reads a header that may hold several challenges; stops at what is not one. A header of unlikely length holds none.
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
