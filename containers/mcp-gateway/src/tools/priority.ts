import { writeFile } from 'node:fs/promises';
import { constants, getPriority, setPriority } from 'node:os';

/** What `nice` adds by default. */
const NICENESS = 10;

/**
 * Puts a child behind the gateway, which must answer other clients and probes meanwhile: the child gets the processor
 * when the gateway does not need it, and the kernel ends the child, not the gateway, when memory runs out.
 *
 * @param pid undefined for a process that could not be started
 */
export function putBehindGateway(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  lowerPriority(pid);
  void writeFile(`/proc/${pid}/oom_score_adj`, '1000').catch(() => undefined);
}

/** Linux gives each thread a priority of its own and takes 0 for the calling one. */
export const THIS_THREAD = 0;

/** Lowers the priority of a process or thread as far as that is possible. */
export function lowerPriority(id: number): void {
  try {
    setPriority(id, Math.min(constants.priority.PRIORITY_LOW, getPriority() + NICENESS));
  } catch {
    // it is gone already
  }
}
