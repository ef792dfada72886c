import { CannotJudge } from './cannot-judge';
import { Judge, Verdict } from './judge';
import { composeFiles, manifestFiles, Subjects, withoutHash } from './subjects';
import { Tools } from './tools';

interface Failed {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  readonly resource: string;
}

/** A framework that made no check at all says so in other words. */
type Result = Summary | { readonly results: { readonly failed_checks: readonly Failed[] }; readonly summary: Summary };

interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly parsing_errors: number;
}

/**
 * Policies for manifests and Dockerfiles, and a search for secrets in the Compose files, for which it has no policies.
 */
export const CHECKOV: Judge = { linter: 'checkov', judge };

function judge(subjects: Subjects, tools: Tools): Verdict {
  const dockerfiles = subjects.repository(/(^|\/)Dockerfile$/);
  const manifests = subjects.toolboxes.flatMap(manifestFiles);
  const composed = composeFiles(subjects.toolboxes).map(({ file }) => file);
  const findings = [
    ...failed(tools, 'dockerfile', dockerfiles).map((one) => finding(one, one.file_path.replace(/^\//, ''))),
    ...failed(tools, 'kubernetes', manifests).map((one) => finding(one, objectOf(one.resource))),
    ...failed(tools, 'secrets', composed, 0).map((one) => finding(one, one.file_path.replace(/^.*\//, ''))),
  ];
  return {
    version: tools.run('checkov', ['--version'], [0]).stdout.trim(),
    files: dockerfiles.length + manifests.length + composed.length,
    findings,
  };
}

/** @throws CannotJudge when fewer checks were made than there are files: it skips in silence what it cannot read. */
function failed(
  tools: Tools,
  framework: string,
  files: readonly string[],
  leastChecks = files.length,
): readonly Failed[] {
  const options = ['--skip-download', '--quiet', '--compact', '--output', 'json', '--framework', framework];
  const result = tools.json<Result>('checkov', [...options, ...files.flatMap((file) => ['--file', file])]);
  const { passed, failed: refused, parsing_errors: unread } = 'summary' in result ? result.summary : result;
  if (unread > 0 || passed + refused < leastChecks) {
    throw new CannotJudge(
      `checkov made ${passed + refused} checks of ${files.length} files, and could not read ${unread}.`,
    );
  }
  return 'results' in result ? result.results.failed_checks : [];
}

function finding({ check_id, check_name }: Failed, where: string): Verdict['findings'][number] {
  return { check: check_id, where, message: check_name };
}

/** It names an object by kind, namespace and name. */
function objectOf(resource: string): string {
  const [kind, , ...name] = resource.split('.');
  return `${kind} ${withoutHash(name.join('.'))}`;
}
