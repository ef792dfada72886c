import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { TestServer } from './server';
import { after, bridged, BridgeProcess, INITIALIZE, textOf, TOKEN, tokenFile } from './support';

describe('the token', () => {
  test('comes from a file and is read again when the gateway does not accept it', async () => {
    let accepted = TOKEN;
    const server = await TestServer.start({ token: () => accepted });
    const file = tokenFile();
    const bridge = new BridgeProcess(['--url', server.url, '--token-file', file]);
    await bridge.initialize();
    accepted = 'the-next-token';
    expect((await bridge.call('echo', { text: 'x' })).error?.message).toBe('unauthorised');
    writeFileSync(file, 'the-next-token');
    expect(textOf(await bridge.call('echo', { text: 'y' }))).toBe('y');
  });

  test('is nowhere but in the header: not in arguments, environment, output or logs', async () => {
    const server = await TestServer.start({ token: () => 'another' });
    const bridge = new BridgeProcess(['--url', server.url, '--token-file', tokenFile()]);
    await bridge.ask('initialize', INITIALIZE);
    const proc = `/proc/${bridge.child.pid}`;
    const everywhere = [
      readFileSync(`${proc}/cmdline`, 'utf8'),
      readFileSync(`${proc}/environ`, 'utf8'),
      bridge.output,
      bridge.errors,
    ].join('\n');
    expect(everywhere).not.toContain(TOKEN);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  test('does not go where a redirect leads, nor to a proxy from the environment', async () => {
    const visitors: unknown[] = [];
    const elsewhere = createServer((request, response) => {
      visitors.push(request.headers);
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    after(() => void elsewhere.close());
    const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    let redirect = true;
    const server = await TestServer.start({
      intercept: (_request, response) => {
        if (redirect) {
          response.writeHead(307, { location: `${other}/mcp` }).end();
        }
        return redirect;
      },
    });
    const proxies = { HTTP_PROXY: other, http_proxy: other, ALL_PROXY: other, NODE_USE_ENV_PROXY: '1' };
    const bridge = new BridgeProcess(['--url', server.url, '--token-file', tokenFile()], proxies);
    expect((await bridge.ask('initialize', INITIALIZE)).error?.message).toContain(
      'redirect (307), which is not followed',
    );
    redirect = false;
    expect((await bridge.initialize()).result).toBeDefined();
    expect(visitors).toEqual([]);
  });
});

describe('a gateway that answers badly', () => {
  const cases: [string, (response: ServerResponse) => void, RegExp][] = [
    [
      'HTML',
      (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>no</h1>'),
      /HTTP status 502/,
    ],
    ['nothing', (response) => response.writeHead(202).end(), /HTTP status 202/],
    [
      'half an answer',
      (response) =>
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
          .write('{"a"', () => response.destroy()),
      /broke, and the request may have been carried out/,
    ],
    [
      'a stream that ends early',
      (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(': hello\n\n'),
      /gave no answer/,
    ],
    [
      'what is not JSON',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{'),
      /gave no answer/,
    ],
    ['nothing for too long', () => undefined, /no answer for 5 s/],
  ];

  test.each(cases)(
    'with %s fails the request with the reason, and stdout stays JSON-RPC',
    async (_name, reply, message) => {
      let bad = false;
      const server = await TestServer.start({
        intercept: (_request, response) => {
          if (bad) {
            reply(response);
          }
          return bad;
        },
      });
      const bridge = await bridged(server, '--timeout', '5');
      await bridge.ask('ping');
      bad = true;
      expect((await bridge.call('echo', { text: 'x' })).error?.message).toMatch(message);
      bad = false;
      expect(textOf(await bridge.call('echo', { text: 'y' }))).toBe('y');
    },
  );

  test('on several lines is given to the client on one', async () => {
    const server = await TestServer.start({
      intercept: (request, response) => {
        const { id } = JSON.parse(request.body) as { id?: number };
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ jsonrpc: '2.0', id, result: { a: [1] } }, undefined, 2));
        return true;
      },
    });
    const bridge = new BridgeProcess(['--url', server.url]);
    expect((await bridge.ask('anything')).result).toEqual({ a: [1] });
    expect(bridge.output.split('\n')).toHaveLength(2);
  });
});

