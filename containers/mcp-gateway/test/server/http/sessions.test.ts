import { describe, expect, test } from 'vitest';
import { fakeTool } from '../../policy/fake-tool';
import { INITIALIZE, send } from '../raw-http';
import { CODEX_TOKEN, OTHER_TOKEN, Running } from '../running';

const LIST = { jsonrpc: '2.0', id: 2, method: 'tools/list' };

describe('sessions', () => {
  test('fail without an id, and with one that was never given', async () => {
    const gateway = await Running.start();
    expect(await gateway.send({ body: LIST })).toMatchObject({ status: 400, message: { id: 2, error: { message: expect.stringContaining('Mcp-Session-Id') } } });
    expect(await gateway.send({ headers: { 'Mcp-Session-Id': 'made-up' }, body: LIST })).toMatchObject({ status: 404 });
  });

  test('end with DELETE', async () => {
    const gateway = await Running.start();
    const headers = await gateway.session();
    expect((await gateway.send({ method: 'DELETE', headers: { ...headers, 'Content-Length': null } })).status).toBe(200);
    expect((await gateway.send({ headers, body: LIST })).status).toBe(404);
    expect(gateway.endpoint.sessions.size).toBe(0);
  });

  test('fail for a second request with the id of one that is not answered yet', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const gateway = await Running.start({ tools: [fakeTool({ call: async () => held.then(() => ({ content: [{ type: 'text', text: 'first' }] })) })] });
    const headers = await gateway.session();
    const body = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'read_file', arguments: { path: 'a' } } };
    const first = gateway.send({ headers, body });
    await expect.poll(() => gateway.gateway.calls.inFlight).toBe(1);
    expect(await gateway.send({ headers, body })).toMatchObject({ status: 400, message: { id: 7, error: { code: -32600 } } });
    release();
    expect((await first).message).toMatchObject({ id: 7, result: { content: [{ text: 'first' }] } });
    expect((await gateway.send({ headers, body })).status).toBe(200);
  });

  test('make room by ending the one unused longest of the client that holds most', async () => {
    const gateway = await Running.start({ http: { maxSessions: 3 } });
    const other = await gateway.session(OTHER_TOKEN);
    const [oldest, newer] = [await gateway.session(), await gateway.session()];
    await gateway.session();
    const status = async (headers: Record<string, string>) => (await gateway.send({ headers, body: LIST })).status;
    expect(await status(oldest)).toBe(404);
    expect(await status(newer)).toBe(200);
    expect(await status(other)).toBe(200);
  });

  test('of one client that only listens keep no other client out', async () => {
    const gateway = await Running.start({ http: { maxSessions: 3 } });
    const listening: Promise<unknown>[] = [];
    for (let count = 0; count < 3; count += 1) {
      const headers = { ...(await gateway.session()), 'Accept': 'text/event-stream', 'Content-Length': null, 'Content-Type': null };
      listening.push(gateway.send({ method: 'GET', headers }));
    }
    expect(await gateway.send({ body: INITIALIZE })).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(await gateway.send({ headers: { Authorization: `Bearer ${OTHER_TOKEN}` }, body: INITIALIZE })).toMatchObject({ status: 200 });
    expect(gateway.endpoint.sessions.size).toBe(3);
    await gateway.stop();
    await Promise.all(listening);
  });

  test('let go of a request that was cancelled', async () => {
    const limits = { timeoutMs: 60_000, maxOutputBytes: 1000, callsPerMinute: 10 };
    const gateway = await Running.start({ tools: [fakeTool({ call: async () => new Promise(() => undefined), limits })] });
    const headers = await gateway.session();
    const body = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'read_file', arguments: { path: 'a' } } };
    for (const id of [7, 'seven', 7]) {
      const answer = gateway.send({ headers, body: { ...body, id } });
      await expect.poll(() => gateway.gateway.calls.inFlight).toBe(1);
      const cancel = (requestId: unknown) => gateway.send({ headers, body: { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } } });
      await Promise.all([cancel('other'), cancel(null), cancel({}), cancel(id)]);
      const started = performance.now();
      expect(await answer).toMatchObject({ status: 200, message: {} });
      expect(performance.now() - started).toBeLessThan(2000);
      await expect.poll(() => gateway.gateway.calls.inFlight).toBe(0);
    }
    expect(gateway.audit().filter((record) => record.type === 'call')).toMatchObject(Array(3).fill({ outcome: 'error', rule: 'cancelled' }));
    await gateway.http.answered();
  });

  test('end when they were not used for long', async () => {
    const gateway = await Running.start({ settings: { sessionIdleSeconds: 0.1 } });
    const headers = await gateway.session();
    await expect.poll(() => gateway.endpoint.sessions.size, { timeout: 3000 }).toBe(0);
    expect((await gateway.send({ headers, body: LIST })).status).toBe(404);
  });
});

describe('the era without sessions', () => {
  const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientInfo': { name: 't', version: '0' }, 'io.modelcontextprotocol/clientCapabilities': {} };
  const modern = (method: string, params: object = {}) => ({
    headers: { 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': method, ...('name' in params ? { 'Mcp-Name': String(params.name) } : {}) },
    body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: meta } },
  });

  test('is served to each client by its own tools', async () => {
    const gateway = await Running.start();
    for (const [token, tool] of [[CODEX_TOKEN, 'read_file'], [OTHER_TOKEN, 'other_file']] as const) {
      const request = modern('tools/list');
      const answer = await gateway.send({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } });
      expect(answer).toMatchObject({ status: 200, message: { result: { tools: [{ name: tool }] } } });
      expect(answer.headers['mcp-session-id']).toBeUndefined();
    }
    expect((await gateway.send(modern('tools/call', { name: 'read_file', arguments: { path: 'a' } }))).message).toMatchObject({ result: { content: [{ text: '{"path":"a"}' }] } });
  });

  test('fails when headers and body disagree', async () => {
    const gateway = await Running.start();
    const request = modern('tools/list');
    expect(await gateway.send({ ...request, headers: { ...request.headers, 'Mcp-Method': 'tools/call' } })).toMatchObject({ status: 400, message: { error: { code: -32020 } } });
  });

  test('fails for GET without a session', async () => {
    const gateway = await Running.start();
    expect((await gateway.send({ method: 'GET', headers: { 'Content-Length': null } })).status).toBe(405);
  });
});

test('without any token, on loopback and with one client, requests are that client\'s', async () => {
  const gateway = await Running.start({ env: {}, clients: [{ name: 'codex', tokenEnv: 'CODEX_TOKEN' }], tools: [fakeTool()] });
  expect((await send(gateway.port, { body: INITIALIZE })).status).toBe(200);
  expect((await gateway.send({ headers: { Authorization: 'Bearer wrong' }, body: INITIALIZE })).status).toBe(401);
});
