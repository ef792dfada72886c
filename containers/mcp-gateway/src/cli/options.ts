import { parseArgs } from 'node:util';
import { LOG_LEVELS, LogLevel } from '../operations/log';

/** The command line cannot be understood. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export const DEFAULT_MANIFEST = '/etc/mcp-gateway/manifest.json';

export interface CommandLine {
  readonly positionals: readonly string[];
  readonly manifest: string;
  readonly logLevel: LogLevel;
  readonly json: boolean;
  text(name: TextOption): string | undefined;
  /** A number of at least 0. */
  number(name: TextOption, otherwise: number): number;
  flag(name: Flag): boolean;
}

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;
const OPTIONS = {
  'manifest': TEXT,
  'log-level': TEXT,
  'client': TEXT,
  'args': TEXT,
  'workspace': TEXT,
  'was': TEXT,
  'url': TEXT,
  'timeout': TEXT,
  'grace': TEXT,
  'json': FLAG,
  'open-metrics': FLAG,
  'health-check': FLAG,
  'version': FLAG,
  'help': { ...FLAG, short: 'h' },
} as const;
type Name = keyof typeof OPTIONS;
type TextOption = { [N in Name]: typeof OPTIONS[N]['type'] extends 'string' ? N : never }[Name];
type Flag = Exclude<Name, TextOption>;

/** Options that a command takes besides the common ones. */
const OF_COMMAND: Readonly<Record<string, readonly Name[]>> = {
  'serve': ['open-metrics', 'grace'],
  'stdio': ['client', 'grace'],
  'explain': ['args', 'client', 'workspace', 'json'],
  'replay': ['was', 'workspace', 'json'],
  'health-check': ['health-check', 'url', 'timeout', 'json'],
};
const COMMON: readonly Name[] = ['manifest', 'log-level', 'help', 'version'];

/** @throws UsageError */
export function parseCommandLine(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): { readonly command: string; readonly line: CommandLine } {
  const { values, positionals, tokens } = understand(argv);
  const command =
    values['health-check'] && positionals.length === 0
      ? 'health-check'
      : (positionals[0] ?? (values.version ? 'version' : 'help'));
  const allowed = OF_COMMAND[command];
  for (const token of tokens) {
    if (token.kind === 'option' && allowed !== undefined && ![...COMMON, ...allowed].includes(token.name as Name)) {
      throw new UsageError(`${command} takes no ${token.rawName}`);
    }
  }
  const logLevel = values['log-level'] ?? 'info';
  if (!(LOG_LEVELS as readonly string[]).includes(logLevel)) {
    throw new UsageError(`--log-level is ${JSON.stringify(logLevel)}; it may be ${LOG_LEVELS.join(', ')}`);
  }
  return {
    command: values.help ? 'help' : values.version ? 'version' : command,
    line: {
      positionals: positionals.slice(1),
      manifest: values.manifest ?? env.MCP_GATEWAY_MANIFEST ?? DEFAULT_MANIFEST,
      logLevel: logLevel as LogLevel,
      json: values.json,
      text: (name) => values[name],
      number: (name, otherwise) => numberOf(name, values[name], otherwise),
      flag: (name) => values[name],
    },
  };
}

function understand(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) {
    return otherwise;
  }
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new UsageError(`--${name} is ${JSON.stringify(text)}; it must be a number of at least 0`);
  }
  return value;
}
