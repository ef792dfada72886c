import { ToolFailure } from '../../tool';

/** Turns a revision into the id of the commit it names. */
export type ResolveCommit = (revision: string) => Promise<string>;

/**
 * Revisions as object ids of commits: an id cannot be an option, and a tree or a file, which would show what the policy
 * closes, cannot be named.
 */
export async function resolveRevisions(revisions: readonly string[], resolve: ResolveCommit): Promise<string[]> {
  const resolved: string[] = [];
  for (const revision of revisions) {
    const range = /^(.*?)(\.{2,3})(.*)$/.exec(revision);
    if (range !== null) {
      const [, from, dots, to] = range;
      resolved.push(`${await resolve(from || 'HEAD')}${dots}${await resolve(to || 'HEAD')}`);
    } else if (revision.startsWith('^')) {
      resolved.push(`^${await resolve(revision.slice(1))}`);
    } else {
      resolved.push(await resolve(revision));
    }
  }
  return resolved;
}

/** @throws ToolFailure, with the revision as the caller wrote it */
export function noSuchRevision(revision: string): never {
  throw new ToolFailure(`there is no commit ${JSON.stringify(revision)} in the repository`);
}

/** Whether the text is an object id of SHA-1 or SHA-256. */
export function isId(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
