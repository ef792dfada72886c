import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A revision that is not there, or a folder that is not in version control. */
export class RevisionError extends Error {}

/**
 * Lets the output folder be looked at as a revision of git has it, in a folder that is gone afterwards.
 *
 * @param root the project's folder.
 * @param outdir the output folder, relative to the project's.
 * @param revision a commit, branch or tag; its folder counts as empty when it has none.
 * @throws RevisionError when git knows no such revision.
 */
export function withOutputOf<T>(root: string, outdir: string, revision: string, use: (folder: string) => T): T {
  const commit = git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (commit === undefined) {
    throw new RevisionError(`git knows no revision ${JSON.stringify(revision)} here.`);
  }
  const scratch = mkdtempSync(join(tmpdir(), 'toolbox-'));
  try {
    mkdirSync(join(scratch, outdir), { recursive: true });
    if (git(root, 'cat-file', '-e', `${commit}:./${outdir}`) !== undefined) {
      extract(root, outdir, commit, scratch);
    }
    return use(join(scratch, outdir));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function extract(root: string, outdir: string, commit: string, scratch: string): void {
  const archive = join(scratch, 'output.tar');
  const unpacked = git(root, 'archive', '--format=tar', `--output=${archive}`, commit, '--', outdir) !== undefined
    && spawnSync('tar', ['-xf', archive, '-C', scratch], { stdio: 'ignore' }).status === 0;
  if (!unpacked) {
    throw new RevisionError(`${outdir} of the revision ${commit} could not be unpacked.`);
  }
}

/** Returns the output of git; undefined if it fails. */
function git(root: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : undefined;
}
