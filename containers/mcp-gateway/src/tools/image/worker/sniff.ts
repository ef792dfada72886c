import { pictureHeader } from './picture-header';

/**
 * What a file is, judged by its first bytes and never by its name. An archive may still be one of several documents.
 */
export type ContentKind =
  { readonly kind: 'pdf' | 'archive' | 'picture' } | { readonly kind: 'html' | 'markdown'; readonly text: string };

/** The PDF header may stand behind some other bytes. */
const PDF_HEADER_WITHIN = 1024;

/** @returns undefined when it is none of the kinds */
export function contentKind(bytes: Buffer): ContentKind | undefined {
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04') {
    return { kind: 'archive' };
  }
  const { format } = pictureHeader(bytes, bytes.length);
  if (format !== undefined && format !== 'svg') {
    return { kind: 'picture' };
  }
  if (bytes.subarray(0, PDF_HEADER_WITHIN).includes('%PDF-')) {
    return { kind: 'pdf' };
  }
  const text = decodedText(bytes);
  if (text === undefined) {
    return undefined;
  }
  const root = firstElement(text);
  if (root === 'svg') {
    return { kind: 'picture' };
  }
  return {
    kind: root === 'html' || root === 'head' || root === 'body' || root === '!doctype html' ? 'html' : 'markdown',
    text,
  };
}

/** Name of the element a text begins with, behind declarations, comments and white space. */
function firstElement(text: string): string | undefined {
  const skipped = /\s+|<\?[^>]{0,1000}>|<!--[^]{0,20000}?-->/;
  const otherDoctype = /<!doctype\s+(?!html)[^>[]{0,1000}(?:\[[^\]]{0,20000}\])?\s*>/;
  const element = /<(!doctype\s+html|[a-z][a-z0-9:]*)/;
  const pattern = new RegExp([skipped, otherDoctype, element].map(({ source }) => source).join('|'), 'iy');
  for (let match = pattern.exec(text); match !== null && pattern.lastIndex < 200_000; match = pattern.exec(text)) {
    if (match[1] !== undefined) {
      return match[1].toLowerCase().replace(/\s+/, ' ').replace(/^svg:/, '');
    }
  }
  return undefined;
}

/** Text in UTF-8, UTF-16 with a mark, or Western; undefined for anything with control characters. */
function decodedText(bytes: Buffer): string | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  }
  // eslint-disable-next-line no-control-regex
  const controls = /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return controls.test(text) ? undefined : text;
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    return controls.test(text) ? undefined : text;
  }
}
