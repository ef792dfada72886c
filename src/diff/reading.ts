import { Unread } from './change';
import { Subjects } from './subject';

/** One version of a target's files, while it is read. */
export interface Reading {
  /** Contents of the files by path, relative to the output folder. */
  readonly texts: ReadonlyMap<string, string>;
  readonly subjects: Subjects;
  readonly unread: Unread[];
  /** All that was parsed, so that what no reader understands does not pass in silence. */
  readonly data: unknown[];
  /** Policies that one of the versions has in a form that cannot be read: `SERVICE FILE`. */
  readonly illegible: Set<string>;
}
