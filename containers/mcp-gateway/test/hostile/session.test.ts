import { expect } from 'vitest';
import { hostile } from './table';
import { fakeTool } from '../policy/fake-tool';
import { RawRequest } from '../server/raw-http';
import { OTHER_TOKEN, Running, UNLIMITED } from '../server/running';

const gateway = await Running.start({
  tools: [
    fakeTool({
      clients: ['codex', 'other'],
      limits: { timeoutMs: 5000, maxOutputBytes: 65536, callsPerMinute: 100_000 },
    }),
  ],
  clients: UNLIMITED,
  http: { maxSessions: 16 },
});

const callOf = (id: number, path: string) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'read_file', arguments: { path } },
});

hostile('session', {
  'session of client A with token of client B': async () => {
    const session = await gateway.session();
    const answer = await gateway.send({
      headers: { ...session, Authorization: `Bearer ${OTHER_TOKEN}` },
      body: { jsonrpc: '2.0', id: 2, method: 'tools/list' },
    });
    expect(answer.status).toBe(404);
    await gateway.audited({ type: 'auth', rule: 'session-of-another-client' });
    // its owner is not disturbed
    expect(
      (await gateway.send({ headers: session, body: { jsonrpc: '2.0', id: 3, method: 'tools/list' } })).status,
    ).toBe(200);
  },
  '10 000 initialize requests': async ({ repeat, body }: { repeat: number; body: unknown }) => {
    const begin = async (times: number): Promise<void> => {
      for (let done = 0; done < times; done += 100) {
        await Promise.all(Array.from({ length: 100 }, async () => gateway.send({ body })));
      }
    };
    await begin(repeat / 5);
    const before = process.memoryUsage().rss;
    await begin(repeat * 4 / 5);
    expect(gateway.endpoint.sessions.size).toBeLessThanOrEqual(16);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  },
  'concurrent equal ids from two clients': async ({ id }: { id: number }) => {
    const sessions = [await gateway.session(), await gateway.session(OTHER_TOKEN)];
    const answers = await Promise.all(
      sessions.flatMap((headers, client) =>
        Array.from({ length: 6 }, async (_, call) => {
          const path = `client-${client}-call-${call}`;
          const own = call === 0 ? headers : await gateway.session(client === 0 ? undefined : OTHER_TOKEN);
          const answer = await gateway.send({ headers: own, body: callOf(id, path) });
          return { path, answer };
        }),
      ),
    );
    for (const { path, answer } of answers) {
      expect(answer.message).toMatchObject({ id, result: { content: [{ text: JSON.stringify({ path }) }] } });
    }
  },
  'Last-Event-ID of another stream': async ({ headers }: RawRequest) => {
    const victim = await gateway.session();
    await gateway.send({ headers: victim, body: callOf(7, 'theirs') });
    const attacker = {
      ...(await gateway.session(OTHER_TOKEN)),
      ...headers,
      'Accept': 'text/event-stream',
      'Content-Length': null,
      'Content-Type': null,
    };
    const answer = await gateway.send({ method: 'GET', headers: attacker });
    expect(answer.body).not.toContain('theirs');
  },
});
