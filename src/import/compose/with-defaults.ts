import { parseTemplate, Part } from './template';

/** Returns a text with its variables replaced by their defaults, or by nothing if they have none. */
export function withDefaults(text: string): string {
  return parseTemplate(text)?.map(defaultOf).join('') ?? text;
}

function defaultOf(part: Part): string {
  if (typeof part === 'string') {
    return part;
  }
  return part.operator === ':-' || part.operator === '-' ? withDefaults(part.operand ?? '') : '';
}
