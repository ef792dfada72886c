import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { TestServer } from './server';
import { bridged, BridgeProcess, INITIALIZE, inProcess, line, textOf } from './support';

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
    expect(await bridge.end()).toBe(0);
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
    const answers = await Promise.all(ids.map(async (id) => textOf(await bridge.answer(id))));
    expect(answers).toEqual(ids.map((_, index) => `text ${index}`));
  });

  test.each(['null', '{}', 'true', '[1]'])(
    'refuses a request with the id %s, which no answer could be matched to',
    async (id) => {
      const bridge = await bridged(await TestServer.start());
      bridge.write(`{"jsonrpc":"2.0","id":${id},"method":"tools/list"}\n`);
      expect((await bridge.answer(null)).error).toMatchObject({ code: -32600 });
      expect(bridge.errors).not.toContain('the gateway answered');
    },
  );

  test('starts fast: it is one small file that loads only modules of Node.js', () => {
    const text = readFileSync(BridgeProcess.path, 'utf8');
    const imports = [...text.matchAll(/^import .* from "(.*)";$/gm)].map(([, name]) => name);
    expect(imports).not.toEqual([]);
    expect(imports.filter((name) => !name!.startsWith('node:'))).toEqual([]);
    expect(text).not.toMatch(/\b(?:require|import)\(/);
    expect(text.length).toBeLessThan(64 * 1024);
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
    const text =
      '{"jsonrpc": "2.0", "id": 77, "method": "tools/call", "params": {"name": "echo", "arguments": {"text": "x", ' +
      '"big": 12345678901234567890.10}}}';
    bridge.write(`${text}\r\n`);
    await bridge.answer(77);
    expect(server.seen.map(({ body }) => body)).toContain(text);
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

  test('ends when the client closes its end, although a call runs, and ends the session', async () => {
    const server = await TestServer.start();
    const bridge = await bridged(server);
    expect(server.sessionCount).toBe(1);
    bridge.post('tools/call', { name: 'slow', arguments: { ms: 60_000 } });
    await expect.poll(() => server.calls).toBe(1);
    expect(await bridge.end()).toBe(0);
    expect(server.sessionCount).toBe(0);
    expect(server.seen.at(-1)?.method).toBe('DELETE');
  });

  test('still gives the answers to a client that asks and closes its end at once', async () => {
    const server = await TestServer.start();
    const { bridge, input, answers } = inProcess(server, { graceMs: 120_000 });
    const params = { name: 'slow', arguments: { ms: 200 } };
    input.write(line({ id: 1, method: 'initialize', params: INITIALIZE }));
    input.end(line({ id: 2, method: 'tools/call', params }));
    await bridge.run(new AbortController().signal);
    expect(answers().map(({ id }) => id)).toEqual([1, 2]);
    expect(textOf(answers()[1]!)).toBe('done');
  });

  test('bounds the size of the requests without an answer, and refuses the rest', async () => {
    const server = await TestServer.start();
    const { bridge, input, answers } = inProcess(server, { maxPendingBytes: 1000 });
    input.write(line({ id: 0, method: 'initialize', params: INITIALIZE }));
    for (let id = 1; id <= 20; id += 1) {
      input.write(line({ id, method: 'tools/call', params: { name: 'echo', arguments: { text: `${id}` } } }));
    }
    const running = bridge.run(new AbortController().signal);
    await expect.poll(() => answers().length).toBe(21);
    const refused = answers().filter(({ error }) => error !== undefined);
    expect(refused.length).toBeGreaterThan(5);
    expect(refused.length).toBeLessThan(20);
    expect(refused[0]?.error?.message).toBe('the requests without an answer hold more than 1000 bytes; retry later');
    expect(server.calls).toBe(20 - refused.length);
    input.write(line({ id: 99, method: 'ping' }));
    await expect.poll(() => answers().at(-1)).toMatchObject({ id: 99, result: {} });
    input.end();
    await running;
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
  ])('%j leave it alive, and the next request is answered', async (input, answered) => {
    const bridge = await bridged(await TestServer.start());
    bridge.write(input);
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
      message: 'the message is longer than 4194304 bytes',
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
    [[], '--url is required'],
    [['--url', 'mcp-gateway:8811'], '--url begins with mcp-gateway:'],
    [['--url', 'nonsense'], '--url is not a URL'],
    [['--url', 'http://user:secret@host/mcp'], '--url contains a user name or password'],
    [['--url', 'http://host/mcp', '--token', 'x'], "Unknown option '--token'"],
    [
      ['--url', 'http://host/mcp', '--token-file', '/nonexistent'],
      'the token file /nonexistent cannot be read: ENOENT',
    ],
    [['--url', 'http://host/mcp', '--token-file', '/dev/null'], 'the token file /dev/null is empty'],
    [['--url', 'http://host/mcp', '--timeout', '0'], '--timeout must be a number of seconds'],
  ])('exits with 2 and the reason, given %j', async (args, message) => {
    const bridge = new BridgeProcess(args);
    expect(await bridge.exit()).toBe(2);
    expect(bridge.errors).toContain(message);
    expect(bridge.errors).not.toContain('secret@');
    expect(bridge.output).toBe('');
  });
});
