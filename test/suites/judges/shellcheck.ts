import { Judge, Verdict } from './judge';
import { paths, Subjects } from './subjects';
import { Tools } from './tools';

interface Result {
  readonly code: number;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Shell scripts, with the parts that they read. */
export const SHELLCHECK: Judge = { linter: 'shellcheck', judge };

function judge(subjects: Subjects, tools: Tools): Verdict {
  const files = [
    ...subjects.shellScripts(),
    ...subjects.toolboxes.flatMap((project) => paths(project, /^compose\/.*\.sh$/)),
  ];
  const results = tools.json<readonly Result[]>('shellcheck', ['--format', 'json', ...files]);
  return {
    version: tools.run('shellcheck', ['--version'], [0]).stdout.match(/version: (\S+)/)?.[1] ?? '',
    files: files.length,
    findings: results.map(({ code, file, line, message }) => ({
      check: `SC${code}`,
      where: file,
      message: `line ${line}: ${message}`,
    })),
  };
}
