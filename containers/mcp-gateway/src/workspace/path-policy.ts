import picomatch from 'picomatch';
import { SECRET_NAMES } from './secret-names';
import { ManifestPaths } from '../manifest/manifest';

type Match = (text: string) => boolean;

/** `*`, `**`, `?` and `{a,b}`, as the manifest's schema says: no negation, no brackets, no extended globs. */
const GLOB_OPTIONS: picomatch.PicomatchOptions = { dot: true, nonegate: true, noext: true, nobracket: true, windows: false };

/** A name may hold a line feed, and a wildcard that stopped there would let it past what is denied. */
const EXACT_CASE: picomatch.PicomatchOptions = { ...GLOB_OPTIONS, flags: 's' };
const ANY_CASE: picomatch.PicomatchOptions = { ...GLOB_OPTIONS, flags: 'si' };

const isSecretName = picomatch([...SECRET_NAMES], ANY_CASE);

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

  private readonly isAllowed: Match;
  private readonly isDenied: Match;
  private readonly ancestors: readonly (readonly Match[])[];

  private constructor(public readonly allow: readonly string[], public readonly deny: readonly string[], private readonly secretsOpen: boolean) {
    const allowed = allow.map(withoutSlash);
    this.isAllowed = anyOf(allowed, EXACT_CASE);
    // Denied in any letter case: on a volume that ignores case, SECRETS/ is secrets/.
    this.isDenied = anyOf(deny.map(withoutSlash), ANY_CASE);
    this.ancestors = allowed.map(ancestorMatchers);
  }

  /** Whether the path may be opened. */
  public allows(path: string): boolean {
    return this.isAllowed(path) && !this.isClosed(path);
  }

  /** Whether a folder may be listed: it is allowed itself, or something allowed can stand below it. */
  public allowsFolder(path: string): boolean {
    if (this.isClosed(path)) {
      return false;
    }
    if (path === '' || this.isAllowed(path)) {
      return true;
    }
    const segments = path.split('/');
    return this.ancestors.some(matchers => {
      for (const [index, segment] of segments.entries()) {
        const matcher = matchers[index];
        if (matcher === undefined) {
          return false;
        }
        if (matcher === anyDepth) {
          return true;
        }
        if (!matcher(segment)) {
          return false;
        }
      }
      return matchers.length > segments.length;
    });
  }

  private isClosed(path: string): boolean {
    const segments = path.split('/');
    if (!this.secretsOpen && segments.some(segment => isSecretName(segment))) {
      return true;
    }
    // What a folder denies, it denies for all that is below it.
    return segments.some((_, index) => this.isDenied(segments.slice(0, index + 1).join('/')));
  }
}

const anyDepth: Match = () => true;

/** A slash at the end says that a folder is meant, and is no segment of its own. */
function withoutSlash(glob: string): string {
  return glob.replace(/\/$/, '');
}

function anyOf(globs: readonly string[], options: picomatch.PicomatchOptions): Match {
  const matchers = globs.map(glob => picomatch(glob, options));
  return path => matchers.some(matcher => matcher(path));
}

/** One matcher a segment, for the folders above what the glob allows. */
function ancestorMatchers(glob: string): readonly Match[] {
  const matchers: Match[] = [];
  for (const segment of glob.split('/')) {
    const open = segment.split('{').length !== segment.split('}').length;
    if (open || segment.includes('**')) {
      // Alternatives that span segments are rare; from there on, folder names are shown and the files still judged.
      return [...matchers, anyDepth];
    }
    matchers.push(picomatch(segment, EXACT_CASE) as Match);
  }
  return matchers;
}
