import { Arguments, OperandSpec, OptionSpec } from './arguments';
import { ExitCode } from './exit-code';
import { Terminal } from './terminal';

/** One word after `toolbox`. */
export interface Command {
  /** What it does and what it prints, for `--help`. */
  readonly description: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** What may follow beside options; nothing when undefined. */
  readonly operands?: OperandSpec;
  run(args: Arguments, terminal: Terminal, operands: readonly string[]): Promise<ExitCode>;
}
