import { setTimeout as sleep } from 'node:timers/promises';

/** @returns what the task gives, or undefined when that takes longer than `ms` */
export async function within<T>(ms: number, task: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController();
  try {
    return await Promise.race([task, sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
  } finally {
    timer.abort();
  }
}
