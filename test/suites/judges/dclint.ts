import { CannotJudge } from './cannot-judge';
import { Judge, Verdict } from './judge';
import { npmPackage } from './npm-package';
import { composeFiles, Subjects } from './subjects';
import { Tools } from './tools';

interface Result {
  readonly messages: readonly { readonly rule: string; readonly line: number; readonly message: string }[];
}

/** Form and good habits of Compose files. */
export const DCLINT: Judge = { linter: 'dclint', judge };

function judge(subjects: Subjects, tools: Tools): Verdict {
  const { version, script } = npmPackage('dclint', 'bin/dclint.cjs');
  const files = composeFiles([...subjects.toolboxes, ...subjects.trials]);
  const findings = files.flatMap(({ project, file }) => {
    const results = tools.json<readonly Result[]>(process.execPath, [script, '--formatter', 'json', file]);
    if (results.length !== 1) {
      throw new CannotJudge(`dclint did not look at ${file}.`);
    }
    return results[0].messages.map(({ rule, line, message }) => ({
      check: rule,
      where: project.title,
      message: `line ${line}: ${message}`,
    }));
  });
  return { version, files: files.length, findings };
}
