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
    // a shortcode for a picture, an admonition, a web address, a mail address or somebody's name
    .replace(/:(?=:)|:(?=\/\/)|:(?=[A-Za-z0-9_+-]+:)|:(?<=:[A-Za-z0-9_+-]*:)|@(?=[A-Za-z0-9])/g, '\\$&')
    .replace(/www(?=\.)/gi, '$&\\');
  return escaped as Markdown;
}
