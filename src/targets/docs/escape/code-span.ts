import { Markdown } from './markdown';
import { text } from './text';
import { visible, visibleLines } from './visible';

/** A code span: names, images, commands, paths. */
export function codeSpan(plain: string): Markdown {
  const content = visible(plain);
  // in a table no code span can hold a backslash before a bar
  if (content === '' || content.includes('\\|')) {
    return text(plain);
  }
  const ticks = '`'.repeat(longestRun(content) + 1);
  const space = /^`|`$/.test(content) ? ' ' : '';
  return `${ticks}${space}${content}${space}${ticks}` as Markdown;
}

/** Length of the longest run of backticks. */
export function longestRun(content: string): number {
  return Math.max(0, ...(content.match(/`+/g) ?? []).map((run) => run.length));
}

/** A fenced block, with a fence longer than any run of backticks in it. */
export function fence(language: 'sh' | 'mermaid', content: string): Markdown {
  const lines = visibleLines(content);
  const bar = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${bar}${language}\n${lines}\n${bar}` as Markdown;
}
