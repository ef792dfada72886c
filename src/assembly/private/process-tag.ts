import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { errorCode } from '../../util/system-error';

const TAG = /^([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{16}$/;
/** Writing takes seconds. After 10 minutes the process id may be in use again, or the machine may be gone. */
const MAX_AGE_MS = 600_000;

/** Returns a new `HOST-PROCESS-RANDOM` tag, which shows later runs which process made a lock or a temporary file. */
export function newTag(): string {
  return `${hostTag()}-${process.pid}-${randomBytes(8).toString('hex')}`;
}

/** Returns the process id of a tag; undefined when the text is no tag. */
export function processOf(tag: string): number | undefined {
  const pid = TAG.exec(tag)?.[2];
  return pid === undefined ? undefined : Number(pid);
}

/**
 * Whether the process that made a tag has ended.
 *
 * @param ageMs age of the tagged file, in milliseconds
 */
export function isAbandoned(tag: string, ageMs: number): boolean {
  const [, host, pid] = TAG.exec(tag) ?? [];
  if (host === undefined || ageMs > MAX_AGE_MS) { return true; }
  // Writing is synchronous, so a tag with our own process id is from an earlier process.
  return host === hostTag() && (Number(pid) === process.pid || !isAlive(Number(pid)));
}

function hostTag(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
