import { Examination, Examiner, Result } from '../examination';
import { neededServices } from '../facts';
import { ComposeService, composeServices } from '../machine/compose-file';
import { Engine, engineOf } from '../machine/engine';

/**
 * Whether the engine has what services may use. It refuses to start a container with more CPUs than it has. It accepts
 * more memory, and the service is then killed before it reaches its limit.
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
      : [{ subject: '', status: 'ok', found: sizeOf(engine), expected: 'the limits of every service' }];
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
      expected: `${cpus} CPUs, its limit`,
      fix:
        `Give it at most ${engine.cpus} in the model, resources: { cpu: Cpu.cores(${engine.cpus}), ... }, ` +
        'then: npx toolbox-constructs synth\n' +
        'Docker Desktop can be given more CPUs in its settings.',
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
        found: `the engine has ${gibibytes(engine.memoryMegabytes)} GiB: it is killed before it reaches its limit`,
        expected: `${gibibytes(memoryMegabytes)} GiB of memory, its limit`,
        fix: 'Give it less memory in the model of the toolbox, or give Docker Desktop more.',
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
