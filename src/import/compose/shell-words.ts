/**
 * Splits a command line as Compose does: at spaces outside of quotes, nothing is expanded.
 *
 * @returns undefined if a quote is not closed.
 */
export function shellWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word = '';
  let begun = false;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (char === '\\' && quote !== '\'') {
      word += line[++at] ?? '';
      begun = true;
    } else if (quote !== '') {
      if (char === quote) {
        quote = '';
      } else {
        word += char;
      }
    } else if (char === '"' || char === '\'') {
      quote = char;
      begun = true;
    } else if (/\s/.test(char)) {
      if (begun) {
        words.push(word);
      }
      word = '';
      begun = false;
    } else {
      word += char;
      begun = true;
    }
  }
  if (quote !== '') {
    return undefined;
  }
  return begun ? [...words, word] : words;
}
