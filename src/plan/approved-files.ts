import { sortedBy } from './collections';
import { OutputFile } from './target-output';
import { ApprovedFile } from '../model/approval';
import { sha256 } from '../model/fingerprint';

/** Pages are not approved: they report the approval and change with it. */
const PAGES = 'docs/';

/** Returns the files that an approval lists: the productive ones with their digests, sorted by path. */
export function approvedFiles(files: readonly OutputFile[]): ApprovedFile[] {
  const productive = files.filter(({ path }) => !path.startsWith(PAGES));
  return sortedBy(productive.map(({ path, content }) => ({ path, digest: sha256(content) })), ({ path }) => path);
}

/** The paths, sorted, at which two approvals' lists are not the same. */
export function differingFiles(one: readonly ApprovedFile[], other: readonly ApprovedFile[]): string[] {
  const digests = new Map(other.map(({ path, digest }) => [path, digest]));
  const paths = new Set(one.map(({ path }) => path));
  const differing = [
    ...one.filter(({ path, digest }) => digests.get(path) !== digest),
    ...other.filter(({ path }) => !paths.has(path)),
  ];
  return differing.map(({ path }) => path).sort();
}
