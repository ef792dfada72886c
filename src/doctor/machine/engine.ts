import { isOwnAddress } from './addresses';
import { listAt, numberAt, parseJson, textAt } from './loose-json';
import { ProgramAnswer, runProgram } from './run-program';
import { Examination } from '../examination';

/** The engine of the docker command. */
export interface Engine {
  readonly version: string;
  /** Version of Docker Desktop, if the engine is part of it. */
  readonly desktop?: string;
  readonly cpus?: number;
  readonly memoryMegabytes?: number;
  /** Data folder on the machine of the engine. */
  readonly dataFolder?: string;
  /** Address of this machine on the default bridge; undefined if this machine is not on it. */
  readonly bridge?: string;
  /** Response time. */
  readonly seconds: number;
}

export type EngineAnswer =
  | { readonly kind: 'ready'; readonly engine: Engine }
  | { readonly kind: 'none'; readonly found: string; readonly fix: string };

/** Timeout of engine commands in seconds. A busy engine may be slow. */
export const ENGINE_SECONDS = 30;

/** Queries the engine once per examination, so that a dead engine costs one timeout. */
export function engineOf(examination: Examination): Promise<EngineAnswer> {
  return examination.once('engine', () =>
    examination.props.offline ? Promise.resolve(LEFT_OUT) : askEngine(examination),
  );
}

const LEFT_OUT: EngineAnswer = { kind: 'none', found: 'skipped by --offline', fix: 'Run it without --offline.' };

async function askEngine({ props: { run, clock, isOwnAddress: isOwn } }: Examination): Promise<EngineAnswer> {
  const docker = (...words: string[]) => run('docker', words, { seconds: ENGINE_SECONDS });
  const began = clock();
  const answer = await docker('version', '--format', 'json');
  const seconds = (clock() - began) / 1000;
  const parsed = answer.kind === 'ended' ? parseJson(answer.out) : undefined;
  const version = textAt(parsed, 'Server', 'Version');
  if (version === undefined) {
    return { kind: 'none', ...silence(answer) };
  }
  const [info, bridge] = await Promise.all([docker('info', '--format', 'json'), bridgeAddress(run, isOwn)]);
  const facts = info.kind === 'ended' ? parseJson(info.out) : undefined;
  const [, desktop] = /^Docker Desktop (\S+)/.exec(textAt(parsed, 'Server', 'Platform', 'Name') ?? '') ?? [];
  const memory = numberAt(facts, 'MemTotal');
  return {
    kind: 'ready',
    engine: {
      version,
      desktop,
      cpus: numberAt(facts, 'NCPU'),
      memoryMegabytes: memory === undefined ? undefined : Math.floor(memory / 1024 / 1024),
      // folders of the virtual machine are not visible here
      dataFolder: textAt(facts, 'OperatingSystem') === 'Docker Desktop' ? undefined : textAt(facts, 'DockerRootDir'),
      bridge,
      seconds,
    },
  };
}

/**
 * Returns the address of this machine on the default bridge, by which containers on Linux reach the host. Undefined if
 * the engine is in a virtual machine, on another machine, or rootless.
 */
export async function bridgeAddress(run: typeof runProgram, isOwn: typeof isOwnAddress): Promise<string | undefined> {
  const answer = await run('docker', ['network', 'inspect', 'bridge', '--format', '{{json .IPAM.Config}}'], {
    seconds: ENGINE_SECONDS,
  });
  const pools = answer.kind === 'ended' ? listAt({ pools: parseJson(answer.out) }, 'pools') : [];
  const [gateway] = pools.flatMap((pool) => textAt(pool, 'Gateway') ?? []);
  return gateway !== undefined && (await isOwn(gateway)) ? gateway : undefined;
}

/** Returns why no engine answers. Distinguishes a timeout from a missing program. */
function silence(answer: ProgramAnswer): { found: string; fix: string } {
  if (answer.kind === 'none') {
    return { found: answer.reason, fix: FIXES[answer.cause] };
  }
  const reason = firstLine(answer.err);
  return /permission denied/i.test(answer.err)
    ? {
      found: 'this user may not access the Docker engine',
      fix: 'Join the group "docker" and log in again (sudo usermod -aG docker "$USER"), or use a rootless engine.',
    }
    : {
      found: `the engine does not answer${reason === '' ? '' : `: ${reason}`}`,
      fix: 'Start it: Docker Desktop, or sudo systemctl start docker',
    };
}

const FIXES = {
  missing: 'Install Docker Engine or Docker Desktop.',
  timeout:
    'The engine is starting, busy or stuck. Try again in a minute.\n' +
    'Otherwise restart it: Docker Desktop, or sudo systemctl restart docker',
  other: 'Run "docker version": it must show a server.',
};

/** Returns the first line of an error output. */
export function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0];
}
