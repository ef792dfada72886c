import { longestRun } from './code-span';
import { Markdown } from './markdown';
import { visibleLines } from './visible';

/** A fenced block, with a fence longer than any run of backticks in it. */
export function fence(language: 'sh' | 'mermaid', content: string): Markdown {
  const lines = visibleLines(content);
  const bar = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${bar}${language}\n${lines}\n${bar}` as Markdown;
}
