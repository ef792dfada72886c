import { parseArgs } from 'node:util';
import { UsageError } from '../util/errors';
import { didYouMean } from '../util/nearest';

/** An option of a command. */
export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** Text for `--help`. The first word in capitals names the value of a string option. */
  readonly help: string;
}

export type Arguments = Readonly<Record<string, string | boolean | undefined>>;

/** Positional arguments of a command. */
export interface OperandSpec {
  /** As in the usage line: `[CHECK…]`. */
  readonly usage: string;
  readonly least: number;
  readonly most: number;
}

const NO_OPERANDS: OperandSpec = { usage: '', least: 0, most: 0 };

/** Parsed arguments of a command. */
export interface Words {
  readonly options: Arguments;
  readonly operands: readonly string[];
}

/** Options that every command has. */
export const COMMON_OPTIONS = {
  json: { type: 'boolean', help: 'Print JSON' },
  quiet: { type: 'boolean', short: 'q', help: 'Print problems only' },
  verbose: { type: 'boolean', short: 'v', help: 'Also print stack traces, output of the app and waived findings' },
  help: { type: 'boolean', short: 'h', help: 'Print this help' },
} satisfies Record<string, OptionSpec>;

/**
 * Parses the arguments of a command.
 *
 * @throws UsageError for unknown options and arguments, with the closest name.
 */
export function parseArguments(
  command: string,
  argv: readonly string[],
  options: Readonly<Record<string, OptionSpec>>,
  { usage, least, most }: OperandSpec = NO_OPERANDS,
): Words {
  // task runners pass their own "--" on; no command takes arguments that begin with a dash
  const args = argv.filter((word) => word !== '--');
  const { values, positionals, tokens } = parseArgs({
    args,
    options: { ...options },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') {
      judgeOption(command, token, options);
    }
  }
  if (values.help !== true && positionals.length < least) {
    throw new UsageError(`"toolbox ${command}" requires ${usage}.`);
  }
  if (positionals.length > most) {
    throw new UsageError(`"toolbox ${command}" does not take the argument "${positionals[most]}".`);
  }
  return { options: values as Arguments, operands: positionals };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string;
  readonly inlineValue?: boolean;
}

function judgeOption(
  command: string,
  { name, rawName, value, inlineValue }: OptionToken,
  options: Readonly<Record<string, OptionSpec>>,
): void {
  if (!Object.hasOwn(options, name)) {
    throw new UsageError(
      `"toolbox ${command}" has no option "${rawName}".${didYouMean(name, Object.keys(options), '--')}`,
    );
  }
  if (options[name].type === 'boolean' && value !== undefined) {
    throw new UsageError(`the option "${rawName}" takes no value.`);
  }
  if (options[name].type === 'boolean') {
    return;
  }
  if (value === undefined || value === '') {
    throw new UsageError(`the option "${rawName}" requires a value.`);
  }
  // do not take the next option as the value of this one
  if (value.startsWith('-') && inlineValue !== true) {
    throw new UsageError(
      `the option "${rawName}" requires a value. If the value begins with a dash, write ${rawName}=${value}`,
    );
  }
}
