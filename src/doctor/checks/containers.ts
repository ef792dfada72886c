import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { ServicePlan } from '../../plan/plan';
import { shellLine } from '../../targets/shell-word';
import { Examination, Examiner, Result } from '../examination';
import { neededServices, workstationServices } from '../facts';
import { composeLine, startLine } from '../machine/compose-file';
import { Container, containersOf } from '../machine/containers';
import { ENGINE_SECONDS, firstLine } from '../machine/engine';

const EXPECTED = 'running, healthy, and made from the files as they are now';

/** Whether services run, are healthy, belong to this folder, and have the configuration that the files have now. */
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
  const logs = `Its log says why: ${composeLine(examination, 'logs', name)}`;
  if (!isSameFolder(container.folder, folder)) {
    return [
      failure(
        `it belongs to the toolbox of ${container.folder}`,
        'Stop that one, or give this folder a project of its own: ' +
          `echo ${shellLine(`COMPOSE_PROJECT_NAME=${plan.name}-2`)} >> ${shellLine(`${folder}/.env`)}`,
      ),
    ];
  }
  switch (container.status) {
    case 'running':
      break;
    case 'paused':
      return [failure('it is paused, and does not answer', `Resume it: ${composeLine(examination, 'unpause', name)}`)];
    case 'created':
      return [failure('it was created, and did not start', `Start it, and read what is said: ${start}`)];
    case 'exited':
      return [ended(container, lifecycle, facts, start, logs)];
    default:
      return [failure(`its state is "${container.status}"`, logs)];
  }
  const problems = [
    ...(container.health === 'unhealthy' ? [failure('it runs and is unhealthy', logs)] : []),
    ...(typeof stale !== 'string' && stale.has(container.name)
      ? [
        failure(
          'it runs with an older configuration: files, secrets or the image have changed since it started',
          `Put them in force: ${start}`,
        ),
      ]
      : []),
    ...(container.health === 'starting'
      ? [{ ...facts, status: 'not-checked' as const, found: 'it is starting, and its health is not known yet' }]
      : []),
  ];
  return problems.length > 0
    ? problems
    : [{ ...facts, status: 'ok', found: container.health === 'healthy' ? 'running and healthy' : 'running' }];
}

/** Judges a container that has ended. The engine restarts a long-running service that crashes: it was stopped. */
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
      found: 'it was killed: it used more memory than its limit',
      fix: 'Give it more memory in the model.',
    };
  }
  if (lifecycle === 'long-running') {
    return { ...facts, status: 'not-checked', found: `stopped (exit code ${exitCode})`, fix: `Start it: ${start}` };
  }
  return exitCode === 0
    ? { ...facts, status: 'ok', found: 'it has done its work' }
    : { ...facts, status: 'failure', found: `it ended with exit code ${exitCode}`, fix: logs };
}

/**
 * Returns the names of the containers that Compose would replace, or why it cannot say. Only Compose knows what it
 * compares, so a dry run asks it.
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
    const reason = answer.kind === 'none' ? answer.reason : `Compose says "${firstLine(answer.err)}"`;
    return `whether they have the current configuration: ${reason}`;
  }
  return new Set([...`${answer.out}\n${answer.err}`.matchAll(/Container (\S+)\s+Recreate\b/g)].map(([, name]) => name));
}

/** Compose notes the folder as it was given, perhaps by a link. */
function isSameFolder(noted: string, folder: string): boolean {
  try {
    return noted === folder || realpathSync(noted) === realpathSync(folder);
  } catch {
    return false;
  }
}
