import { readFile } from 'node:fs/promises';

const WATCH_MS = 50;

/** `VmRSS` is all that a process has resident; `RssAnon` leaves out files that it has mapped. */
export type MemoryKind = 'VmRSS' | 'RssAnon';

/**
 * Watches the memory of a process that others may drive.
 *
 * @param pid undefined for a process that could not be started
 * @param exceeded called once
 * @returns ends the watch
 */
export function watchMemory(
  pid: number | undefined,
  kind: MemoryKind,
  maxBytes: number,
  exceeded: () => void,
): () => void {
  if (pid === undefined) {
    return () => undefined;
  }
  const field = new RegExp(`^${kind}:\\s+(\\d+) kB$`, 'm');
  const watch = setInterval(() => {
    void readFile(`/proc/${pid}/status`, 'latin1').then(
      (status) => {
        if (Number(field.exec(status)?.[1] ?? 0) * 1024 > maxBytes) {
          clearInterval(watch);
          exceeded();
        }
      },
      () => undefined,
    );
  }, WATCH_MS);
  return () => clearInterval(watch);
}
