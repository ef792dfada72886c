declare const escaped: unique symbol;

/**
 * Markdown that is safe where it stands: only escape functions and what is put together from their results have this
 * type.
 */
export type Markdown = string & { readonly [escaped]: true };

/**
 * Puts Markdown together. The words of the template are ours; whatever is put in must be escaped already, or does not
 * compile.
 */
export function md(words: TemplateStringsArray, ...values: readonly (Markdown | number)[]): Markdown {
  return String.raw({ raw: words }, ...values) as Markdown;
}

/** Joins pieces: `a, b, c`. */
export function joined(pieces: readonly Markdown[], separator: ', ' | ' ' | '; ' | '\n' | '\n\n' = ', '): Markdown {
  return pieces.join(separator) as Markdown;
}

/** Selects the form for a number: `1 check`, `2 checks`. */
export function plural<T>(number: number, one: T, many: T): T {
  return number === 1 ? one : many;
}
