import { OptionSpec } from './arguments';
import { CommandEntry } from './commands';

/** Returns the text of `toolbox --help`. */
export function mainHelp(commands: Readonly<Record<string, CommandEntry>>): string {
  return [
    'Usage: toolbox COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...columns(Object.entries(commands).map(([name, { summary }]) => [name, summary])),
    '',
    'Options:',
    ...columns([['--help, -h', 'Print this help, or the help of a command'], ['--version, -V', 'Print the version']]),
    '',
    'toolbox.json names the app. It is searched from the current folder upwards.',
    'Exit codes: 0 success, 1 findings or drift, 2 usage error.',
    '',
  ].join('\n');
}

/** Returns the text of `toolbox COMMAND --help`. */
export function commandHelp(usage: string, description: string, options: Readonly<Record<string, OptionSpec>>): string {
  return [
    `Usage: toolbox ${usage} [OPTIONS]`,
    '',
    description,
    '',
    'Options:',
    ...columns(Object.entries(options).map(optionRow)),
    '',
  ].join('\n');
}

function optionRow([name, { type, short, help }]: [string, OptionSpec]): [string, string] {
  const value = type === 'string' ? ` ${/[A-Z]{2,}/.exec(help)?.[0] ?? 'VALUE'}` : '';
  return [`--${name}${value}${short === undefined ? '' : `, -${short}`}`, help];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
