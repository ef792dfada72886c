const OPERATOR = /^(?:[|&;<>]+|\d?>.*)$/;

/**
 * Splits a command into words as a shell does, with quotes and backslashes but without expanding anything: the command
 * runs the same on every system because no shell sees it.
 *
 * @returns the words, or what is wrong with the command.
 */
export function splitWords(command: string): readonly string[] | string {
  const words: string[] = [];
  const pattern = /\s*((?:[^\s"'\\]|\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*')+)/gy;
  let end = 0;
  for (let match = pattern.exec(command); match; match = pattern.exec(command)) {
    end = pattern.lastIndex;
    if (OPERATOR.test(match[1])) {
      return `"${match[1]}" is for a shell, and no shell runs it; put the commands into a script`;
    }
    words.push(unquote(match[1]));
  }
  const rest = command.slice(end).trim();
  return rest === '' ? words : `a quote or backslash is not finished: ${rest}`;
}

function unquote(word: string): string {
  return word.replace(
    /\\([^])|"((?:[^"\\]|\\[^])*)"|'([^']*)'/g,
    (_, escaped?: string, double?: string, single?: string) => {
      if (escaped !== undefined) {
        return escaped;
      }
      return single ?? double!.replace(/\\(["\\])/g, '$1');
    },
  );
}
