import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { TestServer } from './server';
import { bridged, BridgeProcess, INITIALIZE, textOf } from './support';

describe('a gateway that starts again', () => {
  test.each([
    ['stream', {}],
    ['JSON', { json: true }],
  ])('is agreed with again without the client seeing it (%s)', async (_name, options) => {
    const first = await TestServer.start(options);
    const bridge = await bridged(first);
    await bridge.call('echo', { text: 'before' });
    const { port } = first;
    await first.stop();
    const second = await TestServer.start({ ...options, port });
    // A gateway needs longer than this to start; by then the bridge knows that its connections are gone.
    await sleep(100);
    const ids = Array.from({ length: 10 }, (_, index) =>
      bridge.post('tools/call', { name: 'echo', arguments: { text: `after ${index}` } }),
    );
    expect(await Promise.all(ids.map(async (id) => textOf(await bridge.answer(id))))).toEqual(
      ids.map((_, index) => `after ${index}`),
    );
    expect(second.calls).toBe(10);
    expect(second.sessionCount).toBe(1);
    expect(second.seen.filter(({ body }) => body.includes('"initialize"'))).toHaveLength(1);
    expect(bridge.errors).toContain('a new one was opened');
  });

  test('is waited for while it is down', async () => {
    const first = await TestServer.start();
    const bridge = await bridged(first);
    const { port } = first;
    await first.stop();
    const id = bridge.post('tools/call', { name: 'echo', arguments: { text: 'patience' } });
    await sleep(1_000);
    await TestServer.start({ port });
    expect(textOf(await bridge.answer(id))).toBe('patience');
  });

  test('while a call runs: the call fails and is not made again', async () => {
    const first = await TestServer.start();
    const bridge = await bridged(first);
    const { port } = first;
    const id = bridge.post('tools/call', { name: 'slow', arguments: { ms: 60_000 } });
    await expect.poll(() => first.calls).toBe(1);
    await first.stop();
    const second = await TestServer.start({ port });
    expect((await bridge.answer(id)).error?.message).toMatch(/tools\/call failed/);
    expect(textOf(await bridge.call('echo', { text: 'next' }))).toBe('next');
    expect(second.calls).toBe(1);
  });

  test('and forgets its sessions again and again is asked once more, not for ever', async () => {
    let forgetful = false;
    const server = await TestServer.start({
      intercept: ({ headers, body }, response) => {
        if (forgetful && headers['mcp-session-id'] !== undefined && !body.includes('initialize')) {
          response.writeHead(404).end();
          return true;
        }
        return false;
      },
    });
    const bridge = await bridged(server);
    await bridge.ask('ping');
    forgetful = true;
    expect((await bridge.call('echo', { text: 'x' })).error?.message).toContain('HTTP status 404');
    expect(server.calls).toBe(0);
  });

  test('fails with the reason when it does not come back', async () => {
    const bridge = new BridgeProcess(['--url', 'http://127.0.0.1:1/mcp']);
    bridge.post('initialize', INITIALIZE);
    const answer = await bridge.answer(1);
    expect(answer.error).toEqual({
      code: -32000,
      message: expect.stringMatching(
        /^initialize failed: the gateway cannot be reached \(connect ECONNREFUSED/,
      ) as string,
    });
  });
});

