import { CannotJudge } from './cannot-judge';
import { Judge, Verdict } from './judge';
import { manifestFiles, Subjects, withoutHash } from './subjects';
import { Tools } from './tools';

interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

const BEST_GRADE = 10;
const FURTHER_CHECKS = ['container-seccomp-profile', 'container-ports-check'];

/** Good habits of manifests: what is not of the best grade is a finding, critical or not. */
export const KUBE_SCORE: Judge = { linter: 'kube-score', judge };

function judge({ toolboxes }: Subjects, tools: Tools): Verdict {
  const options = [
    '--kubernetes-version',
    'v1.28',
    '--output-format',
    'json',
    ...FURTHER_CHECKS.flatMap((check) => ['--enable-optional-test', check]),
  ];
  const scored = toolboxes.flatMap((project) =>
    tools.json<readonly Scored[]>('kube-score', ['score', ...options, ...manifestFiles(project)]),
  );
  if (scored.length === 0) {
    throw new CannotJudge('kube-score saw no object.');
  }
  const findings = scored.flatMap(({ type_meta: { kind }, object_meta: { name }, checks }) => (
    checks.filter(({ skipped, grade }) => !skipped && grade < BEST_GRADE).map(({ check, comments }) => ({
      check: check.id,
      where: `${kind} ${withoutHash(name)}`,
      message: (comments ?? []).map(({ path, summary }) => `${path}: ${summary}`).join('; '),
    }))));
  return { version: tools.moduleVersion('kube-score'), files: toolboxes.flatMap(manifestFiles).length, findings };
}
