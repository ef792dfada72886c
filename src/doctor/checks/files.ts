import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Plan } from '../../plan/plan';
import { COMPOSE_FOLDER, composeFileName } from '../../targets/layout';
import { lazy } from '../../util/lazy';
import { Examiner, Result } from '../examination';

const compose = lazy(() => require('../../targets/compose') as typeof import('../../targets/compose'));

/** A file of the output folder that Compose reads or mounts. */
interface ExpectedFile {
  /** Relative to the output folder. */
  readonly path: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

type Problem = Pick<Result, 'status' | 'found' | 'fix'>;

/**
 * Checks that the compose file and mounted configuration files match the model or the approval, and that the users of
 * services can read them.
 */
export const files: Examiner = {
  examine({ props: { plan, root, composeFile, platform } }) {
    const folder = resolve(root, plan.outdir);
    const subject = relative(root, composeFile).split(sep).join('/');
    const stage = stageOf(folder, composeFile);
    const expected = `as ${stage === 'approved' ? 'approved' : 'generated'}, and readable by every service`;
    if (stage === undefined) {
      return [{ subject: composeFile, status: 'not-checked', found: `not a file of ${plan.outdir}`, expected }];
    }
    const due = expectedFiles(plan, stage);
    if (due === undefined) {
      return [{ subject, status: 'not-checked', found: 'there is no approval to compare with', expected }];
    }
    const problems = due.flatMap((file): Result[] => {
      const problem = problemOf(folder, file, stage, platform);
      return problem === undefined ? [] : [{ subject: `${plan.outdir}/${file.path}`, expected, ...problem }];
    });
    return problems.length > 0
      ? problems
      : [
        {
          subject,
          status: 'ok',
          found: due.length === 1 ? 'as expected' : `as expected, with ${due.length - 1} configuration files`,
          expected,
        },
      ];
  },
};

function stageOf(folder: string, composeFile: string): Plan['stage'] | undefined {
  return (['approved', 'draft'] as const).find(
    (stage) => join(folder, COMPOSE_FOLDER, composeFileName({ stage })) === composeFile,
  );
}

/** Renders the Compose draft only: other targets are not needed here. */
function expectedFiles(plan: Plan, stage: Plan['stage']): ExpectedFile[] | undefined {
  if (plan.stage === stage) {
    return compose().renderCompose(plan).files.map(({ path, content }) => ({ path, digest: digestOf(content) }));
  }
  return plan.gate.approval?.files?.filter(({ path }) => path.startsWith(`${COMPOSE_FOLDER}/`));
}

function problemOf(
  folder: string,
  { path, digest }: ExpectedFile,
  stage: Plan['stage'],
  platform: string,
): Problem | undefined {
  const file = join(folder, path);
  const restore =
    stage === 'approved'
      ? 'Restore the approved file from version control, or approve the current model.'
      : 'Run: npx toolbox-constructs synth';
  try {
    if (!lstatSync(file).isFile()) {
      return { status: 'failure', found: 'it is not a regular file', fix: restore };
    }
    if (digestOf(readFileSync(file)) !== digest) {
      return { status: 'failure', found: 'its content differs', fix: restore };
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { status: 'failure', found: code === 'ENOENT' ? 'missing' : `it cannot be read: ${code}`, fix: restore };
  }
  // file sharing of Docker Desktop ignores user ids
  const closed =
    platform === 'linux' && path.includes('/', COMPOSE_FOLDER.length + 1) ? closedPart(folder, file) : undefined;
  return closed === undefined
    ? undefined
    : {
      status: 'failure',
      found: `${relative(folder, closed) || '.'} is not readable by other users`,
      fix: `Run: chmod -R o+rX ${join(folder, COMPOSE_FOLDER)}`,
    };
}

/** Returns the file or parent folder that other users cannot read, for example because of a strict umask. */
function closedPart(folder: string, file: string): string | undefined {
  for (let path = file; path.startsWith(folder); path = dirname(path)) {
    const others = statSync(path).mode % 0o10;
    if (path === file ? others < 0o4 : others % 2 === 0) {
      return path;
    }
  }
  return undefined;
}

function digestOf(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
