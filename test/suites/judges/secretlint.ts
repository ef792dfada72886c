import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { CannotJudge } from './cannot-judge';
import { Judge, Verdict } from './judge';
import { npmPackage } from './npm-package';
import { Subjects } from './subjects';
import { Tools } from './tools';

interface Result {
  readonly filePath: string;
  readonly messages: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly loc: { readonly start: { readonly line: number } };
  }[];
}

/** Every file of the repository, dist/ too, and the files that approval will bring. */
export const SECRETLINT: Judge = { linter: 'secretlint', judge };

function judge(subjects: Subjects, tools: Tools): Verdict {
  const { version, script } = npmPackage('secretlint', 'bin/secretlint.js');
  // it takes no file from outside the folder it runs in, and passes over its own configuration
  const folders = [
    { folder: resolve('.'), files: subjects.repository(/^(?!\.secretlintrc\.json$)/) },
    ...subjects.toolboxes.map((project) => ({
      folder: project.folder,
      files: project.files.map((file) => join('dist', file)),
    })),
  ];
  const options = [resolve(script), '--format', 'json', '--no-glob', '--secretlintrc', resolve('.secretlintrc.json')];
  const findings = folders.flatMap(({ folder, files }) => {
    // what it prints is cut off where a pipe is full
    const output = join(subjects.scratch, 'secretlint.json');
    tools.run(process.execPath, [...options, '--output', output, ...files], [0, 1], folder);
    const results = JSON.parse(readFileSync(output, 'utf8')) as readonly Result[];
    if (results.length !== files.length) {
      throw new CannotJudge(`secretlint looked at ${results.length} of ${files.length} files.`);
    }
    return results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, message, loc }) => (
      { check: ruleId, where: relative(folder, filePath), message: `line ${loc.start.line}: ${message}` })));
  });
  return { version, files: folders.flatMap(({ files }) => files).length, findings };
}
