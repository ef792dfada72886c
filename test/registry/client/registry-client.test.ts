import { ServerResponse } from 'node:http';
import { createServer, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { aClient, failureOf } from './support';
import {
  aManifest,
  anIndex,
  digestOf,
  INDEX,
  MANIFEST,
  ScriptedServer,
  sendManifest,
  sendStatus,
  stopServers,
} from '../scripted-server';

afterEach(stopServers);

describe('a look-up', () => {
  test('gives the digest of an index, and asks for one', async () => {
    const server = await ScriptedServer.start((_, response) => sendManifest(response));
    expect(await aClient().client.lookUp(`${server.host}/team/tool`, '1.0')).toEqual({
      digest: digestOf(anIndex()),
      kind: 'index',
    });
    expect(server.seen).toEqual([
      {
        method: 'GET',
        path: '/v2/team/tool/manifests/1.0',
        authorization: undefined,
        accept: expect.stringContaining(INDEX),
      },
    ]);
  });

  test('reports an image that is for one platform only', async () => {
    const server = await ScriptedServer.start((_, response) =>
      sendManifest(response, aManifest(), { 'content-type': `${MANIFEST}; charset=utf-8` }),
    );
    expect(await aClient().client.lookUp(`${server.host}/tool`, '1.0')).toEqual({
      digest: digestOf(aManifest()),
      kind: 'manifest',
    });
  });

  test('works the digest out when the registry does not name it', async () => {
    const server = await ScriptedServer.start((_, response) =>
      sendManifest(response, anIndex('x'), { 'docker-content-digest': undefined }),
    );
    expect(await aClient().client.lookUp(`${server.host}/tool`, '1.0')).toMatchObject({
      digest: digestOf(anIndex('x')),
    });
  });

  test('does not fetch a manifest whose digest is known and still holds', async () => {
    const server = await ScriptedServer.start((_, response) => sendManifest(response));
    expect(await aClient().client.lookUp(`${server.host}/tool`, '1.0', digestOf(anIndex()))).toEqual({
      digest: digestOf(anIndex()),
      kind: 'index',
    });
    expect(server.seen.map(({ method }) => method)).toEqual(['HEAD']);
  });

  test.each([
    ['another digest is known', (response: ServerResponse) => sendManifest(response)],
    [
      'the registry does not answer HEAD',
      (response: ServerResponse) =>
        response.req.method === 'HEAD' ? sendStatus(response, 405) : sendManifest(response),
    ],
  ])('fetches the manifest when %s', async (_, script) => {
    const server = await ScriptedServer.start((__, response) => script(response));
    expect(await aClient().client.lookUp(`${server.host}/tool`, '1.0', digestOf('old'))).toMatchObject({
      digest: digestOf(anIndex()),
    });
    expect(server.seen.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
  });

  test('follows redirects', async () => {
    const other = await ScriptedServer.start((_, response) => sendManifest(response));
    const server = await ScriptedServer.start(({ url }, response) =>
      sendStatus(response, 307, { location: url === '/here' ? `http://${other.host}/there` : '/here' }),
    );
    expect(await aClient().client.lookUp(`${server.host}/tool`, '1.0')).toMatchObject({ digest: digestOf(anIndex()) });
    expect(other.seen).toMatchObject([{ path: '/there' }]);
  });
});

type Script = (response: ServerResponse) => void;

function endless(response: ServerResponse): void {
  response.setHeader('content-type', INDEX);
  if (response.req.method === 'HEAD') { return void response.end(); }
  const more = (): void => void (response.destroyed || response.write(Buffer.alloc(64 * 1024, 'x'), more));
  more();
}

describe('fails on a registry that', () => {
  const hostile: [string, Script, RegExp][] = [
    [
      'names a wrong digest',
      (r) => sendManifest(r, anIndex(), { 'docker-content-digest': digestOf('other') }),
      /a digest for .* that does not match its manifest/,
    ],
    [
      'names a digest of another kind',
      (r) => sendManifest(r, anIndex(), { 'docker-content-digest': `sha512:${'a'.repeat(128)}` }),
      /that does not match its manifest/,
    ],
    [
      'names no digest but other text',
      (r) => sendManifest(r, anIndex(), { 'docker-content-digest': 'sha256:evil' }),
      /that does not match its manifest/,
    ],
    [
      'sends a page',
      (r) => sendManifest(r, '<html>login</html>', { 'content-type': 'text/html' }),
      /other than an image manifest/,
    ],
    ['sends a page as a manifest', (r) => sendManifest(r, '<html>login</html>'), /other than an image manifest/],
    [
      'sends a manifest of the first generation',
      (r) =>
        sendManifest(r, '{"schemaVersion":1}', {
          'content-type': 'application/vnd.docker.distribution.manifest.v1+prettyjws',
        }),
      /other than an image manifest/,
    ],
    ['sends nothing', (r) => sendManifest(r, ''), /other than an image manifest/],
    ['sends a list', (r) => sendManifest(r, '[]'), /other than an image manifest/],
    ['sends null', (r) => sendManifest(r, 'null'), /other than an image manifest/],
    [
      'sends what is not UTF-8',
      (r) => sendManifest(r, Buffer.from([0x7b, 0xff, 0x7d])),
      /other than an image manifest/,
    ],
    [
      'sends an index that calls itself a manifest',
      (r) => sendManifest(r, anIndex().replace(INDEX, MANIFEST)),
      /other than an image manifest/,
    ],
    [
      'sends an index that is a manifest as well',
      (r) => sendManifest(r, anIndex().replace('{', '{"layers":[],"config":{},')),
      /other than an image manifest/,
    ],
    ['sends a manifest as an index', (r) => sendManifest(r, aManifest()), /other than an image manifest/],
    ['says how long a huge manifest is', (r) => sendManifest(r, Buffer.alloc(5 * 1024 * 1024, ' ')), /exceeds 4 MiB/],
    ['never ends', endless, /exceeds 4 MiB/],
    [
      'packs a huge manifest small',
      (r) => sendManifest(r, gzipSync(Buffer.alloc(50 * 1024 * 1024)), { 'content-encoding': 'gzip' }),
      /exceeds 4 MiB/,
    ],
    [
      'claims to have packed it',
      (r) => sendManifest(r, anIndex(), { 'content-encoding': 'gzip' }),
      /request to .* failed/,
    ],
    ['redirects in a circle', (r) => sendStatus(r, 302, { location: r.req.url! }), /redirects too often/],
    ['redirects nowhere', (r) => sendStatus(r, 302), /redirects to an untrusted address/],
    ['redirects to a file', (r) => sendStatus(r, 302, { location: 'file:///etc/passwd' }), /untrusted/],
    ['redirects to what is no address', (r) => sendStatus(r, 302, { location: 'http://[' }), /untrusted/],
    [
      'redirects to another machine without encryption',
      (r) => sendStatus(r, 302, { location: 'http://192.0.2.1/x' }),
      /untrusted/,
    ],
    ['redirects with a password', (r) => sendStatus(r, 302, { location: 'https://a:b@127.0.0.1/x' }), /untrusted/],
    ['redirects into a script', (r) => sendStatus(r, 302, { location: 'data:application/json,{}' }), /untrusted/],
    [
      'has no such image',
      (r) => sendStatus(r, 404, {}, '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}'),
      /has no image 127\.0\.0\.1:\d+\/tool:1\.0\.$/,
    ],
    ['forbids', (r) => sendStatus(r, 403), /denies access to/],
    ['is a teapot', (r) => sendStatus(r, 418), /with status 418/],
    ['is pleased to say nothing', (r) => sendStatus(r, 204), /with status 204/],
    ['answers with a part', (r) => sendStatus(r, 206, { 'content-type': INDEX }, anIndex()), /with status 206/],
    [
      'asks for a password in an unknown way',
      (r) => sendStatus(r, 401, { 'www-authenticate': 'Negotiate' }),
      /unsupported authentication scheme/,
    ],
    ['asks for a password in no way', (r) => sendStatus(r, 401), /unsupported authentication scheme/],
  ];

  test.each(hostile)('%s', async (_, script, sentence) => {
    const server = await ScriptedServer.start((__, response) => script(response));
    expect(await failureOf(aClient().client.lookUp(`${server.host}/tool`, '1.0'))).toMatch(sentence);
    expect(await failureOf(aClient().client.lookUp(`${server.host}/tool`, '1.0', digestOf('old')))).toMatch(sentence);
  });

  test('breaks off in the middle of the manifest, again and again', async () => {
    const server = await ScriptedServer.start((_, response) => {
      response.writeHead(200, { 'content-type': INDEX, 'content-length': '1000' }).write('{');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await failureOf(aClient().client.lookUp(`${server.host}/tool`, '1.0'))).toMatch(/connection reset/);
    expect(server.seen).toHaveLength(4);
  });

  test('takes the connection and says nothing', async () => {
    const server = await ScriptedServer.start(() => undefined);
    expect(await failureOf(aClient(undefined, 50).client.lookUp(`${server.host}/tool`, '1.0'))).toMatch(
      /timeout/,
    );
    expect(server.seen).toHaveLength(4);
  });

  test('does not end its manifest', async () => {
    const server = await ScriptedServer.start(
      (_, response) => void response.writeHead(200, { 'content-type': INDEX }).write('{'),
    );
    expect(await failureOf(aClient(undefined, 50).client.lookUp(`${server.host}/tool`, '1.0'))).toMatch(
      /timeout/,
    );
  });

  test.each([
    ['does not speak HTTP', (socket: Socket) => socket.end('SSH-2.0-OpenSSH\r\n')],
    ['has endless headers', (socket: Socket) => socket.end(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}\r\n`)],
    ['has a status that is none', (socket: Socket) => socket.end('HTTP/1.1 999999 OK\r\n\r\n')],
  ])('%s', async (_, script) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => script(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect(await failureOf(aClient().client.lookUp(`127.0.0.1:${port}/tool`, '1.0'))).toMatch(
      /^The request to 127\.0\.0\.1:\d+ failed: .* \([A-Z_ a-z]+\)\.$/,
    );
    server.close();
  });

  test('is not there', async () => {
    const server = await ScriptedServer.start(() => undefined);
    await stopServers();
    const { client, pauses } = aClient();
    expect(await failureOf(client.lookUp(`${server.host}/tool`, '1.0'))).toMatch(
      /connection refused \(ECONNREFUSED\)/,
    );
    expect(pauses).toEqual([500, 1000, 2000]);
  });
});
