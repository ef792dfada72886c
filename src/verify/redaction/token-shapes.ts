import { Hider, redacted } from './hider';

const LONGEST = 16_500;

/** Every part has an upper bound: a match has to fit into what is kept in memory. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  'private key':
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY[A-Z ]{0,40}-----(?:[^]{0,16000}?-----END [A-Z ]{0,40}PRIVATE KEY[A-Z ]{0,40}-----|(?:[^\n]{0,80}\n?[^\n]{0,60}?[A-Za-z0-9+/=]{40,80}){0,70})/dg,
  'JWT': /eyJ[A-Za-z0-9_-]{6,4000}\.[A-Za-z0-9_-]{4,8000}(?:\.[A-Za-z0-9_-]{0,4000})?/dg,
  'authorization': /(?:authorization|cookie)["']{0,2}[ \t]{0,4}[:=][ \t]{0,4}["']?(?<hide>[^\n"']{1,4000})/dgi,
  'bearer token': /\b(?:bearer|basic)[ \t]{1,4}(?<hide>[A-Za-z0-9._~+/=-]{8,8000})/dgi,
  'GitHub token': /gh[a-z]_[A-Za-z0-9]{16,300}|github_pat_[A-Za-z0-9_]{16,300}/dg,
  'GitLab token': /gl[a-z]{2,8}-[A-Za-z0-9_-]{16,300}/dg,
  'AWS key': /A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{12,20}/dg,
  'API key':
    /\b(?:sk|rk|pk)[-_][A-Za-z0-9_-]{12,400}|AIza[A-Za-z0-9_-]{30,60}|\b(?:npm|hf|pypi|dckr_pat|dop_v1)[-_][A-Za-z0-9_-]{16,400}/dg,
  'Slack token': /x(?:ox[a-z]|app)-[A-Za-z0-9-]{8,400}/dg,
  'credentials': /:\/\/(?<hide>[^\s/@"'<>]{1,1000})@/dg,
  // a quoted value may have spaces
  'password':
    /(?:pass(?:word|wd|phrase)|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)\\{0,4}["']?[ \t]{0,4}(?:[:=]|=>)[ \t]{0,4}(?<hide>\\{0,4}"[^"\n]{1,2000}"?|'[^'\n]{1,2000}'?|[^\s"',;&)}\]]{1,2000})/dgi,
  'option': /(?<![\w-])--?(?:pass(?:word|wd|phrase)?|secret|token|api-?key)[ \t]{1,4}(?<hide>[^\s"'-][^\s"']{0,2000})/dgi,
};

/** What looks like a secret wherever it comes from. */
export const TOKEN_SHAPES: readonly Hider[] = Object.entries(SHAPES)
  .map(([name, pattern]) => ({ pattern, marker: redacted(name), longest: LONGEST }));
