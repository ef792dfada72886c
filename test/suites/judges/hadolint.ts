import { Judge, Verdict } from './judge';
import { Subjects } from './subjects';
import { Tools } from './tools';

interface Result {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Dockerfiles. */
export const HADOLINT: Judge = { linter: 'hadolint', judge };

function judge(subjects: Subjects, tools: Tools): Verdict {
  const files = subjects.repository(/(^|\/)Dockerfile$/);
  const results = tools.json<readonly Result[]>('hadolint', ['--format', 'json', ...files]);
  return {
    version: tools.run('hadolint', ['--version'], [0]).stdout.match(/\d+(\.\d+)+/)?.[0] ?? '',
    files: files.length,
    findings: results.map(({ code, file, line, message }) => ({
      check: code,
      where: file,
      message: `line ${line}: ${message}`,
    })),
  };
}
