import { Markdown } from './markdown';

/** A table cell: a bar that is not escaped yet, as in a code span, would end it. */
export function cell(content: Markdown): Markdown {
  const line = content.replace(/\n+/g, ' ').replace(/(?<!\\)\|/g, '\\|');
  return line as Markdown;
}
