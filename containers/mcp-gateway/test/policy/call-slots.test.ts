import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallSlots, QueueFull, shareOf } from '../../src/policy/call-slots';

const never = new AbortController().signal;
const turn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Takes a slot and notes it. @returns where it was noted */
function take(
  slots: CallSlots,
  client: string,
  order: string[],
  signal = never,
): { release: () => void; refused: unknown } {
  const call: { release: () => void; refused: unknown } = { release: () => undefined, refused: undefined };
  slots.take(client, signal).then(
    (release) => {
      order.push(client);
      call.release = release;
    },
    (error: unknown) => {
      call.refused = error;
    },
  );
  return call;
}

describe('slots for calls', () => {
  test('are shared equally, so that one client never takes those of another', async () => {
    const slots = new CallSlots({ slots: 4, clients: 2, waiting: 10 });
    const order: string[] = [];
    Array.from({ length: 10 }, () => take(slots, 'greedy', order));
    await turn();
    expect(order).toEqual(['greedy', 'greedy']);
    take(slots, 'polite', order);
    take(slots, 'polite', order);
    await turn();
    expect(order.slice(2)).toEqual(['polite', 'polite']);
  });

  test('refuse a call beyond those that may wait, of that client alone', async () => {
    const slots = new CallSlots({ slots: 2, clients: 2, waiting: 2 });
    const order: string[] = [];
    const calls = Array.from({ length: 4 }, () => take(slots, 'greedy', order));
    await turn();
    expect(calls[3]!.refused).toBeInstanceOf(QueueFull);
    expect(calls[3]!.refused).toMatchObject({ running: 1, waiting: 2 });
    expect(slots.waiting).toBe(2);
    const polite = Array.from({ length: 3 }, () => take(slots, 'polite', order));
    await turn();
    expect(polite.map(({ refused }) => refused)).toEqual([undefined, undefined, undefined]);
  });

  test('go around among more clients than there are slots', async () => {
    const slots = new CallSlots({ slots: 1, clients: 3, waiting: 10 });
    const order: string[] = [];
    const calls = ['a', 'a', 'a', 'a', 'b', 'b', 'c'].map((client) => take(slots, client, order));
    for (let finished = 0; finished < calls.length; finished += 1) {
      await turn();
      expect(order).toHaveLength(finished + 1);
      calls.forEach((call) => call.release());
    }
    expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'a', 'a']);
  });

  test('are freed once, however often they are released', async () => {
    const slots = new CallSlots({ slots: 1, clients: 1, waiting: 10 });
    const order: string[] = [];
    const [first] = Array.from({ length: 3 }, () => take(slots, 'a', order));
    await turn();
    first!.release();
    first!.release();
    await turn();
    expect(order).toHaveLength(2);
  });

  test('are not taken by a call that stopped waiting', async () => {
    const slots = new CallSlots({ slots: 1, clients: 1, waiting: 10 });
    const order: string[] = [];
    const stopped = new AbortController();
    const first = take(slots, 'a', order);
    const impatient = take(slots, 'a', order, stopped.signal);
    take(slots, 'a', order);
    await turn();
    stopped.abort(new Error('gave up'));
    await turn();
    expect(impatient.refused).toMatchObject({ message: 'gave up' });
    first.release();
    await turn();
    expect(order).toEqual(['a', 'a']);
    expect(slots.waiting).toBe(0);
    expect(take(slots, 'a', order, stopped.signal).refused).toBeUndefined();
  });

  test('are taken by a heavy call as many as it weighs, at most the share of its client', async () => {
    const slots = new CallSlots({ slots: 8, clients: 2, waiting: 10 });
    const order: string[] = [];
    const of = async (name: string, weight: number, client = 'a'): Promise<() => void> =>
      slots.take(client, never, weight).then((release) => {
        order.push(name);
        return release;
      });
    const heavy = of('heavy', 3);
    const heaviest = of('heaviest', 100);
    const light = of('light', 1);
    const another = of('of another client', 4, 'b');
    await turn();
    // none overtakes a heavy call, or it might never start
    expect(order).toEqual(['heavy', 'of another client']);
    (await heavy)();
    await turn();
    expect(order.slice(2)).toEqual(['heaviest']);
    (await another)();
    (await heaviest)();
    await light;
    expect(order).toHaveLength(4);
  });

  test('let lighter calls start when a heavy one before them stopped waiting', async () => {
    const slots = new CallSlots({ slots: 3, clients: 1, waiting: 10 });
    const order: string[] = [];
    take(slots, 'a', order);
    const stopped = new AbortController();
    const heavy = slots.take('a', stopped.signal, 3).catch(() => 'stopped');
    take(slots, 'a', order);
    take(slots, 'a', order);
    await turn();
    expect(order).toEqual(['a']);
    stopped.abort(new Error('gave up'));
    expect(await heavy).toBe('stopped');
    await turn();
    expect(order).toEqual(['a', 'a', 'a']);
  });

  test('never exceed the total or the share of a client, and run every call in the end', async () => {
    const clients = ['a', 'b', 'c'];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.constantFrom(...clients, 'done'), { maxLength: 60 }),
        async (total, steps) => {
          const slots = new CallSlots({ slots: total, clients: clients.length, waiting: 100 });
          const running: { client: string; release: () => void }[] = [];
          let taken = 0;
          let asked = 0;
          for (const step of steps) {
            if (step === 'done') {
              running.shift()?.release();
            } else {
              asked += 1;
              void slots.take(step, never).then((release) => {
                taken += 1;
                running.push({ client: step, release });
              });
            }
            await Promise.resolve().then(() => undefined);
            expect(running.length).toBeLessThanOrEqual(total);
            for (const client of clients) {
              expect(running.filter((one) => one.client === client).length).toBeLessThanOrEqual(
                shareOf(total, clients.length),
              );
            }
          }
          for (await turn(); running.length > 0; await turn()) {
            running.shift()!.release();
          }
          expect(taken).toBe(asked);
        },
      ),
      { numRuns: 50 },
    );
  });
});

test.each([
  [16, 1, 16],
  [16, 3, 5],
  [2, 3, 1],
  [4, 0, 4],
])('the share of %i among %i clients is %i', (total, clients, share) => {
  expect(shareOf(total, clients)).toBe(share);
});
