import { expandBraces, PathPolicy, SECRET_NAMES } from '../../../workspace';
import { Denial } from '../../tool';

/**
 * The policy in git's own language, so that history shows no more than the files themselves: what is allowed, without
 * what is denied and without secret names.
 */
export function policyPathspecs(paths: PathPolicy): readonly string[] {
  return [
    ...paths.allow.flatMap(expandBraces).map((glob) => `:(glob)${wholePath(escapeBrackets(glob))}`),
    ...excluded(paths),
  ];
}

/**
 * The pathspecs for paths of a caller, which policy allows by their text. A folder may be named when all below it is
 * allowed; anything else is a file of exactly that name.
 *
 * @throws Denial
 */
export function namedPathspecs(paths: PathPolicy, names: readonly string[]): readonly string[] {
  return [...names.map((name) => {
    if (!mayNameInHistory(paths, name)) {
      throw new Denial('path.policy');
    }
    return coversFolder(paths, name)
      ? name === ''
        ? ':(glob)**'
        : `:(literal)${name}`
      : `:(glob)${wholePath(escapeGlob(name))}`;
  }), ...excluded(paths)];
}

/** Whether a path may be named: a file that is allowed or a folder all of which is. */
export function mayNameInHistory(paths: PathPolicy, name: string): boolean {
  return paths.allows(name) || coversFolder(paths, name);
}

/** Whether all that could stand below a folder is allowed, tried with names no glob has in mind. */
function coversFolder(paths: PathPolicy, folder: string): boolean {
  return [1, 2, 3, 8].every((depth) => {
    const below = Array.from({ length: depth }, () => '\u{10fffd}').join('/');
    return paths.allows(folder === '' ? below : `${folder}/${below}`);
  });
}

function excluded(paths: PathPolicy): readonly string[] {
  return [...paths.deny.flatMap(expandBraces).map(escapeBrackets), ...SECRET_NAMES.map((name) => `**/${name}`)]
    .map((glob) => glob.replace(/\/+$/, ''))
    .flatMap((glob) => [`:(exclude,glob,icase)${glob}`, `:(exclude,glob,icase)${glob}/**`]);
}

/** Git takes a pattern without a wildcard for a folder and all below it; a bracket makes it a name and nothing else. */
function wholePath(glob: string): string {
  if (/[*?]/.test(glob.replace(/\\./g, ''))) {
    return glob;
  }
  return glob.replace(/(\\?)([^\\])$/u, (_, escape: string, last: string) =>
    /[A-Za-z0-9]/.test(last) && escape === '' ? `[${last}]` : `[\\${last}]`,
  );
}

function escapeBrackets(glob: string): string {
  return glob.replace(/[[\]\\]/g, '\\$&');
}

function escapeGlob(path: string): string {
  return path.replace(/[*?[\]\\]/g, '\\$&');
}
