import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A thousand services make a report of some size. */
const MOST_OUTPUT = 64 * 1024 * 1024;

/** A command to measure. */
export interface Subject {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Exit codes other than 0 that are no mistake. */
  readonly codes?: readonly number[];
  /** Run before each round, outside the clock. */
  readonly before?: () => void;
}

/** What two commands took, in milliseconds, and how they compare. */
export interface Comparison {
  readonly first: number;
  readonly second: number;
  /** Median of the first through the second, round by round: a machine that is slow for a while is slow for both. */
  readonly ratio: number;
}

/** Runs two commands in turn and compares them. */
export function compare(first: Subject, second: Subject, rounds: number): Comparison {
  const pairs = Array.from({ length: rounds }, () => [time(first), time(second)] as const);
  return {
    first: median(pairs.map(([a]) => a)),
    second: median(pairs.map(([, b]) => b)),
    ratio: median(pairs.map(([a, b]) => a / b)),
  };
}

/** The most memory that a command holds, in mebibytes. */
export function peakMemory(subject: Subject): number {
  subject.before?.();
  const { stderr } = finished({ ...subject, args: ['-r', join(__dirname, 'peak-memory.js'), ...subject.args] });
  return Number(stderr.trimEnd().split('\n').pop());
}

/** Runs a Node program to its end. */
export function run(subject: Subject): string {
  return finished(subject).stdout;
}

function finished({ args, cwd, env, codes = [] }: Subject): { readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
  });
  if (status !== 0 && !codes.includes(status ?? 0)) {
    throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr}`);
  }
  return { stdout, stderr };
}

function time(subject: Subject): number {
  subject.before?.();
  const begin = process.hrtime.bigint();
  run(subject);
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
