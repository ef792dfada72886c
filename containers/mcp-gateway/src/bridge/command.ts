import { parseArgs } from 'node:util';
import { Bridge } from './bridge';
import { TokenFile } from './token-file';
import { jsonEscaped } from '../invisible';

export const BRIDGE_USAGE = `usage: mcp-gateway bridge --url URL [--token-file FILE] [--timeout SECONDS]

Serves MCP on standard input and output and passes it on to the gateway at URL, for clients that only speak stdio.
The bearer token is read from FILE, and read again when the gateway rejects it. --timeout is how long the gateway may
send nothing while a request runs (default 660). Logs go to standard error.
`;

/** The parts of the process that the command uses. */
export interface BridgeProcess {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: { write(text: string): unknown };
  once(event: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
}

/** Runs `mcp-gateway bridge`. @returns the exit code, once the client has closed its end */
export async function bridgeCommand(argv: readonly string[], process_: BridgeProcess = process): Promise<number> {
  const log = (text: string): void => {
    process_.stderr.write(`mcp-gateway bridge: ${printable(text)}\n`);
  };
  let bridge: Bridge;
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        'url': { type: 'string' },
        'token-file': { type: 'string' },
        'timeout': { type: 'string' },
        'help': { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) {
      process_.stderr.write(BRIDGE_USAGE);
      return 0;
    }
    const token = values['token-file'] === undefined ? undefined : new TokenFile(values['token-file']);
    const options = { url: checkedUrl(values.url), token, ...checkedTimeout(values.timeout) };
    bridge = new Bridge(options, { input: process_.stdin, output: process_.stdout, log });
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    process_.stderr.write(`\n${BRIDGE_USAGE}`);
    return 2;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process_.once(signal, () => stop.abort());
  }
  // The client is gone.
  process_.stdout.on('error', () => stop.abort());
  await bridge.run(stop.signal);
  return 0;
}

function checkedUrl(text: string | undefined): URL {
  if (text === undefined) {
    throw new Error('--url is required: the address of the gateway, such as http://mcp-gateway:8811/mcp');
  }
  if (!URL.canParse(text)) {
    throw new Error('--url is not a URL; expected something like http://mcp-gateway:8811/mcp');
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`--url begins with ${url.protocol} (allowed: http:, https:)`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('--url contains a user name or password, which other processes can read; use --token-file');
  }
  return url;
}

function checkedTimeout(text: string | undefined): { readonly idleTimeoutMs?: number } {
  if (text === undefined) {
    return {};
  }
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 1 || seconds > 86_400) {
    throw new Error('--timeout must be a number of seconds from 1 to 86400');
  }
  return { idleTimeoutMs: seconds * 1000 };
}

/** Escapes control characters: text from the gateway must not drive the terminal. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, jsonEscaped).slice(0, 1000);
}
