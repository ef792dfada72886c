import { aClient, failureOf } from './support';
import { factsIn } from '../../../src/registry/client/image-config';
import { digestOf, INDEX, MANIFEST, ScriptedServer, sendManifest, sendStatus, stopServers } from '../scripted-server';

afterEach(stopServers);

const HEALTH = { Test: ['CMD', 'curl', 'http://localhost'], Interval: 5e9, Timeout: 1.5e9, StartPeriod: 0, Retries: 4 };
const CONFIG = {
  architecture: 'amd64',
  config: {
    User: '1000:1000',
    ExposedPorts: { '9000/udp': {}, '80/tcp': {} },
    Volumes: { '/data': {} },
    Healthcheck: HEALTH,
  },
};
const FACTS = {
  user: '1000:1000',
  ports: ['80/tcp', '9000/udp'],
  volumes: ['/data'],
  healthCheck: { test: ['CMD', 'curl', 'http://localhost'], interval: 5, timeout: 2, retries: 4 },
};

function factsOf(config: object): unknown {
  return factsIn(Buffer.from(JSON.stringify({ config })));
}

describe('facts of a configuration', () => {
  test('are its user, ports, volumes and health check', () => {
    expect(factsIn(Buffer.from(JSON.stringify(CONFIG)))).toEqual(FACTS);
  });

  test('say what it does not set: root, and no health check', () => {
    expect(factsOf({})).toEqual({ user: '', healthCheck: { test: ['NONE'] } });
    expect(factsOf({ Healthcheck: { Test: ['NONE'] } })).toMatchObject({ healthCheck: { test: ['NONE'] } });
  });

  test('leave out what an inventory could not take', () => {
    expect(factsOf({
      User: 'a b\n',
      ExposedPorts: { '80/sctp': {}, '1-9/tcp': {}, '\u001b[0m': {} },
      Volumes: { 'relative': {}, '/a\nb': {} },
      Healthcheck: { Test: ['CMD', '\u202e'], Interval: 'often' },
    })).toEqual({});
    expect(factsOf({ User: 7, Healthcheck: { Test: 'CMD' } })).toEqual({});
    expect(factsOf({ Healthcheck: { Test: ['CMD', ...Array(40).fill('x')] } })).toEqual({ user: '' });
    expect(factsOf({ Healthcheck: { Test: ['CMD', 'a'], Interval: 1e30, Retries: -1 } }))
      .toEqual({ user: '', healthCheck: { test: ['CMD', 'a'] } });
  });

  test.each(['', 'null', '[]', '{}', '{"config":7}', '{"config":null}', '\u0000'])('are none in %j', (text) => {
    expect(factsIn(Buffer.from(text))).toBeUndefined();
  });
});

describe('a registry', () => {
  const config = JSON.stringify(CONFIG);
  const manifest = JSON.stringify({
    schemaVersion: 2, mediaType: MANIFEST, config: { digest: digestOf(config) }, layers: [],
  });
  const other = { digest: digestOf('other'), platform: { os: 'linux', architecture: 'arm64' } };
  const windows = { digest: digestOf('windows'), platform: { os: 'windows', architecture: 'amd64' } };
  const linux = { digest: digestOf(manifest), platform: { os: 'linux', architecture: 'amd64' } };
  const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [windows, other, linux] });

  function serve(bodies: Readonly<Record<string, string>>): Promise<ScriptedServer> {
    return ScriptedServer.start(({ url = '' }, response) => {
      const body = bodies[url];
      if (body === undefined) { return sendStatus(response, 404); }
      sendManifest(response, body, { 'content-type': url.includes('/blobs/') ? 'application/octet-stream' : MANIFEST });
    });
  }

  test('is asked for the configuration for Linux on amd64', async () => {
    const { host, seen } = await serve({
      [`/v2/team/tool/manifests/${digestOf(index)}`]: index,
      [`/v2/team/tool/manifests/${digestOf(manifest)}`]: manifest,
      [`/v2/team/tool/blobs/${digestOf(config)}`]: config,
    });
    const { client } = aClient();
    expect(await client.factsOf(`${host}/team/tool`, '1.0', { digest: digestOf(index), kind: 'index' })).toEqual(FACTS);
    expect(seen).toHaveLength(3);
    const single = { digest: digestOf(manifest), kind: 'manifest' } as const;
    expect(await client.factsOf(`${host}/team/tool`, '1.0', single)).toEqual(FACTS);
  });

  test('is not believed if it sends other bytes than asked for', async () => {
    const { host } = await serve({
      [`/v2/tool/manifests/${digestOf(manifest)}`]: manifest,
      [`/v2/tool/blobs/${digestOf(config)}`]: config.replace('1000:1000', '0:0'),
    });
    const found = { digest: digestOf(manifest), kind: 'manifest' } as const;
    expect(await aClient().client.factsOf(`${host}/tool`, '1.0', found)).toBeUndefined();
    expect(await aClient().client.factsOf(`${host}/gone`, '1.0', found)).toBeUndefined();
  });

  test('fails the look-up if it does not answer', async () => {
    const { host } = await ScriptedServer.start((_, response) => sendStatus(response, 503));
    const found = { digest: digestOf(manifest), kind: 'manifest' } as const;
    expect(await failureOf(aClient().client.factsOf(`${host}/tool`, '1.0', found))).toContain('503');
  });
});
