import { BenchClient } from './client';
import { quantile } from './measure';
import { Setup } from './setups';

const GREEDY_CALLS = 100;
const SECONDS = 5;

/** What the calls of one client and the probes took, in ms, while another client had 100 calls under way. */
export interface Fairness {
  readonly call: number;
  readonly probe: number;
}

/** @returns the 99th percentiles */
export async function fairness(setup: Setup): Promise<Fairness> {
  const [greedyToken, politeToken] = setup.tokens;
  const target = (token: string | undefined) => ({ ...setup.target, ...(token === undefined ? {} : { token }) });
  const [greedy, polite] = [new BenchClient(target(greedyToken)), new BenchClient(target(politeToken))];
  await Promise.all([greedy.begin(), polite.begin()]);
  const end = performance.now() + SECONDS * 1000;
  const until = async (task: () => Promise<void>): Promise<number[]> => {
    const times: number[] = [];
    while (performance.now() < end) {
      const began = performance.now();
      await task();
      times.push(performance.now() - began);
    }
    return times;
  };
  // refusals are what this one is meant to get
  const flood = Array.from({ length: GREEDY_CALLS }, async () => until(async () => greedy.call('fs_read', { path: 'note.md' }).catch(() => undefined)));
  const [calls, probes] = await Promise.all([until(async () => polite.call('fs_read', { path: 'note.md' })), until(async () => polite.probe())]);
  await Promise.all(flood);
  [greedy, polite].forEach((client) => client.end());
  return { call: quantile(calls, 0.99), probe: quantile(probes, 0.99) };
}
