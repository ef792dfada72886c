import { Markdown } from './markdown';
import { visible } from './visible';

/** Text of a summary, which is HTML and not Markdown. */
export function summary(plain: string): Markdown {
  return visible(plain).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') as Markdown;
}
