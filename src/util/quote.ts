/** A text as a message shows it: short, on one line, in quotes, with every invisible character as an escape. */
export function quote(text: string): string {
  return JSON.stringify(shorten(text)).replace(/[\u007f-\uffff]/g, (unit) =>
    isVisible(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The beginning of a text, of at most 80 characters. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function isVisible(unit: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(unit);
}
