import { codeSpan } from './code-span';
import { Markdown, md } from './markdown';
import { text } from './text';
import { visible } from './visible';

/** Formats a sentence of the user: words between single backticks are code, everything else is plain text. */
export function prose(plain: string): Markdown {
  // one capture, so that every other piece is code
  const pieces = visible(plain).split(/(?<![`\\])`(?!`)([^`]+)`(?!`)/);
  return pieces.reduce<Markdown>(
    (sentence, piece, index) => md`${sentence}${index % 2 === 1 ? codeSpan(piece) : between(piece, index === 0)}`,
    md``,
  );
}

/** A space at its end parts it from the code span that follows, and its beginning is not the beginning of a line. */
function between(piece: string, isFirst: boolean): Markdown {
  const begun = isFirst ? piece : `x${piece}`;
  const core = text(begun).slice(isFirst ? 0 : 1);
  const parted = begun.endsWith(' ') ? `${core} ` : core;
  return parted as Markdown;
}
