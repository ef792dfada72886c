import { Globs } from './glob';
import { isSecretName } from './secret-names';
import { isAscii, SPELLINGS } from './spelling';
import { ManifestPaths } from '../manifest/manifest';

/** Which paths below the root a tool may name. A path is relative, with `/` between segments. */
export class PathPolicy {
  /** @throws Error when a glob cannot be understood */
  public static of(paths: ManifestPaths): PathPolicy {
    return new PathPolicy(paths.allow, paths.deny ?? [], false);
  }

  /** For the gateway's own reads, such as the refs of `.git`: secret names are open. */
  public static internal(allow: readonly string[]): PathPolicy {
    return new PathPolicy(allow, [], true);
  }

  private readonly allowed: Globs;
  private readonly denied: readonly Globs[];
  private readonly denyIsAscii: boolean;

  private constructor(
    public readonly allow: readonly string[],
    public readonly deny: readonly string[],
    public readonly isInternal: boolean,
  ) {
    this.allowed = new Globs(allow);
    // Denied however it is spelt: on a volume that ignores case, SECRETS/ is secrets/.
    this.denied = SPELLINGS.map((spelling) => new Globs(deny, spelling));
    this.denyIsAscii = deny.every(isAscii);
  }

  /** Whether the path may be opened. */
  public allows(path: string): boolean {
    return this.allowed.matches(path) && !this.isClosed(path);
  }

  /** Whether a folder may be listed: it is allowed itself, or something allowed can stand below it. */
  public allowsFolder(path: string): boolean {
    return !this.isClosed(path) && (path === '' || this.allowed.matches(path) || this.allowed.reachesBelow(path));
  }

  private isClosed(path: string): boolean {
    if (!this.isInternal && path.split('/').some(isSecretName)) {
      return true;
    }
    // Plain letters have one spelling but for their case.
    const denied = this.denyIsAscii && isAscii(path) ? this.denied.slice(0, 1) : this.denied;
    // What a folder denies, it denies for all that is below it.
    return denied.some((globs) => globs.covers(path));
  }
}
