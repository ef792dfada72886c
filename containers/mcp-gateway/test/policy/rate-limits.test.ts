import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateLimits } from '../../src/policy/rate-limits';
import { SlidingWindow } from '../../src/policy/sliding-window';
import { READ_TOOL } from '../manifest/example';

const manifest = {
  clients: [{ name: 'codex', tokenEnv: 'A', callsPerMinute: 4 }, { name: 'other', tokenEnv: 'B' }],
  tools: [{ ...READ_TOOL, limits: { ...READ_TOOL.limits, callsPerMinute: 2 } }, { ...READ_TOOL, name: 'find_file' }],
};

describe('rate limits', () => {
  test('refuse the call that is one too many for the tool, and say when to come back', () => {
    let now = 0;
    const limits = new RateLimits(manifest, () => now);
    expect(limits.take('codex', 'read_file')).toEqual({ allowed: true });
    now = 10_000;
    expect(limits.take('codex', 'read_file')).toEqual({ allowed: true });
    expect(limits.take('codex', 'read_file')).toEqual({
      allowed: false,
      rule: 'tool-rate',
      limit: 2,
      retryAfterMs: 50_000,
    });
    now = 60_000;
    expect(limits.take('codex', 'read_file')).toEqual({ allowed: true });
    expect(limits.take('codex', 'read_file')).toMatchObject({ allowed: false, retryAfterMs: 10_000 });
  });

  test('hold for one client without touching another', () => {
    const limits = new RateLimits(manifest, () => 0);
    limits.take('codex', 'read_file');
    limits.take('codex', 'read_file');
    expect(limits.take('codex', 'read_file').allowed).toBe(false);
    expect(limits.take('other', 'read_file').allowed).toBe(true);
  });

  test('hold for a client over all tools, made-up names included', () => {
    const limits = new RateLimits(manifest, () => 0);
    for (const name of ['read_file', 'find_file', 'x1', 'x2']) {
      expect(limits.take('codex', name).allowed).toBe(true);
    }
    expect(limits.take('codex', 'find_file')).toMatchObject({ allowed: false, rule: 'client-rate', limit: 4 });
  });

  test('do not count a refused call', () => {
    let now = 0;
    const limits = new RateLimits(manifest, () => now);
    for (let call = 0; call < 100; call += 1) {
      limits.take('codex', 'read_file');
    }
    now = 60_000;
    expect(limits.take('codex', 'read_file').allowed).toBe(true);
  });
});

test('a window never lets more than its limit through in any 60 seconds, and never less than it could', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 200 }),
      (limit, gaps) => {
        const window = new SlidingWindow(limit);
        const taken: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const within = taken.filter((time) => time > now - 60_000).length;
          expect(window.wait(now) === 0).toBe(within < limit);
          if (within < limit) {
            window.add(now);
            taken.push(now);
          }
        }
      },
    ),
  );
});

test('a window is idle when the last event was a minute ago', () => {
  const window = new SlidingWindow(1000);
  expect(window.idle(0)).toBe(true);
  for (let time = 0; time < 5000; time += 1) {
    window.add(time);
  }
  expect([window.idle(10_000), window.idle(64_998), window.idle(64_999)]).toEqual([false, false, true]);
});

test('a window counts events that were not allowed as well', () => {
  const window = new SlidingWindow(2);
  for (const time of [0, 10, 20, 30]) {
    window.add(time);
  }
  expect([window.wait(30), window.wait(60_019), window.wait(60_020), window.wait(70_000)]).toEqual([59_990, 1, 0, 0]);
});
