import { BenchClient } from './client';
import { quantile } from './measure';
import { Setup } from './setups';

const GREEDY_CALLS = 100;
const SECONDS = 5;

/** The slowest of a client's calls and of the probes, as 99th percentiles in ms. */
export interface Fairness {
  /** While no other client calls. */
  readonly alone: number;
  /** While another client has 100 calls under way. */
  readonly beside: number;
}

/** Measures how much a greedy client delays another one and the probes. */
export async function fairness(setup: Setup): Promise<Fairness> {
  const [greedyToken, politeToken] = setup.tokens;
  const target = (token: string | undefined) => ({ ...setup.target, ...(token === undefined ? {} : { token }) });
  const [greedy, polite] = [new BenchClient(target(greedyToken)), new BenchClient(target(politeToken))];
  await Promise.all([greedy.begin(), polite.begin()]);
  const politeTimes = async (end: number): Promise<number> => {
    const calls = repeat(end, async () => polite.call('fs_read', { path: 'note.md' }));
    const probes = repeat(end, async () => polite.probe());
    const times = await Promise.all([calls, probes]);
    return Math.max(...times.map((each) => quantile(each, 0.99)));
  };
  const alone = await politeTimes(performance.now() + SECONDS * 1000);
  const end = performance.now() + SECONDS * 1000;
  // refusals are what this one is meant to get
  const flood = Array.from({ length: GREEDY_CALLS }, async () =>
    repeat(end, async () => greedy.call('fs_read', { path: 'note.md' }).catch(() => undefined)));
  const beside = await politeTimes(end);
  await Promise.all(flood);
  [greedy, polite].forEach((client) => client.end());
  return { alone, beside };
}

/** Runs a task again and again until the end, and returns the time of each run in ms. */
async function repeat(end: number, task: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  while (performance.now() < end) {
    const began = performance.now();
    await task();
    times.push(performance.now() - began);
  }
  return times;
}
