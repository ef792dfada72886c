import { Markers } from '../../plan/parameters';
import { ParameterPlan } from '../../plan/plan';

/**
 * Doubles every `$`, so that Compose replaces nothing, and writes parameters as variables. Compose looks for variables
 * in values only, never in keys.
 */
export function interpolated(text: string, markers: Markers): string {
  return markers.split(text).map((part) => (typeof part === 'string' ? doubled(part) : variable(part))).join('');
}

/** An empty value counts as none. Compose reads `$$` in a default as one `$`. */
function variable({ name, default: text }: ParameterPlan): string {
  return `\${${name}${text === undefined ? `:?set ${name} in .env.local` : `:-${doubled(text)}`}}`;
}

function doubled(text: string): string {
  return text.replaceAll('$', '$$$$');
}
