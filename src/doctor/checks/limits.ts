import { Examination, Examiner, Result } from '../examination';
import { neededServices } from '../facts';
import { ComposeService, composeServices } from '../machine/compose-file';
import { Engine, engineOf } from '../machine/engine';

/**
 * Checks the limits of services against the engine. It refuses to start containers with more CPUs than it has. It
 * accepts more memory, but then kills the service before the limit is reached.
 */
export const limits: Examiner = {
  async examine(examination) {
    const [file, answer] = await Promise.all([composeServices(examination), engineOf(examination)]);
    if (file.kind === 'none' || answer.kind === 'none' || answer.engine.cpus === undefined) {
      return [];
    }
    const { engine } = answer;
    const problems = file.services.flatMap((service) => [
      ...cpuProblem(examination, engine, service),
      ...memoryProblem(engine, service),
    ]);
    return problems.length > 0
      ? problems
      : [{ subject: '', status: 'ok', found: sizeOf(engine), expected: 'enough for the limits of all services' }];
  },
};

function cpuProblem(
  { props: { plan } }: Examination,
  engine: Engine,
  { name, cpus, profiles }: ComposeService,
): Result[] {
  if (cpus === undefined || cpus <= engine.cpus!) {
    return [];
  }
  const isNeeded = neededServices(plan).has(name);
  const consequence = isNeeded
    ? 'the engine refuses to start it'
    : `the engine refuses to start the profile ${profiles.join(', ')}`;
  return [
    {
      subject: name,
      status: isNeeded ? 'failure' : 'warning',
      found: `the engine has ${cpusOf(engine)}: ${consequence}`,
      expected: `${cpus} CPUs, the limit of the service`,
      fix:
        `Set at most resources: { cpu: Cpu.cores(${engine.cpus}), ... } in the model, ` +
        'then run: npx toolbox-constructs synth\n' +
        'The settings of Docker Desktop can assign more CPUs.',
    },
  ];
}

function memoryProblem(engine: Engine, { name, memoryMegabytes }: ComposeService): Result[] {
  return memoryMegabytes === undefined ||
    engine.memoryMegabytes === undefined ||
    memoryMegabytes <= engine.memoryMegabytes
    ? []
    : [
      {
        subject: name,
        status: 'warning',
        found: `the engine has ${gibibytes(engine.memoryMegabytes)} GiB: the service is killed below its limit`,
        expected: `${gibibytes(memoryMegabytes)} GiB of memory, the limit of the service`,
        fix: 'Reduce the limit in the model, or assign more memory to Docker Desktop.',
      },
    ];
}

function sizeOf(engine: Engine): string {
  const memory = engine.memoryMegabytes === undefined ? '' : ` and ${gibibytes(engine.memoryMegabytes)} GiB of memory`;
  return `the engine has ${cpusOf(engine)}${memory}`;
}

function cpusOf({ cpus }: Engine): string {
  return `${cpus} CPU${cpus === 1 ? '' : 's'}`;
}

function gibibytes(megabytes: number): string {
  return (megabytes / 1024).toFixed(1);
}
