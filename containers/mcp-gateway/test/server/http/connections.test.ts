import { EventEmitter } from 'node:events';
import { Socket, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connections } from '../../../src/server/http/connections';
import { INITIALIZE, send } from '../raw-http';
import { CODEX_TOKEN, Running } from '../running';

const HEALTH = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';

function loginText(): string {
  const body = JSON.stringify(INITIALIZE);
  return [
    'POST /mcp HTTP/1.1', 'Host: 127.0.0.1', `Authorization: Bearer ${CODEX_TOKEN}`, 'Content-Type: application/json',
    'Accept: application/json, text/event-stream', `Content-Length: ${body.length}`, '', body,
  ].join('\r\n');
}

async function opened(port: number, localAddress: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    socket.on('error', reject).once('connect', () => resolve(socket.resume()));
  });
}

async function answered(socket: Socket, text: string): Promise<string> {
  const answer = new Promise<string>((resolve, reject) => {
    socket.once('data', (bytes) => resolve(String(bytes))).once('close', () => reject(new Error('closed')));
  });
  socket.write(text);
  return answer;
}

describe('connections without a token', () => {
  test('keep no client with a token out, from however many addresses they come', async () => {
    const gateway = await Running.start();
    const login = loginText();
    const client = await opened(gateway.port, '127.0.0.2');
    expect(await answered(client, login)).toContain('200 OK');
    const idle = await Promise.all(['127.0.0.2', '127.0.0.3', '127.0.0.4'].flatMap((address) => (
      Array.from({ length: 400 }, async () => opened(gateway.port, address)))));
    const closed = (): number => idle.filter((socket) => socket.closed).length;
    await expect.poll(closed).toBeGreaterThanOrEqual(1200 - 512);

    // the client that was there, new ones from an address of their own and from one of the crowd, and a probe
    expect(await answered(client, login)).toContain('200 OK');
    for (const address of ['127.0.0.5', '127.0.0.3']) {
      expect(await answered(await opened(gateway.port, address), login)).toContain('200 OK');
    }
    expect((await send(gateway.port, { method: 'GET', path: '/healthz' })).status).toBe(200);
    expect(await gateway.gateway.metrics.text()).toMatch(/requests_refused_total\{rule="connections"\} \d\d\d/);
  });

  test('are closed with their answer, and those with one are kept', async () => {
    const gateway = await Running.start();
    const get = { method: 'GET', path: '/healthz', headers: { Connection: 'keep-alive' } };
    expect((await send(gateway.port, get)).headers).toMatchObject({ connection: 'close' });
    expect(await send(gateway.port, { headers: { Connection: 'keep-alive' }, body: INITIALIZE })).toMatchObject({
      status: 401,
      headers: { connection: 'close' },
    });
    const socket = await opened(gateway.port, '127.0.0.1');
    const login = loginText();
    expect(await answered(socket, login)).toMatch(/200 OK[\s\S]*connection: keep-alive/i);
    expect(await answered(socket, login)).toContain('200 OK');
  });

  test('are closed when they ask again before they are answered', async () => {
    const gateway = await Running.start();
    const socket = await opened(gateway.port, '127.0.0.1');
    const bytes: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => bytes.push(chunk));
    socket.write('GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1000));
    await expect.poll(() => socket.closed).toBe(true);
    expect(Buffer.concat(bytes).toString().split('HTTP/1.1 200').length - 1).toBeLessThan(2);
    expect(await gateway.gateway.metrics.text()).toMatch(/requests_refused_total\{rule="pipelining"\} \d+$/m);
    expect(await answered(await opened(gateway.port, '127.0.0.1'), HEALTH)).toContain('200 OK');
  });
});

/** A connection as far as its bookkeeping looks at it. */
class FakeSocket extends EventEmitter {
  public destroyed = false;
  constructor(public readonly remoteAddress: string) {
    super();
  }
}

describe('the bookkeeping of connections', () => {
  const busy = new Set<unknown>();
  const expired: unknown[] = [];
  const displaced: unknown[] = [];
  let connections: Connections;

  beforeEach(() => {
    vi.useFakeTimers();
    [expired, displaced].forEach((list) => list.splice(0));
    connections = new Connections({
      clients: 2,
      busy: (socket) => busy.has(socket),
      expired: (socket) => void expired.push(socket),
      displaced: (socket) => void displaced.push(socket),
    });
  });

  afterEach(() => vi.useRealTimers());

  const add = (address: string): Socket => {
    const socket = new FakeSocket(address) as unknown as Socket;
    connections.add(socket);
    return socket;
  };

  test('displaces the oldest one of the address that holds most, once there are more than 512 without a token', () => {
    add('10.0.0.1');
    const crowd = Array.from({ length: 511 }, () => add('10.0.0.2'));
    expect(displaced).toEqual([]);
    add('10.0.0.3');
    add('10.0.0.2');
    expect(displaced).toEqual(crowd.slice(0, 2));
  });

  test('does not count those that have shown a token, or are closed', () => {
    const clients = Array.from({ length: 100 }, () => add('10.0.0.2'));
    clients.forEach((socket) => connections.prove(socket, 'codex'));
    Array.from({ length: 100 }, () => add('10.0.0.2')).forEach((socket) => socket.emit('close'));
    Array.from({ length: 512 }, () => add('10.0.0.2'));
    expect(displaced).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(expired).toHaveLength(512);
    expect(clients.some((socket) => expired.includes(socket))).toBe(false);
  });

  test('gives one 5 s to show a token, and longer while it is answered', () => {
    const [idle, asking] = [add('10.0.0.1'), add('10.0.0.1')];
    busy.add(asking);
    vi.advanceTimersByTime(4999);
    expect(expired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(expired).toEqual([idle]);
    busy.delete(asking);
    vi.advanceTimersByTime(5000);
    expect(expired).toEqual([idle, asking]);
  });

  test.each([[1, 512], [2, 256], [100, 64]])('gives each of %i clients %i', (clients, share) => {
    const shared = new Connections({
      clients,
      busy: () => false,
      expired: () => undefined,
      displaced: () => undefined,
    });
    const prove = () => shared.prove(new FakeSocket('10.0.0.1') as unknown as Socket, 'codex');
    Array.from({ length: share }, prove);
    expect(prove).toThrow('too many connections open');
  });

  test('refuses those of a client beyond its share of 512, and no other client\'s', () => {
    const mine = Array.from({ length: 256 }, () => add('10.0.0.1'));
    mine.forEach((socket) => connections.prove(socket, 'codex'));
    const next = add('10.0.0.1');
    expect(() => connections.prove(next, 'codex')).toThrow('too many connections open');
    connections.prove(mine[0]!, 'codex');
    connections.prove(next, 'other');
    // a proxy may use one connection for several clients
    connections.prove(mine[0]!, 'other');
    connections.prove(add('10.0.0.1'), 'codex');
    expect(() => connections.prove(add('10.0.0.1'), 'codex')).toThrow('too many connections open');
  });
});
