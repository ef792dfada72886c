/** Prints a verdict for people or for machines. @returns the exit code */
export function print({ exit, ...verdict }, json) {
  if (json) {
    process.stdout.write(`${JSON.stringify({ offered: 'name' in verdict, ...verdict }, null, 2)}\n`);
    return exit;
  }
  if (verdict.name !== undefined) {
    process.stdout.write(printable([
      `${verdict.tool} is offered as ${verdict.name}`,
      `  description: ${firstLine(verdict.description)}`,
      `  schema: ${JSON.stringify(verdict.schema)}`,
      ...verdict.call?.ok === true ? [`  result: ${verdict.call.result}`] : [],
      '',
    ].join('\n')));
  }
  if (verdict.problem !== undefined) process.stderr.write(printable(`${verdict.problem}\n`));
  return exit;
}

function firstLine(text) {
  return text.split('\n', 1)[0];
}

/** Escapes control characters: text of a server or a file must not drive the terminal. */
function printable(text) {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
