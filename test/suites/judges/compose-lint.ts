import { Judge, Verdict } from './judge';
import { composeFiles, Subjects } from './subjects';
import { Tools } from './tools';

interface Result {
  readonly tool: { readonly version: string };
  readonly findings: readonly {
    readonly rule_id: string;
    readonly service: string;
    readonly line: number;
    readonly message: string;
  }[];
}

/** Security of Compose files; each severity counts. */
export const COMPOSE_LINT: Judge = { linter: 'compose-lint', judge };

function judge(subjects: Subjects, tools: Tools): Verdict {
  const files = composeFiles(subjects.toolboxes);
  const results = files.map(({ file }) =>
    tools.json<Result>('compose-lint', ['check', '--format', 'json', '--fail-on', 'low', file]),
  );
  const findings = results
    .flatMap((result) => result.findings)
    .map(({ rule_id, service, line, message }) => ({
      check: rule_id,
      where: `service ${service}`,
      message: `line ${line}: ${message}`,
    }));
  return { version: results[0]?.tool.version ?? '', files: files.length, findings };
}
