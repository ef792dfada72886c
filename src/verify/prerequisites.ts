import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { bridgeAddress, isOwnAddress, parseJson, ProgramAnswer, runProgram, textAt } from '../doctor';
import { ToolVersion } from '../model/evidence';
import { interpolationFiles } from '../plan/env-files';
import { CheckPlan, PrerequisitePlan, Plan } from '../plan/plan';
import { unreachableRegistry } from '../registry/unreachable-registry';
import type { ComposeFacts } from '../targets/docs/check-command';

/** Whether the prerequisites of a check are met. */
export type PrerequisiteAnswer =
  /** Met, with these versions. */
  | { readonly met: true; readonly tools: readonly ToolVersion[] }
  | { readonly met: false; readonly reason: string; readonly fix: string };

const CONNECT_MS = 3_000;
/** Addresses instead of a name, so that no resolver is involved. */
const LOOPBACKS = ['127.0.0.1', '::1'];
const UNKNOWN = 'unknown';

/** Checks prerequisites on this machine, each once. */
export class PrerequisiteProber {
  private readonly answers = new Map<string, Promise<PrerequisiteAnswer>>();

  constructor(
    private readonly plan: Pick<Plan, 'hostServices' | 'pins'>,
    private readonly run: typeof runProgram = runProgram,
  ) {}

  /** Returns the versions of all prerequisites, or the first missing one. */
  public async ask(prerequisites: readonly PrerequisitePlan[]): Promise<PrerequisiteAnswer> {
    const answers = await Promise.all(prerequisites.map((need) => this.answer(need)));
    const unmet = answers.find((answer) => !answer.met);
    return unmet ?? { met: true, tools: answers.flatMap((answer) => (answer.met ? answer.tools : [])) };
  }

  private answer(need: PrerequisitePlan): Promise<PrerequisiteAnswer> {
    const key = JSON.stringify(need);
    const answer = this.answers.get(key) ?? this.look(need);
    this.answers.set(key, answer);
    return answer;
  }

  private look(need: PrerequisitePlan): Promise<PrerequisiteAnswer> {
    switch (need.kind) {
      case 'engine':
        return this.engine();
      case 'cluster':
        return this.cluster();
      case 'registry':
        return this.registry();
      case 'program':
        return this.program(need.name);
      case 'host-service':
        return this.hostService(need.name);
      default:
        return unknownNeed(need);
    }
  }

  private async engine(): Promise<PrerequisiteAnswer> {
    const [answer, compose] = await Promise.all([
      this.run('docker', ['version', '--format', 'json']),
      this.run('docker', ['compose', 'version', '--short']),
    ]);
    const version = textAt(parsed(answer), 'Server', 'Version');
    if (version === undefined) {
      return missing(
        `the Docker engine does not answer${why(answer)}`,
        'Start Docker; "docker version" must show a server.',
      );
    }
    if (compose.kind !== 'ended' || compose.code !== 0) {
      return missing(
        `the Compose plugin does not answer${why(compose)}`,
        'Install the Compose plugin; "docker compose version" must answer.',
      );
    }
    return met(['docker', version], ['docker compose', versionIn(compose)]);
  }

  private async cluster(): Promise<PrerequisiteAnswer> {
    const answer = await this.run('kubectl', ['version', '--output', 'json', '--request-timeout', '5s']);
    const server = textAt(parsed(answer), 'serverVersion', 'gitVersion');
    if (server === undefined) {
      return missing(
        `kubectl cannot reach a cluster${why(answer)}`,
        'Start one, or choose it with KUBECONFIG; "kubectl version" must show a server.',
      );
    }
    return met(['kubectl', textAt(parsed(answer), 'clientVersion', 'gitVersion') ?? UNKNOWN], ['kubernetes', server]);
  }

  private async registry(): Promise<PrerequisiteAnswer> {
    const problem = await unreachableRegistry(this.plan.pins);
    return problem === undefined
      ? met()
      : missing(problem, 'Run it with access to the registries. For a proxy, see "toolbox pins --help".');
  }

  private async program(name: string): Promise<PrerequisiteAnswer> {
    const answer = await this.run(name, ['--version'], { seconds: 5 });
    // a program without a version counts as present
    return answer.kind === 'none' && answer.cause === 'missing'
      ? missing(answer.reason, `Install ${name}, or add its folder to the PATH.`)
      : met([name, versionIn(answer)]);
  }

  private async hostService(name: string): Promise<PrerequisiteAnswer> {
    const service = this.plan.hostServices.find((candidate) => candidate.name === name);
    if (service === undefined) {
      return missing(`the model has no host service ${name}`, 'Remove the prerequisite, or add the host service.');
    }
    const connected = await Promise.all(LOOPBACKS.map((host) => accepts(host, service.port)));
    // on Linux it may listen on the bridge only
    const bridge = connected.includes(true) ? undefined : await bridgeAddress(this.run, isOwnAddress);
    const isThere = connected.includes(true) || (bridge !== undefined && (await accepts(bridge, service.port)));
    return isThere
      ? met()
      : missing(`nothing listens on port ${service.port}: ${name}`, `Start ${name} on this machine.`);
  }
}

/**
 * Checks that the files are there from which Compose reads variables and secrets. It refuses every command without
 * one; a command of a shell may call it.
 */
export function askVariableFiles(
  plan: ComposeFacts,
  { command }: Pick<CheckPlan, 'command'>,
  root: string,
): PrerequisiteAnswer {
  const callsCompose = command.kind === 'compose' || /\bcompose\b/.test(command.line);
  const file = callsCompose ? interpolationFiles(plan).find((one) => !existsSync(join(root, one))) : undefined;
  return file === undefined
    ? met()
    : missing(
      `${file} is missing, from which Compose reads parameters and secrets`,
      `Copy ${plan.outdir}/compose/${file}.example to ${file}, and fill in the values.`,
    );
}

function unknownNeed(need: never): Promise<PrerequisiteAnswer> {
  const { kind } = need as { kind?: unknown };
  return Promise.resolve(
    missing(
      `unknown kind of prerequisite: ${String(kind)}`,
      'Use one version of toolbox-constructs for the app and the command.',
    ),
  );
}

function met(...tools: readonly (readonly [string, string])[]): PrerequisiteAnswer {
  return { met: true, tools: tools.map(([name, version]) => ({ name, version })) };
}

function missing(reason: string, fix: string): PrerequisiteAnswer {
  return { met: false, reason, fix };
}

function parsed(answer: ProgramAnswer): unknown {
  return answer.kind === 'ended' ? parseJson(answer.out) : undefined;
}

/** Returns the first line of the error, as the end of a sentence. */
function why(answer: ProgramAnswer): string {
  const [reason] = answer.kind === 'none' ? [answer.reason] : answer.err.trim().split('\n', 1);
  return reason === '' ? '' : `: ${reason}`;
}

/** Extracts the version from the output of a program. */
function versionIn(answer: ProgramAnswer): string {
  if (answer.kind === 'none') { return UNKNOWN; }
  const [line] = (answer.out.trim() || answer.err.trim()).split('\n', 1);
  return /v?\d+(?:\.\d+)+[\w.+-]*/.exec(line)?.[0] ?? UNKNOWN;
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.setTimeout(CONNECT_MS, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
