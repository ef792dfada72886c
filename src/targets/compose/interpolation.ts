/**
 * Doubles every `$`, so that Compose replaces nothing. Compose looks for variables in values only, never in keys.
 */
export function withoutInterpolation(text: string): string {
  return text.replaceAll('$', '$$$$');
}
