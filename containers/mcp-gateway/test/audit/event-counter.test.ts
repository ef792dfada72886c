import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { call } from './support';
import { EventCounter } from '../../src/audit/event-counter';
import { AuditEvent } from '../../src/audit/record';

describe('a flood', () => {
  let written: AuditEvent[];
  let counter: EventCounter;

  beforeEach(() => {
    vi.useFakeTimers();
    written = [];
    counter = new EventCounter(async (event) => {
      written.push(event);
    });
  });

  afterEach(() => vi.useRealTimers());

  const denied = (remote: string): AuditEvent & { type: 'auth' } => ({
    type: 'auth',
    outcome: 'denied',
    rule: 'auth.token',
    remote,
  });

  test('of failed authentication becomes one record at once and one with the count', async () => {
    for (let index = 0; index < 100_000; index += 1) {
      counter.add(denied('10.0.0.7'));
    }
    expect(written).toEqual([denied('10.0.0.7')]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(written).toEqual([denied('10.0.0.7'), { ...denied('10.0.0.7'), count: 99_999 }]);
  });

  test('of calls names the request of the first alone', async () => {
    const limited = (request: number) =>
      call({ outcome: 'limited', rule: 'client-rate', request, session: 'a'.repeat(16) });
    [1, 2, 3].forEach((request) => counter.add(limited(request)));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(written).toEqual([limited(1), { ...limited(1), request: undefined, session: undefined, count: 2 }]);
  });

  test('from ever new addresses stays a few hundred records, and every one is counted', async () => {
    for (let index = 0; index < 10_000; index += 1) {
      counter.add(denied(`10.0.${index % 256}.${Math.floor(index / 256)}`));
    }
    await counter.close();
    expect(written.length).toBeLessThan(300);
    expect(written.reduce((sum, event) => sum + ((event as { count?: number }).count ?? 1), 0)).toBe(10_000);
    expect(written.at(-1)).toMatchObject({ remote: 'others' });
  });

  test('begins again after its period', async () => {
    counter.add(denied('a'));
    await vi.advanceTimersByTimeAsync(10_000);
    counter.add(denied('a'));
    expect(written).toEqual([denied('a'), denied('a')]);
  });

  test('distinguishes kinds by client, tool and rule', async () => {
    counter.add(call({ outcome: 'limited', rule: 'limits.callsPerMinute' }));
    counter.add(call({ outcome: 'limited', rule: 'limits.callsPerMinute', client: 'other' }));
    counter.add(call({ outcome: 'limited', rule: 'clients.callsPerMinute' }));
    counter.add({ type: 'input', outcome: 'denied', rule: 'http.body-too-large', transport: 'http' });
    expect(written).toHaveLength(4);
  });

  test('does not fail when the log cannot be written', async () => {
    const failing = new EventCounter(async () => Promise.reject(new Error('disk full')));
    failing.add(denied('a'));
    failing.add(denied('a'));
    await expect(failing.close()).resolves.toBeUndefined();
  });
});
