import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MessageTurns } from '../../src/server/http/message-turns';
import { RefusalPace } from '../../src/server/pace';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'performance', 'setImmediate'] }));
afterEach(() => vi.useRealTimers());

/** @returns how many of these have ended */
function ended(tasks: readonly Promise<void>[]): () => number {
  let count = 0;
  tasks.forEach((task) => void task.then(() => (count += 1)));
  return () => count;
}

test("refusals of one key go out at 200 a second, wait a second at most, and do not delay another key's", async () => {
  const pace = new RefusalPace();
  const greedy = ended(Array.from({ length: 500 }, async () => pace.hold('greedy')));
  const polite = ended([pace.hold('polite')]);
  await vi.advanceTimersByTimeAsync(0);
  expect([greedy(), polite()]).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(500);
  expect(greedy()).toBe(101);
  await vi.advanceTimersByTimeAsync(500);
  expect(greedy()).toBe(500);
});

test('a refusal that comes alone is not held', async () => {
  const pace = new RefusalPace();
  for (let times = 0; times < 3; times += 1) {
    const one = ended([pace.hold('client')]);
    await vi.advanceTimersByTimeAsync(0);
    expect(one()).toBe(1);
    await vi.advanceTimersByTimeAsync(10);
  }
});

test('a client takes one turn in each round, however many it asks for', async () => {
  const turns = new MessageTurns();
  const order: string[] = [];
  const take = (client: string) => void turns.next(client).then(() => order.push(client));
  Array.from({ length: 50 }, () => take('greedy'));
  ['polite', 'polite', 'other'].forEach(take);
  await vi.runAllTimersAsync();
  expect(order).toHaveLength(53);
  expect(order.slice(0, 6)).toEqual(['greedy', 'polite', 'other', 'greedy', 'polite', 'greedy']);
  take('late');
  await vi.runAllTimersAsync();
  expect(order.at(-1)).toBe('late');
});
