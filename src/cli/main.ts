import { constants } from 'node:os';
import { COMMON_OPTIONS, parseArguments } from './arguments';
import { commands } from './commands';
import { commandHelp, mainHelp } from './help';
import { ExitCode, Terminal, processTerminal } from './terminal';
import { generatorVersion } from '../plan/provenance';
import { Interrupted, UsageError } from '../util/errors';
import { didYouMean } from '../util/nearest';
import { printable } from '../util/printable';
import { systemReason } from '../util/system-error';

/** Offset of exit codes after a signal. */
const SIGNAL_BASE = 128;

/**
 * Runs one command.
 *
 * @param argv arguments after the program name.
 * @returns the exit code.
 */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`toolbox: ${printable(error.message)}\n`);
      return ExitCode.USAGE_ERROR;
    }
    if (error instanceof Interrupted) { return SIGNAL_BASE + constants.signals[error.signal]; }
    terminal.err(unexpected(error, argv));
    return ExitCode.FINDINGS;
  }
}

/** Reports an unexpected error. The stack is printed with --verbose only. */
function unexpected(error: unknown, argv: readonly string[]): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const verbose = argv.includes('--verbose') || argv.includes('-v');
  const details = verbose ? `${stack}\n` : '  Use --verbose for the stack trace.\n';
  return `toolbox: ${systemReason(error) ?? 'unexpected error'}: ${printable(message)}\n${details}`;
}

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (name === '--version' || name === '-V') { return print(terminal, `${generatorVersion()}\n`); }
  if (name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    return print(terminal, mainHelp(commands));
  }
  if (name === 'help') { return dispatch([rest[0], '--help'], terminal); }
  if (name === undefined) { throw new UsageError('missing command. "toolbox --help" lists all commands.'); }
  if (!Object.hasOwn(commands, name)) {
    const what = name.startsWith('-') ? 'option' : 'command';
    throw new UsageError(
      `unknown ${what} "${name}".${didYouMean(name, Object.keys(commands))} "toolbox --help" lists all.`,
    );
  }
  const command = commands[name].load();
  const options = { ...command.options, ...COMMON_OPTIONS };
  const words = parseArguments(name, rest, options, command.operands);
  const usage = [name, command.operands?.usage ?? []].flat().join(' ');
  if (words.options.help) { return print(terminal, commandHelp(usage, command.description, options)); }
  return command.run(words.options, terminal, words.operands);
}

function print(terminal: Terminal, text: string): ExitCode {
  terminal.out(text);
  return ExitCode.SUCCESS;
}
