import { answerOf } from './answer';
import { optionArguments } from './parameters';
import { Program } from './program';
import { runProcess } from './run-process';
import { CommandRunner, RunnerOptions } from './runner';
import { environmentOf, Stage } from './stage';
import { readTemplate } from './template';

/** Runs a program on files that the wall has opened. */
export function createProgramRunner(
  program: Program,
  file: string,
  { spec, environment, paths }: RunnerOptions,
): CommandRunner {
  const template = readTemplate(spec, spec.argv.slice(1), program, program.name);
  const folder = spec.workingDirectory ?? '';
  return {
    files: template.files,
    mayName: (path) => paths.allows(path),
    run: async (values, signal) => {
      const stage = await Stage.create();
      try {
        const names: string[] = [];
        for (const path of values.texts(template.files)) {
          const opened = await environment.workspace.openFile(path, { paths, maxBytes: spec.limits.maxInputBytes });
          names.push(await stage.add(opened, folder));
        }
        const args = [
          ...program.always,
          ...optionArguments(template.options, values),
          ...values.texts(template.patterns).flatMap((pattern) => [program.pattern ?? '-e', pattern]),
          '--',
          ...names,
        ];
        const outcome = await runProcess({
          file,
          args,
          cwd: await stage.workingDirectory(folder),
          env: environmentOf(stage.folder),
          descriptors: stage.descriptors,
          maxOutputBytes: spec.limits.maxOutputBytes,
          signal,
        });
        return await answerOf(outcome, program.answers, { maxOutputBytes: spec.limits.maxOutputBytes, signal });
      } finally {
        await stage.close();
      }
    },
  };
}
