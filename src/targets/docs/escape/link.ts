import { Markdown, md } from './markdown';
import { text } from './text';
import { visible } from './visible';

/** A link to the web or to a file beside the page; any other target is shown as text. */
export function link(label: string, target: string): Markdown {
  const url = safeUrl(target);
  return url === undefined ? md`${text(label)} (${text(target)})` : md`[${text(label)}](${url})`;
}

/**
 * A link to a file, by its path from the page: characters that mean something in an address are part of a name here.
 */
export function fileLink(label: string, path: string): Markdown {
  return link(label, path.replace(/[%?#&\\]/g, (character) => encodeURIComponent(character)));
}

function safeUrl(target: string): Markdown | undefined {
  const isWeb = /^https?:\/\/[^\s/]/i.test(target);
  // a colon before the first slash would be a scheme, two slashes another host
  const isRelative = /^[^:/?#\\]+([/?#]|$)/.test(target);
  return (isWeb || isRelative) && target === visible(target) ? encode(target) : undefined;
}

function encode(target: string): Markdown {
  const encoded = target.replace(/[^A-Za-z0-9\-._~:/?#@!$&'*+,;=%]/gu, (character) => encodeURIComponent(character)
    .replace(/[()]/g, (bracket) => `%${bracket.charCodeAt(0).toString(16)}`));
  return encoded as Markdown;
}
