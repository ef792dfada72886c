import { Markdown } from './markdown';
import { text } from './text';
import { visible } from './visible';

/** A code span: names, images, commands, paths. */
export function codeSpan(plain: string): Markdown {
  const content = visible(plain);
  // in a table no code span can hold a backslash before a bar
  if (content === '' || content.includes('\\|')) {
    return text(plain);
  }
  const fence = '`'.repeat(longestRun(content) + 1);
  const space = /^`|`$/.test(content) ? ' ' : '';
  return `${fence}${space}${content}${space}${fence}` as Markdown;
}

/** Length of the longest run of backticks. */
export function longestRun(content: string): number {
  return Math.max(0, ...(content.match(/`+/g) ?? []).map((run) => run.length));
}
