import { Markdown } from './markdown';
import { visible } from './visible';

/** An HTML comment on a line of its own. */
export function comment(plain: string): Markdown {
  return `<!-- ${visible(plain).replace(/-(?=-)/g, '- ').replace(/>/g, '&gt;')} -->` as Markdown;
}
