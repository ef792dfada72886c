import { didYouMean, list } from '../../../manifest/nearest';
import { bundled } from '../../bundled';
import { ToolFailure } from '../../tool';
import { answerOf } from '../answer';
import { optionArguments, Values } from '../parameters';
import { runProcess } from '../run-process';
import { CommandRunner, RunnerOptions } from '../runner';
import { Stage } from '../stage';
import { readTemplate } from '../template';
import { mayNameInHistory, namedPathspecs, policyPathspecs } from './pathspecs';
import { isId, noSuchRevision, resolveRevisions } from './revisions';
import { openShadow, ShadowRepository } from './shadow';
import { STARTING_POINTS, SUBCOMMANDS } from './subcommands';

/** Before the command: no pager, and names as they are. */
const GLOBAL_OPTIONS = ['--no-pager', '-c', 'core.quotePath=false'];

const RESOLVE_BYTES = 256;

/** Runs a git command on a shadow of the workspace's repository. */
export function createGitRunner(git: string, { spec, environment, paths }: RunnerOptions): CommandRunner {
  const [, name] = spec.argv;
  const command = typeof name === 'string' && Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (typeof name !== 'string' || command === undefined) {
    const given = typeof name === 'string' ? name : 'a parameter';
    throw new Error(
      `tool ${spec.name}: git ${given} is not offered: the command comes first, and only those that read history.`
      + `${didYouMean(given, Object.keys(SUBCOMMANDS))} Offered: ${list(Object.keys(SUBCOMMANDS))}`);
  }
  if (spec.gitHistory !== true) {
    throw new Error(`tool ${spec.name}: git runs only with "gitHistory": true,`
      + ' on a shadow of the repository that leaves its configuration and hooks out');
  }
  const template = readTemplate(spec, spec.argv.slice(2), command, `git ${name}`);
  const reader = bundled('git-reader.cjs');
  const startsByOption = template.options.some((option) => STARTING_POINTS.includes(option.name));

  const argumentsOf = async (values: Values, resolve: (revision: string) => Promise<string>): Promise<string[]> => {
    const given = values.texts(template.revisions);
    const wanted = given.length === 0 && command.revisions === true && !startsByOption ? ['HEAD'] : given;
    const revisions = await resolveRevisions(wanted, resolve);
    if (name === 'diff' && revisions.length < 2 && !revisions.some((revision) => revision.includes('..'))) {
      throw new ToolFailure('diff compares two commits: give two revisions or a range, such as HEAD~1..HEAD');
    }
    const files = values.texts(template.files).map((path) => environment.workspace.parse(path).relative);
    const exact = name === 'blame';
    const pathspecs = exact ? files : files.length > 0 ? namedPathspecs(paths, files) : policyPathspecs(paths);
    return [
      ...GLOBAL_OPTIONS,
      name,
      ...command.always,
      ...optionArguments(template.options, values),
      ...values.texts(template.patterns).flatMap((pattern) => ['-e', pattern]),
      ...revisions,
      ...(command.showsFiles ? ['--', ...pathspecs] : []),
    ];
  };

  return {
    files: template.files,
    mayName: (path) => (name === 'blame' ? paths.allows(path) : mayNameInHistory(paths, path)),
    run: async (values, signal) => {
      const stage = await Stage.create();
      let shadow: ShadowRepository | undefined;
      try {
        shadow = await openShadow({ workspace: environment.workspace, reader, folder: stage.folder, signal });
        const base = { ...shadow.process, file: git, signal };
        const resolve = async (revision: string): Promise<string> => {
          const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
          const { stdout, exitCode } = await runProcess({ ...base, args, maxOutputBytes: RESOLVE_BYTES });
          const id = stdout.toString('utf8').trim();
          return exitCode === 0 && isId(id) ? id : noSuchRevision(revision);
        };
        const { maxOutputBytes } = spec.limits;
        const outcome = await runProcess({ ...base, args: await argumentsOf(values, resolve), maxOutputBytes });
        return await answerOf(outcome, command.answers, { maxOutputBytes, signal });
      } finally {
        await shadow?.close();
        await stage.close();
      }
    },
  };
}
