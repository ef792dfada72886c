import { Redaction, redacted } from './redactor';

const LONGEST = 16_500;

const KEY_TO_END = /[^]{0,16000}?-----END [A-Z ]{0,40}PRIVATE KEY[A-Z ]{0,40}-----/;
const KEY_LINES = /(?:[^\n]{0,80}\n?[^\n]{0,60}?[A-Za-z0-9+/=]{40,80}){0,70}/;

/** Concatenates patterns. */
function joined(flags: string, parts: readonly RegExp[]): RegExp {
  return new RegExp(parts.map(({ source }) => source).join(''), flags);
}

/** All quantifiers are bounded, since matches must fit into the window. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  'private key':
    joined('dg', [
      /-----BEGIN [A-Z ]{0,40}PRIVATE KEY[A-Z ]{0,40}-----/,
      new RegExp(`(?:${KEY_TO_END.source}|${KEY_LINES.source})`),
    ]),
  'JWT': /eyJ[A-Za-z0-9_-]{6,4000}\.[A-Za-z0-9_-]{4,8000}(?:\.[A-Za-z0-9_-]{0,4000})?/dg,
  'authorization': /(?:authorization|cookie)["']{0,2}[ \t]{0,4}[:=][ \t]{0,4}["']?(?<hide>[^\n"']{1,4000})/dgi,
  'bearer token': /\b(?:bearer|basic)[ \t]{1,4}(?<hide>[A-Za-z0-9._~+/=-]{8,8000})/dgi,
  'GitHub token': /gh[a-z]_[A-Za-z0-9]{16,300}|github_pat_[A-Za-z0-9_]{16,300}/dg,
  'GitLab token': /gl[a-z]{2,8}-[A-Za-z0-9_-]{16,300}/dg,
  'AWS key': /A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{12,20}/dg,
  'API key':
    joined('dg', [
      /\b(?:sk|rk|pk)[-_][A-Za-z0-9_-]{12,400}|AIza[A-Za-z0-9_-]{30,60}|/,
      /\b(?:npm|hf|pypi|dckr_pat|dop_v1)[-_][A-Za-z0-9_-]{16,400}/,
    ]),
  'Slack token': /x(?:ox[a-z]|app)-[A-Za-z0-9-]{8,400}/dg,
  'credentials': /:\/\/(?<hide>[^\s/@"'<>]{1,1000})@/dg,
  // quoted values may contain spaces
  'password':
    joined('dgi', [
      /(?:pass(?:word|wd|phrase)|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)/,
      /\\{0,4}["']?[ \t]{0,4}(?:[:=]|=>)[ \t]{0,4}/,
      /(?<hide>\\{0,4}"[^"\n]{1,2000}"?|'[^'\n]{1,2000}'?|[^\s"',;&)}\]]{1,2000})/,
    ]),
  'option': joined('dgi', [
    /(?<![\w-])--?(?:pass(?:word|wd|phrase)?|secret|token|api-?key)[ \t]{1,4}/,
    /(?<hide>[^\s"'-][^\s"']{0,2000})/,
  ]),
};

/** Redactions of token-like strings. */
export const TOKEN_SHAPES: readonly Redaction[] = Object.entries(SHAPES)
  .map(([name, pattern]) => ({ pattern, marker: redacted(name), longest: LONGEST }));
