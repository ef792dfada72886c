import { describe, expect, it, vi } from 'vitest';
import { INITIALIZE, exchange, parse } from '../raw-http';
import { CODEX_TOKEN, Running } from '../running';

const gateway = await Running.start();

async function sent(text: string): Promise<ReturnType<typeof parse>> {
  return parse(await exchange(gateway.port, Buffer.from(text, 'latin1'), 2000));
}

const HEAD = `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${CODEX_TOKEN}\r\nContent-Type: ` +
  'application/json\r\n';

describe('what is no request', () => {
  it.each([
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00garbage\r\n\r\n', 400],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['a blank before a colon', 'POST /mcp HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n', 400],
    ['line feeds alone', 'POST /mcp HTTP/1.1\nHost: 127.0.0.1\n\n', 400],
    ['headers over several lines', 'POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b\r\n\r\n', 400],
    ['letters no address has', 'POST /mcp?\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', 400],
    ['two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`, 400],
    ['a length below zero', `${HEAD}Content-Length: -1\r\n\r\n`, 400],
    ['large headers', `${HEAD}X: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['an unknown expectation', `${HEAD}Expect: tea\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, 417],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n', 405],
  ])('refuses %s with a JSON-RPC error and closes', async (_, text, status) => {
    const answer = await sent(text);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'connection': 'close' });
    expect(answer.message).toMatchObject({ jsonrpc: '2.0', error: { code: -32000 } });
  });

  it('is counted and recorded', async () => {
    await sent('nonsense\r\n\r\n');
    await gateway.audited({ type: 'input', outcome: 'denied', rule: 'not-http' });
    expect(await gateway.gateway.metrics.text()).toMatch(/requests_refused_total\{rule="not-http"\} \d/);
  });

  it('does not mix its refusal into an answer that is under way', async () => {
    const body = JSON.stringify(INITIALIZE);
    const accept = 'Accept: application/json, text/event-stream\r\n';
    const text = (
      await exchange(
        gateway.port,
        Buffer.from(`${HEAD}${accept}Content-Length: ${body.length}\r\n\r\n${body}nonsense\r\n\r\n`),
        2000,
      )
    ).toString();
    expect(text.match(/HTTP\/1\.1 \d+/g)!.length).toBeLessThanOrEqual(2);
    expect(text.split('HTTP/1.1 400')[0]).not.toContain('not HTTP');
  });
});

describe('a request that fails in a way it should not', () => {
  it('is answered all the same', async () => {
    vi.spyOn(gateway.endpoint, 'serve').mockRejectedValueOnce(new Error('/some/path fails'));
    const answer = await gateway.send({ body: INITIALIZE });
    expect(answer.status).toBe(500);
    expect(answer.body).toBe('{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"Internal error"}}');
  });

  it.each(['localhost:65536', '[::1]:99999', '127.0.0.1:70000'])(
    'is not the one to Host %s, which has no such port',
    async (Host) => {
      const answer = await gateway.send({ headers: { Host }, body: INITIALIZE });
      expect(answer.status).toBe(400);
      expect(answer.message.error!.message).toContain('Host');
    },
  );
});
