/** Prints a verdict for people or for machines. @returns the exit code */
export function print({ exit, ...verdict }, json) {
  if (json) {
    process.stdout.write(`${JSON.stringify({ offered: 'name' in verdict, ...verdict }, null, 2)}\n`);
    return exit;
  }
  if (verdict.name !== undefined) {
    process.stdout.write([
      `${verdict.tool} is offered as ${verdict.name}`,
      `  description: ${firstLine(verdict.description)}`,
      `  schema: ${JSON.stringify(verdict.schema)}`,
      ...verdict.call?.ok === true ? [`  result: ${verdict.call.result}`] : [],
      '',
    ].join('\n'));
  }
  if (verdict.problem !== undefined) process.stderr.write(`${verdict.problem}\n`);
  return exit;
}

function firstLine(text) {
  return text.split('\n', 1)[0];
}
