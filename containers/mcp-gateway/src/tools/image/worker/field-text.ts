import { MAX_TEXT } from '../bounds';

/**
 * Text of a document, made fit for a data field of an answer: one line, no control, direction or invisible characters
 * that could hide its content, cut at a length.
 */
export function fieldText(text: string | undefined, most = MAX_TEXT): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const clean = text.slice(0, most * 8).replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  if (clean === '') {
    return undefined;
  }
  return clean.length <= most ? clean : `${clean.slice(0, most).replace(/\p{Surrogate}$/u, '')}…`;
}
