import { Denial } from '../tools/tool';

/** Longest path accepted, in bytes: Linux' PATH_MAX. */
export const MAX_PATH_BYTES = 4096;

/** Most folders on the way to a file. */
export const MAX_PATH_DEPTH = 256;

/** A path argument once its text is judged: relative to the workspace, without empty, `.` and `..` segments. */
export interface PathText {
  readonly segments: readonly string[];
  /** Segments joined by `/`; empty for the root. */
  readonly relative: string;
  /** The text ended in a slash, so only a folder will do. */
  readonly folderOnly: boolean;
}

/**
 * Judges the text of a path. Nothing is decoded, expanded or normalised beyond slashes and `.`: the bytes that are
 * judged are the bytes that are opened.
 *
 * @param roots names of the workspace root an absolute path may begin with
 * @throws Denial for a text that cannot name something below the root
 */
export function parsePath(text: string, roots: readonly string[] = []): PathText {
  if (text.includes('\0')) {
    throw new Denial('path.nul');
  }
  if (!isWellFormed(text)) {
    throw new Denial('path.encoding');
  }
  if (Buffer.byteLength(text) > MAX_PATH_BYTES) {
    throw new Denial('path.length');
  }
  // A separator for some clients and a letter for the kernel: the two readings must never meet.
  if (text.includes('\\')) {
    throw new Denial('path.backslash');
  }
  const below = text.startsWith('/') ? withoutRoot(text, roots) : text;
  const segments = below.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) {
    throw new Denial('path.parent');
  }
  if (segments.length > MAX_PATH_DEPTH) {
    throw new Denial('path.depth');
  }
  return { segments, relative: segments.join('/'), folderOnly: /(^|\/)\.?$/.test(below) };
}

/** No lone surrogates: such a text has no UTF-8 form, and two of them would become the same bytes. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** The text of an absolute path below one of the roots; undefined when it is not there. */
export function belowRoot(absolute: string, root: string): string | undefined {
  if (absolute === root) {
    return '';
  }
  return absolute.startsWith(`${root}/`) ? absolute.slice(root.length + 1) : undefined;
}

function withoutRoot(text: string, roots: readonly string[]): string {
  for (const root of roots) {
    const below = belowRoot(text, root);
    if (below !== undefined) {
      return below.replace(/^\/+/, '');
    }
  }
  throw new Denial('path.absolute');
}
