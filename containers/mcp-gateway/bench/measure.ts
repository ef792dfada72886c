import { BenchClient } from './client';
import { Setup } from './setups';

const CALL = ['fs_read', { path: 'note.md' }] as const;

export interface Latency {
  readonly p50: number;
  readonly p99: number;
  /** What the median call takes more than with the first setup: the middle of the differences within each round. */
  readonly added: number;
}

/**
 * One call after the other, in turns: each setup gets a small share of every round, so that whatever else the machine
 * does meets all of them alike, and what they add is compared within a round.
 */
export async function latencies(setups: readonly Setup[], rounds: number, callsPerRound: number): Promise<Latency[]> {
  const clients = await Promise.all(setups.map(async (setup) => begun(setup, setup.target.token)));
  const times = setups.map((): number[] => []);
  const differences = setups.map((): number[] => []);
  for (let round = -2; round < rounds; round += 1) {
    const medians: number[] = [];
    for (const [index, client] of clients.entries()) {
      const taken: number[] = [];
      for (let call = 0; call < callsPerRound; call += 1) {
        const began = performance.now();
        await client.call(...CALL);
        taken.push(performance.now() - began);
      }
      medians.push(quantile(taken, 0.5));
      if (round >= 0) {
        times[index]?.push(...taken);
        differences[index]?.push(quantile(taken, 0.5) - (medians[0] ?? 0));
      }
    }
  }
  clients.forEach((client) => client.end());
  return times.map((taken, index) => ({
    p50: quantile(taken, 0.5),
    p99: quantile(taken, 0.99),
    added: quantile(differences[index] ?? [], 0.5),
  }));
}

export function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}

/** Calls per second with several clients at once, each with one call under way. */
export async function throughput(setup: Setup, concurrency: number, seconds: number): Promise<number> {
  const clients = await crowd(setup, concurrency);
  const began = performance.now();
  let calls = 0;
  await Promise.all(clients.map(async (client) => {
    while (performance.now() - began < seconds * 1000) {
      await client.call(...CALL);
      calls += 1;
    }
  }));
  const rate = calls / ((performance.now() - began) / 1000);
  clients.forEach((client) => client.end());
  return rate;
}

/** Makes a number of calls as fast as they go. @returns the resident memory after each tenth of them */
export async function memoryOver(setup: Setup, calls: number, concurrency: number): Promise<number[]> {
  const clients = await crowd(setup, concurrency);
  const samples: number[] = [];
  let asked = 0;
  let done = 0;
  await Promise.all(clients.map(async (client) => {
    while (asked < calls) {
      asked += 1;
      await client.call(...CALL);
      done += 1;
      if (done % Math.ceil(calls / 10) === 0) {
        samples.push(setup.memory());
      }
    }
  }));
  clients.forEach((client) => client.end());
  return samples;
}

/** Several clients, each with a name of its own where there are names. */
async function crowd(setup: Setup, size: number): Promise<BenchClient[]> {
  return Promise.all(
    Array.from({ length: size }, async (_, index) =>
      begun(setup, setup.tokens[index % Math.max(1, setup.tokens.length)]),
    ),
  );
}

async function begun(setup: Setup, token: string | undefined): Promise<BenchClient> {
  const client = new BenchClient({ ...setup.target, ...(token === undefined ? {} : { token }) });
  await client.begin();
  return client;
}
