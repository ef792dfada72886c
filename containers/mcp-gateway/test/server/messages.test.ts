import { describe, expect, test } from 'vitest';
import { CODEX_TOKEN, OTHER_TOKEN, Running } from './running';

const clients = [
  { name: 'codex', tokenEnv: 'CODEX_TOKEN', requestsPerMinute: 10 },
  { name: 'other', tokenEnv: 'OTHER_TOKEN' },
];
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const LIST = { jsonrpc: '2.0', id: 'a', method: 'tools/list' };

describe('messages other than tool calls', () => {
  test('are refused when there are too many, for that client alone, and calls and cancellations are not', async () => {
    const gateway = await Running.start({ clients });
    // these are two of its ten
    const [codex, other] = [await gateway.session(CODEX_TOKEN), await gateway.session(OTHER_TOKEN)];
    for (let times = 0; times < 8; times += 1) {
      expect(
        (
          await gateway.send({
            headers: codex,
            body: { ...LIST, id: times, method: times % 2 === 0 ? 'ping' : 'tools/list' },
          })
        ).status,
      ).toBe(200);
    }
    for (const method of [
      'tools/list',
      'ping',
      'initialize',
      'server/discover',
      'subscriptions/listen',
      'no/method',
      'notifications/initialized',
    ]) {
      const answer = await gateway.send({ headers: codex, body: { ...LIST, method } });
      expect(answer).toMatchObject({
        status: 429,
        message: {
          id: 'a',
          error: { message: expect.stringMatching(/^Too many messages: 10 a minute .* try again in \d+ s$/) },
        },
      });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(
      (
        await gateway.send({
          headers: { ...bearer(CODEX_TOKEN), 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'tools/list' },
          body: LIST,
        })
      ).status,
    ).toBe(429);
    const call = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'read_file', arguments: { path: 'a' } },
    };
    expect((await gateway.send({ headers: codex, body: call })).message).toMatchObject({ result: { content: [{}] } });
    expect(
      (
        await gateway.send({
          headers: codex,
          body: { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } },
        })
      ).status,
    ).toBe(202);
    expect((await gateway.send({ headers: other, body: LIST })).status).toBe(200);
  });

  test('are in the audit log, counted when they are many, and never by a name of the client\'s own', async () => {
    const gateway = await Running.start({ clients });
    const headers = await gateway.session();
    for (let times = 0; times < 4; times += 1) {
      await gateway.send({ headers, body: { ...LIST, id: times } });
    }
    await gateway.send({ headers, body: { ...LIST, method: CODEX_TOKEN } });
    for (let times = 0; times < 5; times += 1) {
      await gateway.send({ headers, body: { ...LIST, method: 'ping' } });
    }
    await gateway.stop();
    const messages = gateway.audit().filter((record) => record.type === 'message');
    expect(messages).toMatchObject([
      { client: 'codex', transport: 'http', method: 'initialize', outcome: 'success', request: 1 },
      { method: 'tools/list', outcome: 'success', request: 0, session: expect.stringMatching(/^[0-9a-f]{16}$/) },
      { method: 'other', outcome: 'success' },
      { method: 'ping', outcome: 'success' },
      { method: 'ping', outcome: 'limited', rule: 'request-rate' },
      { method: 'tools/list', outcome: 'success', count: 3 },
      { method: 'ping', outcome: 'success', count: 2 },
      { method: 'ping', outcome: 'limited', rule: 'request-rate', count: 1 },
    ]);
    expect(JSON.stringify(messages)).not.toContain(CODEX_TOKEN);
  });
});
