import { randomBytes } from 'node:crypto';
import { composeServices } from './compose-file';
import { runningContainer } from './containers';
import { engineOf, firstLine } from './engine';
import { ProgramAnswer } from './run-program';
import { ServicePlan } from '../../plan/plan';
import { Examination } from '../examination';

export type InsideAnswer =
  | { readonly kind: 'ended'; readonly code: number; readonly out: string; readonly err: string }
  /** The program could not be run. */
  | { readonly kind: 'none'; readonly reason: string };

export interface InsideOptions {
  /** Network and mount options for `docker run`, if a container has to be started. Default: none. */
  readonly run?: readonly string[];
  /** Use a new container even if the service is running. */
  readonly fresh?: boolean;
  /** Text for stdin. */
  readonly input?: string;
}

/** Arguments by program. The first program that the image has is used. */
export type Commands = Readonly<Record<string, readonly string[]>>;

const SECONDS = 20;
/** Exit codes of Docker for programs that could not be started. */
const NOT_STARTED: readonly (number | null)[] = [125, 126, 127, null];

/**
 * Runs a program of the image of a service as its user: in the running container, otherwise in a temporary one that
 * shares nothing with the toolbox.
 */
export async function askInside(
  examination: Examination,
  service: ServicePlan,
  commands: Commands,
  options: InsideOptions = {},
): Promise<InsideAnswer> {
  const program = Object.keys(commands).find((name) => service.image.facts.healthTools.includes(name));
  if (program === undefined) {
    return { kind: 'none', reason: `the image of ${service.name} has no ${Object.keys(commands).join(' or ')}` };
  }
  const file = await composeServices(examination);
  const image = file.kind === 'file' ? file.services.find(({ name }) => name === service.name)?.image : undefined;
  if (image === undefined) {
    return { kind: 'none', reason: `the compose file has no ${service.name}` };
  }
  const engine = await engineOf(examination);
  if (engine.kind === 'none') {
    return { kind: 'none', reason: engine.found };
  }
  const container = options.fresh ? undefined : await runningContainer(examination, service.name);
  const command = [program, ...commands[program]];
  return judge(
    container === undefined
      ? await runOnce(examination, service, image, command, options)
      : await examination.props.run('docker', ['exec', ...interactive(options), container.id, ...command], {
        seconds: SECONDS,
        input: options.input,
      }),
    image,
  );
}

const CONFINED = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];

/** Runs a command in a temporary container. */
async function runOnce(
  { props: { run } }: Examination,
  { user }: ServicePlan,
  image: string,
  [program, ...args]: readonly string[],
  options: InsideOptions,
): Promise<ProgramAnswer> {
  const name = `toolbox-doctor-${randomBytes(6).toString('hex')}`;
  const words = [
    'run',
    '--rm',
    '--pull',
    'never',
    '--name',
    name,
    ...interactive(options),
    ...CONFINED,
    ...(options.run ?? ['--network', 'none']),
    ...(user === undefined ? [] : ['--user', `${user.uid}:${user.gid}`]),
    '--entrypoint',
    program,
    image,
    ...args,
  ];
  const answer = await run('docker', words, { seconds: SECONDS, input: options.input });
  if (answer.kind === 'none' && answer.cause === 'timeout') {
    // the container outlives the docker command
    await run('docker', ['rm', '--force', name]);
  }
  return answer;
}

function interactive({ input }: InsideOptions): string[] {
  return input === undefined ? [] : ['--interactive'];
}

function judge(answer: ProgramAnswer, image: string): InsideAnswer {
  if (answer.kind === 'none') {
    return { kind: 'none', reason: answer.reason };
  }
  if (/No such image/i.test(answer.err)) {
    return { kind: 'none', reason: `the image ${image} is not present` };
  }
  return NOT_STARTED.includes(answer.code)
    ? { kind: 'none', reason: `no container of ${image} could be started: ${firstLine(answer.err)}` }
    : { kind: 'ended', code: answer.code!, out: answer.out, err: answer.err };
}

/** Returns the options for a bind mount, with any characters in the path. */
export function bindOption(source: string, target: string, readOnly: boolean): string[] {
  const fields = ['type=bind', `source=${source}`, `target=${target}`, ...(readOnly ? ['readonly'] : [])];
  return [
    '--mount',
    fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(','),
  ];
}

const CURL_PROBLEMS: Readonly<Record<number, string>> = {
  6: 'its name cannot be resolved',
  7: 'the connection is refused',
  28: 'timeout',
  52: 'it closes the connection',
};

/** Describes an exit code of curl. Its output is not used, since its input may hold a secret. */
export function curlProblem(code: number): string {
  return CURL_PROBLEMS[code] ?? `curl ended with exit code ${code}`;
}
