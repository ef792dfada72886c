import { visible } from './visible';

/**
 * The label of a node or an edge, with its quotes. Mermaid reads labels as Markdown too, so everything but letters,
 * digits, spaces and hyphens is written as the number of its character.
 */
export function mermaidLabel(plain: string): string {
  const label = visible(plain).replace(/[^A-Za-z0-9 -]|^-/gu, (character) => `#${character.codePointAt(0)};`);
  return `"${label === '' ? ' ' : label}"`;
}
