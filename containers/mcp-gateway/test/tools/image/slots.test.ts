import { expect, test } from 'vitest';
import { Slots } from '../../../src/tools/image/slots';

const never = new AbortController().signal;

test('lets the next one through when one is done or has failed, in order', async () => {
  const slots = new Slots(1);
  const order: number[] = [];
  const runs = [1, 2, 3].map(async number => slots.run(never, async () => {
    order.push(number);
    if (number === 1) throw new Error('failed');
  }));
  await expect(runs[0]).rejects.toThrow('failed');
  await Promise.all(runs.slice(1));
  expect(order).toEqual([1, 2, 3]);
});

test('one that stops waiting gives up its turn and no slot', async () => {
  const slots = new Slots(1);
  const controller = new AbortController();
  let release: () => void = () => undefined;
  const first = slots.run(never, async () => new Promise<void>(resolve => { release = resolve; }));
  const impatient = slots.run(controller.signal, async () => 'ran');
  const patient = slots.run(never, async () => 'ran');
  controller.abort(new Error('gave up'));
  await expect(impatient).rejects.toThrow('gave up');
  release();
  await first;
  expect(await patient).toBe('ran');
  expect(await slots.run(never, async () => 'free again')).toBe('free again');
});
