import { Markers, Variable } from '../../plan/parameters';

/**
 * Doubles every `$`, so that Compose replaces nothing, and writes parameters and secrets as variables. Compose looks
 * for variables in values only, never in keys.
 */
export function interpolated(text: string, markers: Markers): string {
  return markers.split(text).map((part) => (typeof part === 'string' ? doubled(part) : variable(part))).join('');
}

/** An empty value counts as none. Compose reads `$$` in a default as one `$`. */
function variable({ name, default: text, secretOf }: Variable): string {
  if (text !== undefined) {
    return `\${${name}:-${doubled(text)}}`;
  }
  return secretOf === undefined ? `\${${name}:?set ${name} in .env.local}` : secretVariable(name, secretOf);
}

/** A secret that Compose reads from its env file. {@link SECRET_VARIABLE} reads it back. */
function secretVariable(key: string, file: string): string {
  return `\${${key}:?set the secret ${key} in ${file}}`;
}

/** Matches a secret in a value of the compose file. */
export const SECRET_VARIABLE = /\$\{(?<key>\w+):\?set the secret \k<key> in (?<file>[^{}]+)\}/;

function doubled(text: string): string {
  return text.replaceAll('$', '$$$$');
}
