import { Markdown } from './markdown';
import { visible } from './visible';

/** An HTML comment on a line of its own. */
export function comment(plain: string): Markdown {
  const words = visible(plain).replace(/-(?=-)/g, '- ').replace(/>/g, '&gt;');
  return `<!-- ${words} -->` as Markdown;
}
