import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { headFile, lockFile, rotatedName } from './files';
import { Manifest } from '../manifest/manifest';
import { PathPolicy } from '../workspace';

/** A file system, or a part of it, at a path. */
interface MountPoint {
  /** Identifies the file system. */
  readonly device: string;
  /** Folder of the file system that is shown. */
  readonly root: string;
  /** Where it is shown. */
  readonly at: string;
}

/**
 * Checks that no tool may open the audit log. The log may lie in the workspace, or in a volume that is mounted as the
 * workspace too, if every tool is denied its files there: a client that reads the log learns what other clients do.
 *
 * @param mountInfo as `/proc/self/mountinfo` has it
 * @throws Error naming each tool, and what to deny to it
 */
export function checkAuditPlace(
  { audit, workspace, tools }: Pick<Manifest, 'audit' | 'workspace' | 'tools'>,
  mountInfo = readMountInfo(),
): void {
  const problems = shownIn(workspace.root, dirname(audit.path), mountsOf(mountInfo)).flatMap((folder) => {
    const log = join(folder, basename(audit.path));
    const files = [log, headFile(log), lockFile(log), rotatedName(log, 1)];
    return tools
      .filter(({ paths = { allow: ['**'] } }) => files.some((file) => PathPolicy.of(paths).allows(file)))
      .map(
        ({ name }) =>
          `tool "${name}" may read the audit log, which is ${log} in the workspace; deny it "${log}*", or keep the ` +
          'log elsewhere',
      );
  });
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
}

function readMountInfo(): string {
  return readFileSync('/proc/self/mountinfo', 'utf8');
}

/** Paths below the workspace by which a folder is reached, however many mounts show it. */
function shownIn(workspace: string, folder: string, mounts: readonly MountPoint[]): string[] {
  const [root, real] = [realPath(workspace), realPath(folder)];
  if (root === undefined || real === undefined) {
    // The start fails for what is missing.
    return [];
  }
  const target = placeOf(real, mounts);
  const own = placeOf(root, mounts);
  const below = mounts.filter(({ at }) => at !== root && beneath(at, root) !== undefined);
  const shown = [{ ...own, at: root }, ...below].flatMap((mount) => {
    const path = mount.device === target.device ? beneath(target.root, mount.root) : undefined;
    return path === undefined ? [] : [relative(root, join(mount.at, path))];
  });
  return [...new Set(shown)];
}

/** Where a path is in its file system. */
function placeOf(path: string, mounts: readonly MountPoint[]): Pick<MountPoint, 'device' | 'root'> {
  // Of two mounts at one place, the later one is seen.
  const mount = mounts.reduce<MountPoint | undefined>((best, each) => (
    beneath(path, each.at) !== undefined && each.at.length >= (best?.at.length ?? 0) ? each : best), undefined);
  return mount === undefined
    ? { device: '', root: path }
    : { device: mount.device, root: join(mount.root, beneath(path, mount.at) ?? '') };
}

/** What follows the folder in the path; undefined when the path is not in it. */
function beneath(path: string, folder: string): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path === folder ? '' : path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** Source: proc_pid_mountinfo(5). */
function mountsOf(mountInfo: string): MountPoint[] {
  return mountInfo.split('\n').filter((line) => line !== '').map((line) => {
    const [, , device = '', root = '', at = ''] = line.split(' ').map(unescaped);
    return { device, root, at };
  });
}

/** Blanks, tabs, line feeds and backslashes are written in octal. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
