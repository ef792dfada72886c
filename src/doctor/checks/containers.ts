import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { ServicePlan } from '../../plan/plan';
import { shellLine } from '../../targets/host-commands';
import { Examination, Examiner, Result } from '../examination';
import { neededServices, workstationServices } from '../facts';
import { composeLine, startLine } from '../machine/compose-file';
import { Container, containersOf } from '../machine/containers';
import { ENGINE_SECONDS, firstLine } from '../machine/engine';

const EXPECTED = 'running, healthy and up to date with the generated files';

/** Checks that services run, are healthy, belong to this folder and use the current configuration. */
export const containers: Examiner = {
  async examine(examination) {
    const answer = await containersOf(examination);
    if (answer.kind === 'none') {
      return [{ subject: '', status: 'not-checked', found: answer.reason, expected: EXPECTED }];
    }
    const needed = neededServices(examination.props.plan);
    const stale = await staleOf(
      examination,
      answer.containers.filter(({ status }) => status === 'running'),
    );
    const results = await Promise.all(
      workstationServices(examination.props.plan).map(async (service): Promise<Result[]> => {
        const own = answer.containers.filter((container) => container.service === service.name);
        if (own.length > 0) {
          return (await Promise.all(own.map((container) => judge(examination, service, container, stale)))).flat();
        }
        return needed.has(service.name) && service.lifecycle === 'long-running'
          ? [await absent(examination, service.name)]
          : [];
      }),
    );
    return [
      ...results.flat(),
      ...(typeof stale === 'string'
        ? [{ subject: '', status: 'not-checked' as const, found: stale, expected: EXPECTED }]
        : []),
    ];
  },
};

async function absent(examination: Examination, name: string): Promise<Result> {
  return {
    subject: name,
    status: 'not-checked',
    found: 'not started',
    expected: EXPECTED,
    fix: `Start it: ${await startLine(examination, name)}`,
  };
}

async function judge(
  examination: Examination,
  { name, lifecycle }: ServicePlan,
  container: Container,
  stale: ReadonlySet<string> | string,
): Promise<Result[]> {
  const facts = { subject: name, expected: EXPECTED };
  const failure = (found: string, fix: string): Result => ({ ...facts, status: 'failure', found, fix });
  const { plan, composeFile } = examination.props;
  const folder = dirname(composeFile);
  const start = await startLine(examination, name);
  const logs = `Read its log: ${composeLine(examination, 'logs', name)}`;
  if (!isSameFolder(container.folder, folder)) {
    return [
      failure(
        `the container belongs to the toolbox in ${container.folder}`,
        'Stop that toolbox, or set another project name here: ' +
          `echo ${shellLine(`COMPOSE_PROJECT_NAME=${plan.name}-2`)} >> ${shellLine(`${folder}/.env`)}`,
      ),
    ];
  }
  switch (container.status) {
    case 'running':
      return judgeRunning(container, stale, facts, start, logs);
    case 'paused':
      return [failure('it is paused', `Resume it: ${composeLine(examination, 'unpause', name)}`)];
    case 'created':
      return [failure('it was created but not started', `Start it and read the output: ${start}`)];
    case 'exited':
      return [ended(container, lifecycle, facts, start, logs)];
    default:
      return [failure(`its state is "${container.status}"`, logs)];
  }
}

/** Checks a running container. */
function judgeRunning(
  { name, health }: Container,
  stale: ReadonlySet<string> | string,
  facts: Pick<Result, 'subject' | 'expected'>,
  start: string,
  logs: string,
): Result[] {
  const failure = (found: string, fix: string): Result => ({ ...facts, status: 'failure', found, fix });
  const isStale = typeof stale !== 'string' && stale.has(name);
  const problems: Result[] = [
    ...(health === 'unhealthy' ? [failure('it is running but unhealthy', logs)] : []),
    ...(isStale
      ? [failure(
        'its configuration is outdated: files, secrets or the image changed after it started',
        `Apply the changes: ${start}`,
      )]
      : []),
    ...(health === 'starting'
      ? [{ ...facts, status: 'not-checked' as const, found: 'it is starting; its health is unknown' }]
      : []),
  ];
  return problems.length > 0
    ? problems
    : [{ ...facts, status: 'ok', found: health === 'healthy' ? 'running and healthy' : 'running' }];
}

/** Checks an exited container. The engine restarts crashed long-running services, so an exited one was stopped. */
function ended(
  { exitCode, outOfMemory }: Container,
  lifecycle: ServicePlan['lifecycle'],
  facts: Pick<Result, 'subject' | 'expected'>,
  start: string,
  logs: string,
): Result {
  if (outOfMemory) {
    return {
      ...facts,
      status: 'failure',
      found: 'it was killed for exceeding its memory limit',
      fix: 'Raise its memory limit in the model.',
    };
  }
  if (lifecycle === 'long-running') {
    return { ...facts, status: 'not-checked', found: `stopped (exit code ${exitCode})`, fix: `Start it: ${start}` };
  }
  return exitCode === 0
    ? { ...facts, status: 'ok', found: 'completed' }
    : { ...facts, status: 'failure', found: `it exited with code ${exitCode}`, fix: logs };
}

/**
 * Returns the containers that Compose would replace, or why that is unknown. Uses a dry run: only Compose knows which
 * differences matter.
 */
async function staleOf(
  { props: { run, composeFile } }: Examination,
  running: readonly Container[],
): Promise<ReadonlySet<string> | string> {
  if (running.length === 0) {
    return new Set();
  }
  const services = [...new Set(running.map(({ service }) => service))];
  const words = [
    'compose',
    '--file',
    composeFile,
    '--progress',
    'plain',
    '--dry-run',
    'up',
    '--detach',
    '--no-deps',
    '--no-build',
    '--pull',
    'never',
    ...services,
  ];
  const answer = await run('docker', words, { seconds: ENGINE_SECONDS });
  if (answer.kind === 'none' || answer.code !== 0) {
    const reason = answer.kind === 'none' ? answer.reason : `Compose reports "${firstLine(answer.err)}"`;
    return `cannot compare their configuration: ${reason}`;
  }
  return new Set([...`${answer.out}\n${answer.err}`.matchAll(/Container (\S+)\s+Recreate\b/g)].map(([, name]) => name));
}

/** Compose records the folder as given, which may be a symbolic link. */
function isSameFolder(noted: string, folder: string): boolean {
  try {
    return noted === folder || realpathSync(noted) === realpathSync(folder);
  } catch {
    return false;
  }
}
