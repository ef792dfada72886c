import { ManifestCommandTool } from '../../manifest/manifest';
import { didYouMean, list } from '../../manifest/nearest';
import { parsePath, PathPolicy } from '../../workspace';
import { ToolEnvironment } from '../environment';
import { Decision, Denial, Tool } from '../tool';
import { createGitRunner } from './git';
import { inputOf, Values } from './parameters';
import { locate } from './program';
import { createProgramRunner } from './program-runner';
import { INSTEAD, PROGRAMS } from './programs';
import { CommandRunner, RunnerOptions } from './runner';

/** The programs a manifest may name. */
export const COMMAND_PROGRAMS: readonly string[] = ['git', ...PROGRAMS.map(({ name }) => name)].sort();

/**
 * Makes a command tool of the manifest ready to be called.
 *
 * @throws Error when the template names a program or an option that cannot be offered safely
 */
export function createCommandTool(spec: ManifestCommandTool, environment: ToolEnvironment): Tool {
  if (spec.writes === true && environment.access === 'read-only') {
    throw new Error(
      `tool ${spec.name}: "writes" is set and the workspace is read-only; remove "writes" or mount the workspace ` +
      'read-write',
    );
  }
  const input = inputOf(spec);
  const runner = runnerFor({ spec, environment, paths: PathPolicy.of(spec.paths ?? { allow: ['**'] }) });
  checkLiterals(spec, runner);
  return {
    spec,
    description: spec.description,
    input,
    annotations: {
      readOnlyHint: spec.writes !== true,
      destructiveHint: spec.writes === true,
      idempotentHint: spec.writes !== true,
      openWorldHint: false,
    },
    decide: (args) => {
      const parsed = input.safeParse(args);
      return parsed.success
        ? decide(runner, new Values(parsed.data), environment)
        : { allowed: false, rule: 'arguments' };
    },
    call: async (args, { signal }) => {
      const values = new Values(input.parse(args));
      const decision = decide(runner, values, environment);
      if (!decision.allowed) {
        throw new Denial(decision.rule);
      }
      return runner.run(values, signal);
    },
  };
}

function runnerFor(options: RunnerOptions): CommandRunner {
  const { spec } = options;
  const [name] = spec.argv;
  const known = PROGRAMS.find((program) => program.name === name);
  if (typeof name !== 'string' || (known === undefined && name !== 'git')) {
    const given = typeof name === 'string' ? name : 'a parameter';
    const instead = Object.hasOwn(INSTEAD, given) ? ` Use ${INSTEAD[given]}.` : didYouMean(given, COMMAND_PROGRAMS);
    throw new Error(
      `tool ${spec.name}: the program ${JSON.stringify(given)} is not offered.${instead} Offered: ` +
      `${list(COMMAND_PROGRAMS)}`,
    );
  }
  const file = locate(name);
  const runner =
    known === undefined ? createGitRunner(file ?? '', options) : createProgramRunner(known, file ?? '', options);
  if (file === undefined) {
    throw new Error(`tool ${spec.name}: ${name} is not installed here; add it to the image or remove the tool`);
  }
  return runner;
}

/** A path that is written in the template is judged when the gateway starts. */
function checkLiterals(spec: ManifestCommandTool, runner: CommandRunner): void {
  for (const part of runner.files) {
    if ('literal' in part && !isNameable(runner, part.literal)) {
      throw new Error(
        `tool ${spec.name}: the file ${JSON.stringify(part.literal)} is not one its "paths" allow, relative to the ` +
        'workspace',
      );
    }
    if (spec.paths === undefined) {
      throw new Error(`tool ${spec.name}: it names files, so "paths" is required: the files that it may read`);
    }
  }
}

function isNameable(runner: CommandRunner, path: string): boolean {
  try {
    return runner.mayName(parsePath(path).relative);
  } catch {
    return false;
  }
}

function decide(runner: CommandRunner, values: Values, environment: ToolEnvironment): Decision {
  try {
    const relative = values.texts(runner.files).map((path) => environment.workspace.parse(path).relative);
    return relative.some((path) => !runner.mayName(path)) ? { allowed: false, rule: 'path.policy' } : { allowed: true };
  } catch (error) {
    if (error instanceof Denial) {
      return { allowed: false, rule: error.rule };
    }
    throw error;
  }
}
