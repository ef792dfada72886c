import { Judge, Verdict } from './judge';
import { paths, Subjects } from './subjects';
import { Tools } from './tools';

const PROBLEM = /^(.*):(\d+):\d+: \[\w+\] (.*) \(([\w-]+)\)$/;
const SYNTAX_ERROR = /^(.*):(\d+):\d+: \[error\] (.*)$/;

/** All YAML, of the repository and of generated files, in the style of .yamllint.yaml. */
export const YAMLLINT: Judge = { linter: 'yamllint', judge };

function judge(subjects: Subjects, tools: Tools): Verdict {
  const files = [
    ...subjects.repository(/\.ya?ml$/),
    ...subjects.toolboxes.flatMap((project) => paths(project, /\.ya?ml$/)),
  ];
  const { stdout } = tools.run(
    'yamllint',
    ['--strict', '--format', 'parsable', '--config-file', '.yamllint.yaml', ...files],
    [0, 1, 2],
  );
  return {
    version: tools.run('yamllint', ['--version'], [0]).stdout.replace('yamllint', '').trim(),
    files: files.length,
    findings: stdout.split('\n').filter((line) => line !== '').map(finding),
  };
}

function finding(text: string): Verdict['findings'][number] {
  const [, where, line, message, check] = PROBLEM.exec(text) ?? SYNTAX_ERROR.exec(text) ?? [undefined, text, '0', text];
  return { check: check ?? 'syntax', where, message: `line ${line}: ${message}` };
}
