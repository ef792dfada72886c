import { CannotJudge } from './cannot-judge';
import { Judge, Verdict } from './judge';
import { npmPackage } from './npm-package';
import { Subjects } from './subjects';
import { Tools } from './tools';

const PROBLEM = /^(.*?):(\d+)(?::\d+)? (?:error|warning) (MD\d+)\S* (.*)$/;

/** All Markdown, written by hand or generated, in the style of .markdownlint-cli2.jsonc. */
export const MARKDOWNLINT: Judge = { linter: 'markdownlint', judge };

function judge(subjects: Subjects, tools: Tools): Verdict {
  const { version, script } = npmPackage('markdownlint-cli2', 'markdownlint-cli2-bin.mjs');
  const files = subjects.repository(/\.md$/);
  const { stdout, stderr } = tools.run(process.execPath, [script, ...files.map((file) => `:${file}`)]);
  if (!stdout.includes(`Linting: ${files.length} file(s)`)) {
    throw new CannotJudge(`markdownlint did not look at all ${files.length} files: ${stdout}`);
  }
  const findings = stderr.split('\n').flatMap((text) => {
    const [, where, line, check, message] = PROBLEM.exec(text) ?? [];
    return check === undefined ? [] : [{ check, where, message: `line ${line}: ${message}` }];
  });
  return { version, files: files.length, findings };
}
