import { styleText } from 'node:util';

/** A style of a terminal, or several at once. */
export type Style = Parameters<typeof styleText>[0];

/**
 * Styles a text for a terminal.
 *
 * @param color `outColor` or `errColor` of the terminal; when false, the text is returned as it is.
 */
export function styled(text: string, style: Style, color: boolean): string {
  // Newer versions of Node look at stdout themselves, but the text may be for stderr.
  return color ? styleText(style, text, { validateStream: false }) : text;
}
