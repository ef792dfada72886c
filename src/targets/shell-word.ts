/** A word of a command line that a person pastes into a shell. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command line. */
export function shellLine(...words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
