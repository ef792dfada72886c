import { Arguments, OperandSpec, OptionSpec } from './arguments';
import { ExitCode, Terminal } from './terminal';

/** A command, the first argument of `toolbox-constructs`. */
export interface Command {
  /** Description for `--help`: what it does and prints. */
  readonly description: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /**
   * Positional arguments.
   *
   * @default - none
   */
  readonly operands?: OperandSpec;
  run(args: Arguments, terminal: Terminal, operands: readonly string[]): Promise<ExitCode>;
}
