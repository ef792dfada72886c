import { Markdown } from './markdown';
import { visible } from './visible';

/** Text of a summary, which is HTML and not Markdown. */
export function summary(plain: string): Markdown {
  const html = visible(plain).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return html as Markdown;
}
