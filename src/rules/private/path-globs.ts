/**
 * Returns whether a glob of a tool policy matches a path or a folder above it, as in `containers/mcp-gateway`:
 * `*` and `?` within a segment, `**` as a segment, `{a,b}`.
 */
export function globCovers(globs: readonly string[], path: string): boolean {
  const segments = path.split('/');
  // denying a folder denies everything below it
  return segments.some((_, index) => globMatches(globs, segments.slice(0, index + 1).join('/'), 'i'));
}

/** Returns whether one of the globs matches the path itself. */
export function globMatches(globs: readonly string[], path: string, flags = ''): boolean {
  return globs.flatMap(alternatives).some((glob) => new RegExp(`^${pattern(glob)}$`, `s${flags}`).test(path));
}

function pattern(glob: string): string {
  const segments = glob
    .replace(/\/$/, '')
    .split('/')
    .filter((one, index, all) => one !== '**' || all[index + 1] !== '**');
  return segments.map((segment, index) => {
    const last = index === segments.length - 1;
    if (segment !== '**') {
      return `${escaped(segment)}${last || isFolderToo(segments, index) ? '' : '/'}`;
    }
    if (!last) {
      return '(?:.*/)?';
    }
    return isFolderToo(segments, index - 1) ? '(?:/.*)?' : '.*';
  }).join('');
}

/** Returns whether `a/**` matches `a` too. Not after a segment that ends in a wildcard. */
function isFolderToo(segments: readonly string[], index: number): boolean {
  const segment = segments[index];
  return (
    segment !== undefined && index === segments.length - 2 && segments[index + 1] === '**' && !segment.endsWith('*')
  );
}

function escaped(segment: string): string {
  return segment.replace(/[\\^$.|+()[\]{}]/g, '\\$&').replace(/\*+/g, '[^/]*').replace(/\?/g, '[^/]');
}

/** Expands `a{b,c}` to `ab` and `ac`, innermost braces first. */
function alternatives(glob: string): string[] {
  const pair = /\{([^{}]*,[^{}]*)\}/.exec(glob);
  if (pair === null) {
    return [glob];
  }
  const [before, after] = [glob.slice(0, pair.index), glob.slice(pair.index + pair[0].length)];
  return pair[1]!.split(',').flatMap((one) => alternatives(`${before}${one}${after}`));
}
