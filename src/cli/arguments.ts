import { parseArgs } from 'node:util';
import { didYouMean } from '../util/nearest';
import { UsageError } from '../util/usage-error';

/** An option of a command. */
export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** For `--help`; of a text option the first word in capitals stands for its value. */
  readonly help: string;
}

export type Arguments = Readonly<Record<string, string | boolean | undefined>>;

/** The words after a command that are not options. */
export interface OperandSpec {
  /** As in the usage line: `[CHECK…]`. */
  readonly usage: string;
  readonly least: number;
  readonly most: number;
}

const NO_OPERANDS: OperandSpec = { usage: '', least: 0, most: 0 };

/** What was said after a command. */
export interface Words {
  readonly options: Arguments;
  readonly operands: readonly string[];
}

/** Options that every command has. */
export const COMMON_OPTIONS = {
  json: { type: 'boolean', help: 'Print JSON for machines' },
  quiet: { type: 'boolean', short: 'q', help: 'Print only what is wrong' },
  verbose: { type: 'boolean', short: 'v', help: 'Also print stack traces and waived findings' },
  help: { type: 'boolean', short: 'h', help: 'Print this help' },
} satisfies Record<string, OptionSpec>;

/**
 * Reads what follows a command.
 *
 * @throws UsageError when something is not known, with the nearest name.
 */
export function parseArguments(
  command: string,
  argv: readonly string[],
  options: Readonly<Record<string, OptionSpec>>,
  { usage, least, most }: OperandSpec = NO_OPERANDS,
): Words {
  // task runners pass their own "--" on; nothing here takes arguments that could begin with a dash
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
    throw new UsageError(`"toolbox ${command}" needs ${usage}.`);
  }
  if (positionals.length > most) {
    throw new UsageError(`"toolbox ${command}" takes no argument "${positionals[most]}".`);
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
    throw new UsageError(`the option "${rawName}" needs a value.`);
  }
  // rather than taking the next option for the value of this one
  if (value.startsWith('-') && inlineValue !== true) {
    throw new UsageError(`the option "${rawName}" needs a value; one that begins with a dash: ${rawName}=${value}`);
  }
}
