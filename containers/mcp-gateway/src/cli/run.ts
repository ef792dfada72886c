import { CommandLine, UsageError, parseCommandLine } from './options';
import { Exit, printError, print, takeStdout } from './output';
import { USAGE } from './usage';
import { version } from '../../package.json';
import { StartRefused } from '../gateway/start-refused';
import { ManifestError } from '../manifest/problem';

/**
 * Runs one command. Each loads only what it uses.
 *
 * @returns the exit code
 */
export async function run(argv: readonly string[]): Promise<number> {
  // these two have a command line of their own
  if (argv[0] === 'bridge') {
    return (await import('../bridge/command')).bridgeCommand(argv.slice(1));
  }
  if (argv[0] === 'audit') {
    return (await import('../audit/command')).auditCommand(argv.slice(1));
  }
  try {
    const { command, line } = parseCommandLine(argv, process.env);
    return await runCommand(command, line);
  } catch (error) {
    if (error instanceof UsageError) {
      printError(`mcp-gateway: ${error.message}\nsee mcp-gateway --help`);
      return Exit.usage;
    }
    if (error instanceof StartRefused || error instanceof ManifestError) {
      printError(error.message);
      return Exit.refused;
    }
    printError(`mcp-gateway: ${error instanceof Error ? error.message : String(error)}`);
    return Exit.refused;
  }
}

async function runCommand(command: string, line: CommandLine): Promise<number> {
  const { manifest, logLevel, json, positionals } = line;
  switch (command) {
    case 'serve':
      return (await import('./serve')).serve({
        manifest,
        logLevel,
        openMetrics: line.flag('open-metrics'),
        graceSeconds: line.number('grace', 8),
      });
    case 'stdio': {
      const output = takeStdout();
      return (await import('./stdio')).stdio({
        manifest,
        logLevel,
        client: line.text('client'),
        graceSeconds: line.number('grace', 0.7),
        output,
      });
    }
    case 'explain':
      return (await import('./explain')).explainCommand({
        manifest,
        json,
        tool: positionals[0],
        args: line.text('args') ?? '{}',
        client: line.text('client'),
        workspace: line.text('workspace'),
      });
    case 'replay':
      return (await import('./replay')).replayCommand({
        manifest,
        json,
        files: positionals,
        was: line.text('was'),
        workspace: line.text('workspace'),
      });
    case 'health-check':
      return (await import('./health-check')).healthCheck({
        manifest,
        json,
        url: line.text('url'),
        timeoutMs: line.number('timeout', 2500),
      });
    case 'version':
      print(version);
      return Exit.ok;
    case 'help':
      process.stdout.write(USAGE);
      return Exit.ok;
    default:
      throw new UsageError(`there is no command ${JSON.stringify(command)}`);
  }
}
