/** Names whose value is a credential, whatever it looks like: `POSTGRES_PASSWORD`, `apiKey`, `--client-secret`. */
const STRONG = new RegExp(
  '(?:password|passwd|passphrase|secret|requirepass|masterauth|masterkey|apikey|authtoken|accesstoken'
  + '|(?:^|_)(?:pass|dbpass|pwd|pat|token|credential|salt|(?:redis|valkey)_auth'
  + '|(?:access|account|admin|api|app|auth|client|cookie|creds|deploy|encrypt|encryption|fernet|jwt|license|master'
  + '|private|root|secret|service|session|shared|signing|subscription|unseal|webhook)_key))'
  // what may follow the word: SECRET_KEY_BASE, PASSWORD_2
  + '(?:_(?:base|base64|b64|default|value|plain|plaintext|text|old|new|current|previous|primary|secondary|\\d+))?$',
);
/** Names whose value may be a credential or not: only random text counts. */
const WEAK = /(?:key|auth|private|cookie|signature|password|pass|secret|token|credential)s?$/;
/** Counts of tokens, keys that anyone may know, and the working directory. */
const NEVER = new RegExp(
  '^(?:old)?pwd$|(?:^|_)(?:public|pub|publishable|site)_?key$'
  + '|(?:^|_)(?:max|min|num|per|total|input|output|context|count|limit)(?:_[a-z]+)*_tokens?$',
);

/** Text in which a person or a program is still to put the value. */
const PLACEHOLDER = new RegExp([
  '^[\\W_]*$', // nothing, stars, dots
  '^x+$|x{4,}|\\*{3,}|\\.{3,}|…', // sk-xxxx, sk-...
  '<[^<>]+>|\\{\\{|^[[{(]|^%\\w+%$|^__\\w+__$',
  '^(?:placeholder|redacted)$',
].join('|'), 'i');
/** A reference to a value that is elsewhere: a variable, a file, an address, a store of secrets. */
const REFERENCE = new RegExp([
  '\\$\\{|\\$\\(|^\\$?\\$\\w+$|^`',
  '^(?:[&*!|>]|~?\\.{0,2}/|~$|[A-Za-z]:[\\\\/])|:/',
  '^(?:env|file|vault|arn|ref|secret|secretref|ssm|sops|op|os\\.environ|process\\.env|env\\.\\w+)[:/.]',
  '^[A-Za-z_][\\w.]*[(\\[]$', // code: environ[, load(
  '^(?:[A-Z][A-Z0-9]*_)+(?:KEY|PASSWORD|PASS|SECRET|TOKEN|PAT|CREDENTIALS?)$', // the name of a variable
].join('|'));
const SETTING = new RegExp(
  '^(?:true|false|yes|no|on|off|y|n|[01]|none|null|nil|undefined|unset|n/?a|enabled?|disabled?|required?|optional'
  + '|always|never|auto)$',
  'i',
);
/** Placeholders for a key that the server ignores, and keys that no issuer would accept. */
const NO_KEY = new RegExp(
  '^(?:sk-)?(?:dummy|fake|no-?key(?:-required)?|not-?(?:needed|used|required|set)|unused|empty|any(?:thing)?|ollama'
  + '|lm-?studio|local(?:ai)?|user-provided|your-.*|basic|bearer)$',
  'i',
);

/** Thresholds above which a text is a key rather than words: bits per character, and length. */
const ENTROPY = { bits: 3.2, length: 16 };
/** Longer values are documents or certificates, not credentials. */
const LONGEST = 4096;

/**
 * Whether a value is a secret because of its name. Placeholders and references are none: `${DB_PASSWORD}`,
 * `<your-key>`, `/run/secrets/key`.
 */
export function isNamedSecret(name: string, value: string): boolean {
  const text = unquoted(withFallback(unquoted(value)));
  const words = wordsOf(name);
  if (NEVER.test(words) || text.length > LONGEST || isPlaceholder(text) || SETTING.test(text)) {
    return false;
  }
  if (!STRONG.test(words)) {
    return (WEAK.test(words) && looksRandom(text)) || (/auth$/.test(words) && /^[^\s:/]+[:/][^\s:/]+$/.test(text));
  }
  const isKey = /(?:key|token)$/.test(words);
  return !(isKey && (NO_KEY.test(text.replace(/[_ ]/g, '-')) || /^\d*\.\d+$/.test(text)));
}

/** Whether a value only says where the real one comes from. A literal default in `${NAME:-default}` is a value. */
export function isPlaceholder(value: string): boolean {
  const text = withFallback(value);
  return PLACEHOLDER.test(text) || REFERENCE.test(text);
}

function withFallback(text: string): string {
  return /^\$\{\w+:?-([^${}]+)\}$/.exec(text)?.[1] ?? text;
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  const [, , inner] = /^(["'])(.*)\1$/s.exec(trimmed) ?? [];
  return inner ?? trimmed;
}

/** `apiKey`, `api-key` and `API_KEY` are the same. */
function wordsOf(name: string): string {
  return name.slice(-200).replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_').toLowerCase();
}

function looksRandom(text: string): boolean {
  return text.length >= ENTROPY.length && !/[\s/]/.test(text) && entropy(text) >= ENTROPY.bits;
}

/** Returns the Shannon entropy in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) {
    counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
