import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { TestServer } from './server';
import { bridged, BridgeProcess, INITIALIZE, textOf } from './support';

describe.each([
  ['as a stream', {}],
  ['as JSON', { json: true }],
  ['without sessions', { stateless: true }],
] as const)('a gateway that answers %s', (_name, options) => {
  test('is reached by a client that begins as codex 0.42.0 does', async () => {
    const server = await TestServer.start(options);
    const bridge = await bridged(server);
    const { result } = await bridge.ask('tools/list');
    expect((result?.tools as { name: string }[]).map(({ name }) => name)).toEqual(['echo', 'slow', 'chatty']);
    expect(textOf(await bridge.call('echo', { text: 'hello' }))).toBe('hello');
    expect(textOf(await bridge.call('chatty', {}))).toBe('line 1\nline 2 \u2028 \u{1f600}');
    expect((await bridge.end()).code).toBe(0);
    expect(bridge.errors).toBe('');
  });

  test('gives each of many calls at once its own answer', async () => {
    const bridge = await bridged(await TestServer.start(options));
    const ids = Array.from({ length: 100 }, (_, index) =>
      bridge.post('tools/call', { name: 'echo', arguments: { text: `text ${index}` } }),
    );
    const answers = await Promise.all(ids.map(async (id) => textOf(await bridge.answer(id))));
    expect(answers).toEqual(ids.map((_, index) => `text ${index}`));
  });
});

describe('the bridge', () => {
  test('has more requests wait than a gateway has room for', async () => {
    const bridge = await bridged(await TestServer.start({ json: true, maxConnections: 260 }));
    const ids = Array.from({ length: 1500 }, (_, index) =>
      bridge.post('tools/call', { name: 'echo', arguments: { text: `text ${index}` } }),
    );
    const answers = await Promise.all(ids.map(async (id) => textOf(await bridge.answer(id, 240_000))));
    expect(answers).toEqual(ids.map((_, index) => `text ${index}`));
  }, 300_000);

  test.each(['null', '{}', 'true', '[1]'])(
    'answers a request with the id %s, which nobody could find again',
    async (id) => {
      const bridge = await bridged(await TestServer.start());
      bridge.write(`{"jsonrpc":"2.0","id":${id},"method":"tools/list"}\n`);
      expect((await bridge.answer(null)).error).toMatchObject({ code: -32600 });
      expect(bridge.errors).not.toContain('the gateway answered');
    },
  );

  test('starts in under 300 ms', async () => {
    const server = await TestServer.start({ json: true });
    const times: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const bridge = new BridgeProcess(['--url', server.url]);
      await bridge.ask('initialize', INITIALIZE);
      times.push(performance.now() - bridge.started);
      await bridge.end();
    }
    expect(Math.min(...times)).toBeLessThan(300);
  });

  test('serves a client of revision 2026-07-28, which has no handshake, with the headers it asks for', async () => {
    const server = await TestServer.start({ stateless: true });
    const bridge = new BridgeProcess(['--url', server.url]);
    const meta = {
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 't', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    };
    expect((await bridge.ask('server/discover', meta)).result).toMatchObject({
      supportedVersions: expect.arrayContaining(['2026-07-28']) as unknown,
    });
    expect(textOf(await bridge.ask('tools/call', { name: 'echo', arguments: { text: 'new' }, ...meta }))).toBe('new');
    expect(server.seen.at(-1)?.headers).toMatchObject({
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'echo',
    });
  });

  test('passes on what a tool says while it runs, and what the gateway says unasked', async () => {
    const server = await TestServer.start();
    const bridge = await bridged(server);
    await bridge.ask('tools/call', { name: 'chatty', arguments: {}, _meta: { progressToken: 'p' } });
    expect(bridge.messages.map(({ method }) => method)).toContain('notifications/progress');
    await expect.poll(() => server.seen.some(({ method }) => method === 'GET')).toBe(true);
    await server.announce();
    await expect.poll(() => bridge.messages.map(({ method }) => method)).toContain('notifications/tools/list_changed');
  });

  test('keeps the order of a client that says everything at once', async () => {
    const server = await TestServer.start();
    const bridge = new BridgeProcess(['--url', server.url]);
    bridge.post('initialize', INITIALIZE);
    bridge.notify('notifications/initialized');
    const id = bridge.post('tools/call', { name: 'echo', arguments: { text: 'at once' } });
    expect(textOf(await bridge.answer(id))).toBe('at once');
    expect(bridge.errors).toBe('');
    expect(server.sessionCount).toBe(1);
  });

  test('passes a request on as it was written, numbers of any length included', async () => {
    const server = await TestServer.start();
    const bridge = await bridged(server);
    const line =
      '{"jsonrpc": "2.0", "id": 77, "method": "tools/call", "params": {"name": "echo", "arguments": {"text": "x", ' +
      '"big": 12345678901234567890.10}}}';
    bridge.write(`${line}\r\n`);
    await bridge.answer(77);
    expect(server.seen.map(({ body }) => body)).toContain(line);
  });

  test('passes cancellation on, and the tool ends', async () => {
    const server = await TestServer.start();
    const bridge = await bridged(server);
    const id = bridge.post('tools/call', { name: 'slow', arguments: { ms: 60_000 } });
    await expect.poll(() => server.calls).toBe(1);
    bridge.notify('notifications/cancelled', { requestId: id, reason: 'no longer needed' });
    await expect.poll(() => server.cancelled).toBe(1);
    expect(textOf(await bridge.call('echo', { text: 'after' }))).toBe('after');
    await sleep(100);
    expect(bridge.messages.filter((message) => message.id === id && message.error !== undefined)).toEqual([]);
  });

  test('ends within two seconds when the client closes its end, and ends the session', async () => {
    const server = await TestServer.start();
    const bridge = await bridged(server);
    expect(server.sessionCount).toBe(1);
    bridge.post('tools/call', { name: 'slow', arguments: { ms: 60_000 } });
    await expect.poll(() => server.calls).toBe(1);
    const { code, ms } = await bridge.end();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(2_000);
    expect(server.sessionCount).toBe(0);
    expect(server.seen.at(-1)?.method).toBe('DELETE');
  });

  test('still gives the answers to a client that asks and closes its end at once', async () => {
    const server = await TestServer.start();
    const bridge = await bridged(server);
    const id = bridge.post('tools/call', { name: 'slow', arguments: { ms: 200 } });
    await bridge.end();
    expect(textOf(bridge.messages.find((message) => message.id === id) ?? {})).toBe('done');
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends the session on %s', async (signal) => {
    const server = await TestServer.start();
    const bridge = await bridged(server);
    bridge.child.kill(signal);
    expect(await bridge.exit()).toBe(0);
    expect(server.sessionCount).toBe(0);
  });

  test('ends when the client closes the end it reads from', async () => {
    const server = await TestServer.start();
    const bridge = await bridged(server);
    bridge.child.stdout.destroy();
    bridge.post('tools/call', { name: 'echo', arguments: { text: 'x' } });
    bridge.post('tools/call', { name: 'echo', arguments: { text: 'y' } });
    expect(await bridge.exit()).toBe(0);
  });
});

describe('hostile lines from the client', () => {
  test.each([
    ['not json\n', true],
    ['\n\r\n', false],
    ['[{"jsonrpc":"2.0","id":9,"method":"ping"}]\n', false],
    ['"text"\n', true],
    ['{"jsonrpc":"2.0","id":null,"method":"ping"}\n', false],
    ['\u0000\u0001\n', true],
  ])('%j leave it alive, and the next request is answered', async (line, answered) => {
    const bridge = await bridged(await TestServer.start());
    bridge.write(line);
    expect((await bridge.ask('ping')).result).toEqual({});
    expect(bridge.messages.some(({ id, error }) => id === null && error?.code === -32700)).toBe(answered);
    expect(bridge.messages.some(({ id }) => id === 9)).toBe(false);
  });

  test('of 32 MB are refused, not held, and the next request is answered', async () => {
    const bridge = await bridged(await TestServer.start());
    const before = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${bridge.child.pid}/status`, 'utf8'))?.[1]);
    for (let piece = 0; piece < 32; piece += 1) {
      bridge.write('a'.repeat(1024 * 1024));
    }
    bridge.write('\n');
    expect((await bridge.answer(null)).error).toEqual({
      code: -32600,
      message: 'the message is longer than 4194304 characters',
    });
    expect((await bridge.ask('ping')).result).toEqual({});
    expect(
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${bridge.child.pid}/status`, 'utf8'))?.[1]) - before,
    ).toBeLessThan(64 * 1024);
  });

  test('that come in pieces, cut within a character, are put together', async () => {
    const bridge = await bridged(await TestServer.start());
    const params = { name: 'echo', arguments: { text: '\u{1f600}é' } };
    const bytes = Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', id: 50, method: 'tools/call', params })}\n`);
    for (const byte of bytes) {
      bridge.child.stdin.write(Buffer.of(byte));
    }
    expect(textOf(await bridge.answer(50))).toBe('\u{1f600}é');
  });
});

describe('the command', () => {
  test.each([
    [[], '--url is missing'],
    [['--url', 'mcp-gateway:8811'], '--url begins with mcp-gateway:'],
    [['--url', 'nonsense'], '--url is not an address'],
    [['--url', 'http://user:secret@host/mcp'], '--url holds a name or a password'],
    [['--url', 'http://host/mcp', '--token', 'x'], "Unknown option '--token'"],
    [
      ['--url', 'http://host/mcp', '--token-file', '/nonexistent'],
      'the token file /nonexistent cannot be read: ENOENT',
    ],
    [['--url', 'http://host/mcp', '--token-file', '/dev/null'], 'the token file /dev/null is empty'],
    [['--url', 'http://host/mcp', '--timeout', '0'], '--timeout is a number of seconds'],
  ])('fails with 2 and says why, given %j', async (args, message) => {
    const bridge = new BridgeProcess(args);
    expect(await bridge.exit()).toBe(2);
    expect(bridge.errors).toContain(message);
    expect(bridge.errors).not.toContain('secret@');
    expect(bridge.output).toBe('');
  });
});
