/**
 * The globs of a tool policy, as the gateway of `containers/mcp-gateway` reads them: `*` and `?` within a segment, `**`
 * as a segment of its own, `{a,b}`.
 */
export function globCovers(globs: readonly string[], path: string): boolean {
  const segments = path.split('/');
  // Denying a folder denies all that is below it.
  return segments.some((_, index) => globMatches(globs, segments.slice(0, index + 1).join('/'), 'i'));
}

/** Whether one of the globs stands for the path itself. */
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

/** `a/**` is `a` as well; after a segment that ends in a wildcard, `**` is only what stands in a folder. */
function isFolderToo(segments: readonly string[], index: number): boolean {
  const segment = segments[index];
  return (
    segment !== undefined && index === segments.length - 2 && segments[index + 1] === '**' && !segment.endsWith('*')
  );
}

function escaped(segment: string): string {
  return segment.replace(/[\\^$.|+()[\]{}]/g, '\\$&').replace(/\*+/g, '[^/]*').replace(/\?/g, '[^/]');
}

/** `a{b,c}` as `ab` and `ac`, innermost first. */
function alternatives(glob: string): string[] {
  const pair = /\{([^{}]*,[^{}]*)\}/.exec(glob);
  if (pair === null) {
    return [glob];
  }
  const [before, after] = [glob.slice(0, pair.index), glob.slice(pair.index + pair[0].length)];
  return pair[1]!.split(',').flatMap((one) => alternatives(`${before}${one}${after}`));
}
