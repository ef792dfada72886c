import { Worker } from 'node:worker_threads';

/** The last words of a process that is ended from outside. */
export interface LastWords {
  /** 1 for the standard output, 2 for the standard error. */
  readonly fd: 1 | 2;
  readonly text: string;
}

/** Time for this process to notice by itself that the app is late, and to end in good order. */
const GRACE_MS = 500;

/**
 * Code of the thread. An app that never gives way leaves no room for a timer, but the debugger's way in is open:
 * whatever runs is interrupted. A system call that does not come back is the one thing left for the system to end.
 */
const THREAD = `
const { workerData: { wait, words, scratch } } = require('node:worker_threads');
const { rmSync, writeSync } = require('node:fs');
const pause = (time) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time);
pause(wait);
writeSync(words.fd, words.text);
rmSync(scratch, { recursive: true, force: true });
const { Session } = require('node:inspector');
const session = new Session();
session.connectToMainThread();
// closes stderr: a process with a debugger reports its end there
session.post('Runtime.evaluate', { expression: "process.getBuiltinModule('fs').closeSync(2), process.reallyExit(1)" });
pause(5000);
process.kill(process.pid, 'SIGKILL');
`;

/**
 * Ends this process with exit code 1 when it does not end in time, even when its only thread is kept busy.
 *
 * @param scratch the folder to remove then.
 * @returns how to call it off.
 */
export function watchProcess(seconds: number, words: LastWords, scratch: string): () => void {
  const worker = new Worker(THREAD, { eval: true, workerData: { wait: seconds * 1000 + GRACE_MS, words, scratch } });
  worker.unref();
  return () => void worker.terminate();
}
