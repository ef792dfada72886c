import { isOwnAddress } from './addresses';
import { listAt, numberAt, parseJson, textAt } from './loose-json';
import { ProgramAnswer, runProgram } from './run-program';
import { Examination } from '../examination';

/** The engine that the docker command talks to. */
export interface Engine {
  readonly version: string;
  /** Version of the Docker Desktop that it is part of. */
  readonly desktop?: string;
  readonly cpus?: number;
  readonly memoryMegabytes?: number;
  /** Folder in which it keeps volumes, on the engine's own machine. */
  readonly dataFolder?: string;
  /** Address of this machine on the engine's default bridge; undefined when this machine is not on it. */
  readonly bridge?: string;
  /** Time that it took to answer. */
  readonly seconds: number;
}

export type EngineAnswer =
  | { readonly kind: 'ready'; readonly engine: Engine }
  | { readonly kind: 'none'; readonly found: string; readonly fix: string };

/** A busy engine may take long; only one that says nothing at all is given up. */
export const ENGINE_SECONDS = 30;

/** Asks the engine what it is, once per examination. What needs it asks here first: a dead one costs one timeout. */
export function engineOf(examination: Examination): Promise<EngineAnswer> {
  return examination.once('engine', () =>
    examination.props.offline ? Promise.resolve(LEFT_OUT) : askEngine(examination),
  );
}

const LEFT_OUT: EngineAnswer = { kind: 'none', found: 'left out by --offline', fix: 'Run it without --offline.' };

async function askEngine({ props: { run, clock, isOwnAddress: isOwn } }: Examination): Promise<EngineAnswer> {
  const docker = (...words: string[]) => run('docker', words, { seconds: ENGINE_SECONDS });
  const began = clock();
  const answer = await docker('version', '--format', 'json');
  const seconds = (clock() - began) / 1000;
  const told = answer.kind === 'ended' ? parseJson(answer.out) : undefined;
  const version = textAt(told, 'Server', 'Version');
  if (version === undefined) {
    return { kind: 'none', ...silence(answer) };
  }
  const [info, bridge] = await Promise.all([docker('info', '--format', 'json'), bridgeAddress(run, isOwn)]);
  const facts = info.kind === 'ended' ? parseJson(info.out) : undefined;
  const [, desktop] = /^Docker Desktop (\S+)/.exec(textAt(told, 'Server', 'Platform', 'Name') ?? '') ?? [];
  const memory = numberAt(facts, 'MemTotal');
  return {
    kind: 'ready',
    engine: {
      version,
      desktop,
      cpus: numberAt(facts, 'NCPU'),
      memoryMegabytes: memory === undefined ? undefined : Math.floor(memory / 1024 / 1024),
      // of a virtual machine's folders this machine sees nothing
      dataFolder: textAt(facts, 'OperatingSystem') === 'Docker Desktop' ? undefined : textAt(facts, 'DockerRootDir'),
      bridge,
      seconds,
    },
  };
}

/**
 * Returns this machine's address on the engine's default bridge, by which containers on Linux reach the host. Undefined
 * when this machine is not on it: the engine is in a virtual machine, on another machine, or runs without root.
 */
export async function bridgeAddress(run: typeof runProgram, isOwn: typeof isOwnAddress): Promise<string | undefined> {
  const answer = await run('docker', ['network', 'inspect', 'bridge', '--format', '{{json .IPAM.Config}}'], {
    seconds: ENGINE_SECONDS,
  });
  const pools = answer.kind === 'ended' ? listAt({ pools: parseJson(answer.out) }, 'pools') : [];
  const [gateway] = pools.flatMap((pool) => textAt(pool, 'Gateway') ?? []);
  return gateway !== undefined && (await isOwn(gateway)) ? gateway : undefined;
}

/** Why no engine answers. A timeout is not taken for a missing program. */
function silence(answer: ProgramAnswer): { found: string; fix: string } {
  if (answer.kind === 'none') {
    return { found: answer.reason, fix: FIXES[answer.cause] };
  }
  const reason = firstLine(answer.err);
  return /permission denied/i.test(answer.err)
    ? {
      found: 'this user may not talk to the Docker engine',
      fix: 'Join the group "docker" and log in again (sudo usermod -aG docker "$USER"), or use a rootless engine.',
    }
    : {
      found: `no engine answers${reason === '' ? '' : `: ${reason}`}`,
      fix: 'Start it: Docker Desktop, or sudo systemctl start docker',
    };
}

const FIXES = {
  missing: 'Install Docker Engine or Docker Desktop.',
  timeout:
    'Docker is installed, but the engine is starting, busy or stuck. Try again in a minute.\n' +
    'If it still does not answer, restart it: Docker Desktop, or sudo systemctl restart docker',
  other: 'Run "docker version": it must show a server.',
};

/** The reason that a program gives for failing, as far as one line holds it. */
export function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0];
}
