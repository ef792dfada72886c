import { Markdown } from './markdown';
import { visible } from './visible';

/** Plain text inside a paragraph, list item, heading or table cell. */
export function text(plain: string): Markdown {
  const escaped = visible(plain)
    .replace(/[\\`*[\]<|~${}]/g, '\\$&')
    .replace(/&(?=[#A-Za-z])/g, '\\&')
    // inside a word it means nothing
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/^[-+=>]|(?<=^| )#/g, '\\$&')
    .replace(/^(\d{1,9})(?=[.)]( |$))/, '$1\\')
    // a shortcode for a picture, an admonition, a web address, a mail address or a mention
    .replace(/:(?=:)|:(?=\/\/)|:(?=[A-Za-z0-9_+-]+:)|:(?<=:[A-Za-z0-9_+-]*:)|@(?=[A-Za-z0-9])/g, '\\$&')
    .replace(/www(?=\.)/gi, '$&\\');
  return escaped as Markdown;
}

/** A table cell: a bar that is not escaped yet, as in a code span, would end it. */
export function cell(content: Markdown): Markdown {
  const line = content.replace(/\n+/g, ' ').replace(/(?<!\\)\|/g, '\\|');
  return line as Markdown;
}

/** Text of a summary, which is HTML and not Markdown. */
export function summary(plain: string): Markdown {
  const html = visible(plain).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return html as Markdown;
}

/** An HTML comment on a line of its own. */
export function comment(plain: string): Markdown {
  const words = visible(plain).replace(/-(?=-)/g, '- ').replace(/>/g, '&gt;');
  return `<!-- ${words} -->` as Markdown;
}

/**
 * The label of a node or an edge, with its quotes. Mermaid reads labels as Markdown too, so everything but letters,
 * digits, spaces and hyphens is written as the number of its character.
 */
export function mermaidLabel(plain: string): string {
  const label = visible(plain).replace(/[^A-Za-z0-9 -]|^-/gu, (character) => `#${character.codePointAt(0)};`);
  return `"${label === '' ? ' ' : label}"`;
}
