import { describe, expect, test } from 'vitest';
import { fakeTool } from '../../policy/fake-tool';
import { INITIALIZE, send } from '../raw-http';
import { CODEX_TOKEN, OTHER_TOKEN, Running } from '../running';

const LIST = { jsonrpc: '2.0', id: 2, method: 'tools/list' };

describe('sessions', () => {
  test('fail without an id, and with one that was never given', async () => {
    const gateway = await Running.start();
    expect(await gateway.send({ body: LIST })).toMatchObject({
      status: 400,
      message: { id: 2, error: { message: expect.stringContaining('Mcp-Session-Id') } },
    });
    expect(await gateway.send({ headers: { 'Mcp-Session-Id': 'made-up' }, body: LIST })).toMatchObject({ status: 404 });
  });

  test.each([2, 'two'])('that are gone are answered with the id of the request: %j', async (id) => {
    const gateway = await Running.start();
    const theirs = await gateway.session(OTHER_TOKEN);
    const gone = {
      status: 404,
      message: { id, error: { code: -32001, message: 'Session not found; initialize again' } },
    };
    for (const session of ['made-up', theirs['Mcp-Session-Id']!]) {
      expect(await gateway.send({ headers: { 'Mcp-Session-Id': session }, body: { ...LIST, id } })).toMatchObject(gone);
    }
    const open = { 'Mcp-Session-Id': 'made-up', 'Content-Length': null, 'Content-Type': null };
    expect(await gateway.send({ method: 'GET', headers: open })).toMatchObject({ status: 404, message: { id: null } });
  });

  test('end with DELETE', async () => {
    const gateway = await Running.start();
    const headers = await gateway.session();
    expect((await gateway.send({ method: 'DELETE', headers: { ...headers, 'Content-Length': null } })).status).toBe(
      200,
    );
    expect((await gateway.send({ headers, body: LIST })).status).toBe(404);
    expect(gateway.endpoint.sessions.size).toBe(0);
  });

  test('fail for a second request with the id of one that is not answered yet', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const gateway = await Running.start({
      tools: [fakeTool({ call: async () => held.then(() => ({ content: [{ type: 'text', text: 'first' }] })) })],
    });
    const headers = await gateway.session();
    const body = {
      jsonrpc: '2.0',
      id: 7,
      method: 'tools/call',
      params: { name: 'read_file', arguments: { path: 'a' } },
    };
    const first = gateway.send({ headers, body });
    await expect.poll(() => gateway.gateway.calls.inFlight).toBe(1);
    expect(await gateway.send({ headers, body })).toMatchObject({
      status: 400,
      message: { id: 7, error: { code: -32600 } },
    });
    release();
    expect((await first).message).toMatchObject({ id: 7, result: { content: [{ text: 'first' }] } });
    expect((await gateway.send({ headers, body })).status).toBe(200);
  });

  test('of a client make room for its next one, least recently used first, and those of others never do', async () => {
    const gateway = await Running.start({ http: { maxSessions: 4 } });
    const status = async (headers: Record<string, string>) => (await gateway.send({ headers, body: LIST })).status;
    const others = [await gateway.session(OTHER_TOKEN), await gateway.session(OTHER_TOKEN)];
    const [oldest, newer] = [await gateway.session(), await gateway.session()];
    for (let times = 0; times < 3; times += 1) {
      const newest = await gateway.session();
      expect(await status(newest)).toBe(200);
    }
    expect([await status(oldest), await status(newer)]).toEqual([404, 404]);
    expect(await Promise.all(others.map(status))).toEqual([200, 200]);
    expect(gateway.endpoint.sessions.size).toBe(4);
  });

  test.each(['listen', 'wait for an answer'])('of one client that all %s keep no other client out', async (what) => {
    const limits = { timeoutMs: 60_000, maxOutputBytes: 1000, callsPerMinute: 10 };
    const held = fakeTool({
      call: async (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', reject)),
      limits,
    });
    const gateway = await Running.start({ http: { maxSessions: 4 }, tools: [held] });
    const body = {
      jsonrpc: '2.0',
      id: 7,
      method: 'tools/call',
      params: { name: 'read_file', arguments: { path: 'a' } },
    };
    const busy: Promise<unknown>[] = [];
    for (let count = 1; count <= 2; count += 1) {
      const headers = await gateway.session();
      const listen = {
        method: 'GET',
        headers: { ...headers, 'Accept': 'text/event-stream', 'Content-Length': null, 'Content-Type': null },
      };
      busy.push(gateway.send({ quietMs: 60_000, ...(what === 'listen' ? listen : { headers, body }) }));
      await expect.poll(() => gateway.endpoint.sessions.busy).toBe(count);
    }
    const full = 'All 2 sessions of this client are in use; end one, or try again in a moment';
    expect(await gateway.send({ body: INITIALIZE })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
      message: { id: 1, error: { message: full } },
    });
    const other = await gateway.session(OTHER_TOKEN);
    expect((await gateway.send({ headers: other, body: LIST })).status).toBe(200);
    expect(gateway.endpoint.sessions.size).toBe(3);
    await gateway.stop();
    await Promise.all(busy);
  });

  test('that begin together are counted before they are answered', async () => {
    const gateway = await Running.start({ http: { maxSessions: 4 } });
    await Promise.all(Array.from({ length: 40 }, async () => gateway.send({ body: INITIALIZE })));
    expect(gateway.endpoint.sessions.size).toBe(2);
  });

  test('that could not begin are not kept', async () => {
    const gateway = await Running.start({ http: { maxSessions: 4 } });
    expect((await gateway.send({ headers: { Accept: 'text/plain' }, body: INITIALIZE })).status).toBe(406);
    expect(gateway.endpoint.sessions.size).toBe(0);
  });

  test('let go of a request that was cancelled', async () => {
    const limits = { timeoutMs: 60_000, maxOutputBytes: 1000, callsPerMinute: 10 };
    const gateway = await Running.start({
      tools: [fakeTool({ call: async () => new Promise(() => undefined), limits })],
    });
    const headers = await gateway.session();
    const body = {
      jsonrpc: '2.0',
      id: 7,
      method: 'tools/call',
      params: { name: 'read_file', arguments: { path: 'a' } },
    };
    for (const id of [7, 'seven', 7]) {
      const answer = gateway.send({ headers, body: { ...body, id } });
      await expect.poll(() => gateway.gateway.calls.inFlight).toBe(1);
      const cancel = (requestId: unknown) =>
        gateway.send({ headers, body: { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } } });
      await Promise.all([cancel('other'), cancel(null), cancel({}), cancel(id)]);
      expect(await answer).toMatchObject({ status: 200, message: {} });
      await expect.poll(() => gateway.gateway.calls.inFlight).toBe(0);
    }
    expect(gateway.audit().filter((record) => record.type === 'call')).toMatchObject(
      Array(3).fill({ outcome: 'error', rule: 'cancelled' }),
    );
    await gateway.http.answered();
  });

  test('end when they were not used for long', async () => {
    const gateway = await Running.start({ settings: { sessionIdleSeconds: 0.1 } });
    const headers = await gateway.session();
    await expect.poll(() => gateway.endpoint.sessions.size).toBe(0);
    expect((await gateway.send({ headers, body: LIST })).status).toBe(404);
  });
});

describe('the era without sessions', () => {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 't', version: '0' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const modern = (method: string, params: object = {}) => ({
    headers: {
      'MCP-Protocol-Version': '2026-07-28',
      'Mcp-Method': method,
      ...('name' in params ? { 'Mcp-Name': String(params.name) } : {}),
    },
    body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: meta } },
  });

  test('is served to each client by its own tools', async () => {
    const gateway = await Running.start();
    for (const [token, tool] of [[CODEX_TOKEN, 'read_file'], [OTHER_TOKEN, 'other_file']] as const) {
      const request = modern('tools/list');
      const answer = await gateway.send({
        ...request,
        headers: { ...request.headers, Authorization: `Bearer ${token}` },
      });
      expect(answer).toMatchObject({ status: 200, message: { result: { tools: [{ name: tool }] } } });
      expect(answer.headers['mcp-session-id']).toBeUndefined();
    }
    expect(
      (await gateway.send(modern('tools/call', { name: 'read_file', arguments: { path: 'a' } }))).message,
    ).toMatchObject({ result: { content: [{ text: '{"path":"a"}' }] } });
  });

  test('fails when headers and body disagree', async () => {
    const gateway = await Running.start();
    const request = modern('tools/list');
    expect(
      await gateway.send({ ...request, headers: { ...request.headers, 'Mcp-Method': 'tools/call' } }),
    ).toMatchObject({ status: 400, message: { error: { code: -32020 } } });
  });

  test('fails for GET without a session', async () => {
    const gateway = await Running.start();
    expect((await gateway.send({ method: 'GET', headers: { 'Content-Length': null } })).status).toBe(405);
  });
});

test('without any token, on loopback and with one client, requests are that client\'s', async () => {
  const gateway = await Running.start({
    env: {},
    clients: [{ name: 'codex', tokenEnv: 'CODEX_TOKEN' }],
    tools: [fakeTool()],
  });
  expect((await send(gateway.port, { body: INITIALIZE })).status).toBe(200);
  expect((await gateway.send({ headers: { Authorization: 'Bearer wrong' }, body: INITIALIZE })).status).toBe(401);
});
