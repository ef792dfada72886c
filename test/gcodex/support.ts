import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const REPOSITORY = join(__dirname, '..', '..');

// what gcodex may use beside Docker; on a machine with a Docker of its own, PATH must not find that one
const TOOLS = [
  'awk',
  'basename',
  'cat',
  'chown',
  'cksum',
  'cut',
  'dirname',
  'find',
  'grep',
  'head',
  'id',
  'ln',
  'ls',
  'mkdir',
  'readlink',
  'rm',
  'rmdir',
  'sed',
  'sh',
  'sort',
  'tr',
];

/**
 * No test waits half a second for nothing; with FAKE_IMPATIENT the limit of a long wait is reached once Docker hangs.
 */
const SLEEP = `#!/bin/sh
case $1 in
  0.*) [ -z "\${FAKE_SLOW_UP-}" ] || exec "$(command -pv sleep)" "$1" ;;
  *)
    [ -n "\${FAKE_IMPATIENT-}" ] || exec "$(command -pv sleep)" "$1"
    until [ -e "$FAKE_STATE/hangs" ]; do "$(command -pv sleep)" 0.1; done
    ;;
esac
`;

const COMPOSE = `name: 'garvis'
services:
  codex-cli:
    image: 'garvis/codex-cli:0.42.0'
    build:
      context: '../../containers'
    depends_on:
      host-relay:
        condition: 'service_healthy'
    volumes:
      - type: 'bind'
        source: './config/codex-cli/config.toml'
        target: '/home/coder/.codex/config.toml'
      - type: 'bind'
        source: '../../shared'
        target: '/workspace'
    env_file:
      - path: '../../.env.local'
        required: false
  host-relay:
    image: 'haproxy:3.0.11'
    healthcheck:
      test:
        - 'CMD'
        - 'relay-check'
      interval: '10s'
  mcp-gateway:
    image: 'garvis/mcp-gateway:0.1.0'
    build:
      context: '../../containers/mcp-gateway'
    volumes:
      - type: 'bind'
        source: '../../other'
        target: '/workspace'
    healthcheck:
      test:
        - 'CMD'
        - 'mcp-gateway'
        - '--health-check'
      interval: '15s'
    stop_grace_period: '20s'
    security_opt:
      - 'no-new-privileges:true'
networks:
  toolbox-host: {}
  toolbox-mcp:
    driver_opts:
      com.docker.network.bridge.inhibit_ipv4: 'true'
    internal: true
    labels:
      any: 'label'
`;

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** The program as it is called. */
  readonly program?: string;
  /** Give it a terminal, as a person would. */
  readonly terminal?: boolean;
}

/** A toolbox in a folder of its own, with everything there, and a Docker that only notes what it is asked. */
export class FakeToolbox {
  public readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'gcodex-')));
  public readonly program = join(this.root, 'bin', 'gcodex');
  public readonly draft = join(this.root, 'dist', 'compose', 'docker-compose.draft.yml');
  public readonly workspace = join(this.root, 'shared');
  public readonly envFile = join(this.root, '.env.local');
  private readonly path = join(this.root, 'path');
  private readonly containers = join(this.root, 'containers');

  constructor() {
    cpSync(join(REPOSITORY, 'bin'), join(this.root, 'bin'), { recursive: true });
    mkdirSync(join(this.root, 'dist', 'compose', 'config'), { recursive: true });
    writeFileSync(this.draft, COMPOSE);
    writeFileSync(`${join(this.root, 'dist', 'compose', '.env.local')}.example`, '# the token\nGARVIS_MCP_TOKEN=\n');
    writeFileSync(this.envFile, 'GARVIS_MCP_TOKEN=not-a-secret\n', { mode: 0o600 });
    mkdirSync(this.workspace, { mode: 0o755 });
    mkdirSync(this.path);
    for (const tool of TOOLS) {
      symlinkSync(locate(tool), join(this.path, tool));
    }
    writeFileSync(join(this.path, 'sleep'), SLEEP, { mode: 0o755 });
    writeFileSync(this.containers, '');
    copyFileSync(join(__dirname, 'fake-docker.sh'), join(this.path, 'docker'));
    chmodSync(join(this.path, 'docker'), 0o755);
  }

  /** Adds variables with these values to the service, as lines of the compose file. */
  public addEnvironment(...values: readonly string[]): void {
    const lines = values.map((value, index) => `      V${index}: ${value}\n`);
    const content = readFileSync(this.draft, 'utf8');
    writeFileSync(this.draft, content.replace('    volumes:\n', `    environment:\n${lines.join('')}    volumes:\n`));
  }

  public run(args: readonly string[], options: RunOptions = {}): Result {
    const program = options.program ?? this.program;
    const [command, commandArgs] = options.terminal
      ? [
        locate('script'),
        ['--quiet', '--return', '--command', [program, ...args].map((word) => `'${word}'`).join(' '), '/dev/null'],
      ]
      : [program, args];
    const { status, stdout, stderr, error } = spawnSync(command, commandArgs, {
      cwd: options.cwd ?? this.root,
      env: this.env(options),
      encoding: 'utf8',
      input: options.terminal ? undefined : '',
    });
    if (error !== undefined) {
      throw error;
    }
    return { code: status, stdout, stderr };
  }

  /** Runs it beside others. */
  public async start(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    const child = spawn(options.program ?? this.program, args, {
      cwd: options.cwd ?? this.root,
      env: this.env(options),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const result = { stdout: '', stderr: '' };
    child.stdout.on('data', (data) => {
      result.stdout += data;
    });
    child.stderr.on('data', (data) => {
      result.stderr += data;
    });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, ...result };
  }

  /** What Docker was asked, in order. */
  public calls(): string[][] {
    const file = join(this.root, 'calls');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      : [];
  }

  /** What runs in the container: the words after the service, of the last `compose run`. */
  public inContainer(): string[] | undefined {
    const call = this.runCall();
    return call?.slice(call.indexOf('codex-cli') + 1);
  }

  /** Options of the last `compose run`. */
  public runOptions(): string[] | undefined {
    const call = this.runCall();
    return call?.slice(call.indexOf('run') + 1, call.indexOf('codex-cli'));
  }

  /** The services of the last `compose up`. */
  public broughtUp(): string[] | undefined {
    const call = this.calls()
      .reverse()
      .find((one) => one.includes('up'));
    return call?.slice(call.indexOf('--no-build') + 1);
  }

  /** What the stack has when gcodex comes. */
  public has(
    service: string,
    { state = 'Up 5 minutes (healthy)', oneOff = false, folder = join(this.root, 'dist', 'compose') } = {},
  ): void {
    appendFileSync(
      this.containers,
      `${[service, oneOff ? 'True' : 'False', state, `old-${service}`, folder].join('\t')}\n`,
    );
  }

  /** Everything that gcodex starts is there. */
  public gatewayRuns(): void {
    this.has('host-relay');
    this.has('mcp-gateway');
  }

  /** Takes all containers away, and what Docker was asked. */
  public forget(): void {
    writeFileSync(this.containers, '');
    rmSync(join(this.root, 'calls'), { force: true });
  }

  public withoutDocker(): void {
    rmSync(join(this.path, 'docker'));
  }

  public remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private env({ env }: RunOptions): NodeJS.ProcessEnv {
    return { PATH: this.path, HOME: this.root, SHELL: '/bin/sh', TMPDIR: this.root, FAKE_STATE: this.root, ...env };
  }

  private runCall(): string[] | undefined {
    return this.calls()
      .reverse()
      .find((call) => call[0] === 'compose' && call.includes('run'));
  }
}

function locate(tool: string): string {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, tool))
    .find((file) => existsSync(file));
  if (found === undefined) {
    throw new Error(`${tool} is not installed, and the test needs it.`);
  }
  return found;
}
