import { ServerResponse } from 'node:http';
import { aClient, failureOf } from './support';
import { readChallenges } from '../../../src/registry/client/challenge';
import { Credentials } from '../../../src/registry/client/credentials';
import { anIndex, digestOf, ScriptedServer, sendManifest, sendStatus, stopServers } from '../scripted-server';

afterEach(stopServers);

const NAME: Credentials = { kind: 'basic', username: 'ann', password: 'canary-pass:word' };
const BASIC = `Basic ${Buffer.from('ann:canary-pass:word').toString('base64')}`;
const TOKEN = 'canary-token';

interface Servers {
  readonly registry: ScriptedServer;
  readonly tokens: ScriptedServer;
}

/** A registry that wants a token, and its token server. */
async function aTokenRegistry(answer: (response: ServerResponse) => void, challenge?: string): Promise<Servers> {
  const tokens = await ScriptedServer.start((_, response) => answer(response));
  const header =
    challenge ??
    `Bearer realm="http://${tokens.host}/token?a=b",service="registry, \\"one\\"",scope="registry:catalog:*"`;
  const registry = await ScriptedServer.start(({ headers }, response) => {
    if (headers.authorization === `Bearer ${TOKEN}`) {
      sendManifest(response);
    } else {
      sendStatus(response, 401, { 'www-authenticate': header });
    }
  });
  return { registry, tokens };
}

function grant(response: ServerResponse, body: object = { token: TOKEN }): void {
  sendStatus(response, 200, { 'content-type': 'application/json' }, JSON.stringify(body));
}

describe('a token', () => {
  test('is asked for without a name, for this image and for reading only, whatever the registry says', async () => {
    const { registry, tokens } = await aTokenRegistry((response) => grant(response));
    expect(await aClient().client.lookUp(`${registry.host}/team/tool`, '1.0')).toMatchObject({
      digest: digestOf(anIndex()),
    });
    expect(tokens.seen).toMatchObject([{ method: 'GET', authorization: undefined }]);
    const query = new URL(tokens.seen[0].path, 'http://x').searchParams;
    expect([...query]).toEqual([['a', 'b'], ['service', 'registry, "one"'], ['scope', 'repository:team/tool:pull']]);
    expect(registry.seen.map(({ authorization }) => authorization)).toEqual([undefined, `Bearer ${TOKEN}`]);
  });

  test('is asked for with the credentials that Docker has, and the registry never sees these', async () => {
    const { registry, tokens } = await aTokenRegistry((response) => grant(response, { access_token: TOKEN }));
    await aClient(NAME).client.lookUp(`${registry.host}/tool`, '1.0');
    expect(tokens.seen).toMatchObject([{ authorization: BASIC }]);
    expect(registry.seen.map(({ authorization }) => authorization)).not.toContain(BASIC);
  });

  test('serves both requests of one look-up', async () => {
    const { registry, tokens } = await aTokenRegistry((response) => grant(response));
    await aClient().client.lookUp(`${registry.host}/tool`, '1.0', digestOf('old'));
    expect(tokens.seen).toHaveLength(1);
    expect(registry.seen.map(({ method }) => method)).toEqual(['HEAD', 'HEAD', 'GET']);
  });

  test('is asked for again while the token server has a server error', async () => {
    let left = 2;
    const { registry } = await aTokenRegistry((response) => (left-- > 0 ? sendStatus(response, 503) : grant(response)));
    const { client, pauses } = aClient();
    expect(await client.lookUp(`${registry.host}/tool`, '1.0')).toMatchObject({ kind: 'index' });
    expect(pauses).toEqual([500, 1000]);
  });
});

test('a name and a password are sent where the registry asks for them itself', async () => {
  const registry = await ScriptedServer.start(({ headers }, response) => {
    if (headers.authorization === BASIC) {
      sendManifest(response);
    } else {
      sendStatus(response, 401, { 'www-authenticate': 'Basic realm="r"' });
    }
  });
  expect(await aClient(NAME).client.lookUp(`${registry.host}/tool`, '1.0')).toMatchObject({ kind: 'index' });
  expect(await failureOf(aClient().client.lookUp(`${registry.host}/tool`, '1.0'))).toMatch(
    /requires a user name and password\.$/,
  );
  const why = { kind: 'none', why: 'docker-credential-x failed' } as const;
  expect(await failureOf(aClient(why).client.lookUp(`${registry.host}/tool`, '1.0'))).toMatch(
    /requires a user name and password; docker-credential-x failed\.$/,
  );
  const wrong: Credentials = { ...NAME, password: 'canary-old' };
  expect(await failureOf(aClient(wrong).client.lookUp(`${registry.host}/tool`, '1.0'))).toMatch(
    /denies access to .*: it does not exist or requires other credentials\.$/,
  );
});

test('what was granted for a registry goes to no other place, even when it redirects there', async () => {
  const other = await ScriptedServer.start((_, response) => sendManifest(response));
  const registry = await ScriptedServer.start(({ headers, url }, response) => {
    if (headers.authorization === undefined) {
      sendStatus(response, 401, { 'www-authenticate': 'Basic' });
    } else {
      sendStatus(response, 307, { location: url === '/here' ? `http://${other.host}/there` : '/here' });
    }
  });
  await aClient(NAME).client.lookUp(`${registry.host}/tool`, '1.0');
  expect(registry.seen.map(({ authorization }) => authorization)).toEqual([undefined, BASIC, BASIC]);
  expect(other.seen).toMatchObject([{ path: '/there', authorization: undefined }]);
});

test('another place that a registry redirects to gets no credentials when it asks', async () => {
  const other = await ScriptedServer.start((_, response) => sendStatus(response, 401, { 'www-authenticate': 'Basic' }));
  const registry = await ScriptedServer.start((_, response) =>
    sendStatus(response, 307, { location: `http://${other.host}/there` }),
  );
  expect(await failureOf(aClient(NAME).client.lookUp(`${registry.host}/tool`, '1.0'))).toMatch(/denies access to/);
  expect(other.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
});

describe('fails on a token server that', () => {
  const page = (response: ServerResponse): void => sendStatus(response, 200, { 'content-type': 'text/html' }, '<html>');
  test.each<[string, (response: ServerResponse) => void, RegExp]>([
    ['sends a page', page, /answered without a token/],
    ['sends null', (r) => sendStatus(r, 200, {}, 'null'), /answered without a token/],
    ['sends no text as a token', (r) => grant(r, { token: 7 }), /answered without a token/],
    ['sends an empty token', (r) => grant(r, { token: '' }), /answered without a token/],
    [
      'sends a token with another header in it',
      (r) => grant(r, { token: `${TOKEN}\r\nx: y` }),
      /answered without a token/,
    ],
    ['sends a token in letters that no header has', (r) => grant(r, { token: 'tökën' }), /answered without a token/],
    ['sends a huge token', (r) => grant(r, { token: 'x'.repeat(2 * 1024 * 1024) }), /exceeds 1 MiB/],
    ['sends a token of half a megabyte', (r) => grant(r, { token: 'x'.repeat(512 * 1024) }), /answered without a token/],
    [
      'sends a token that does not open the registry',
      (r) => grant(r, { token: 'other' }),
      /denies access to .*: it does not exist or requires other credentials/,
    ],
    ['refuses', (r) => sendStatus(r, 401), /denies access to .* with the credentials of Docker\.$/],
    ['is not there', (r) => sendStatus(r, 404), /answered with status 404/],
    ['redirects to a file', (r) => sendStatus(r, 302, { location: 'file:///etc/passwd' }), /untrusted/],
  ])('%s', async (_, answer, sentence) => {
    const { registry } = await aTokenRegistry(answer);
    expect(await failureOf(aClient(NAME).client.lookUp(`${registry.host}/tool`, '1.0'))).toMatch(sentence);
  });

  test.each([
    'file:///etc/passwd',
    'http://192.0.2.1/token',
    'https://a:b@192.0.2.1/token',
    'ftp://127.0.0.1/',
    'token',
    '',
    'http://[',
    'javascript:1',
  ])('is at %j', async (realm) => {
    const { registry } = await aTokenRegistry((response) => grant(response), `Bearer realm="${realm}"`);
    expect(await failureOf(aClient(NAME).client.lookUp(`${registry.host}/tool`, '1.0'))).toMatch(
      /names an untrusted token server/,
    );
  });
});

test('fails without saying a secret, even when a registry repeats every one of them', async () => {
  const said: string[] = [];
  for (const status of [200, 400, 401, 403, 404, 429, 500]) {
    const tokens = await ScriptedServer.start((_, response) => grant(response));
    const registry = await ScriptedServer.start(({ headers: { authorization } }, response) => {
      const echo = authorization ?? '';
      const headers = { 'content-type': echo, 'location': echo, 'docker-content-digest': echo, 'retry-after': echo };
      const challenge = { 'www-authenticate': `Bearer realm="http://${tokens.host}/"` };
      sendStatus(response, authorization === undefined ? 401 : status, { ...challenge, ...headers },
        JSON.stringify({ errors: [{ code: authorization, message: authorization }] }));
    });
    said.push(await failureOf(aClient(NAME).client.lookUp(`${registry.host}/tool`, '1.0')));
  }
  expect(said).toHaveLength(7);
  expect(said.join('\n')).not.toMatch(/canary|Y2FuYX/);
});

describe('a challenge', () => {
  test.each<[string, string[], Record<string, string>]>([
    ['Bearer realm="https://a/b",service="s"', ['bearer'], { realm: 'https://a/b', service: 's' }],
    ['bearer Realm = plain , SERVICE="a \\"b\\" \\\\, c"', ['bearer'], { realm: 'plain', service: 'a "b" \\, c' }],
    ['Basic realm="x", Bearer realm="y"', ['basic', 'bearer'], { realm: 'x' }],
    ['Negotiate, Basic realm="x"', ['negotiate', 'basic'], {}],
    ['Bearer', ['bearer'], {}],
    ['realm="x"', [], {}],
    ['Bearer realm="never closed', ['bearer'], {}],
    ['', [], {}],
    [`Bearer ${'a=b,'.repeat(2_000)}`, ['bearer'], { a: 'b' }],
    [`Bearer realm="${'\\'.repeat(8_001)}`, ['bearer'], {}],
    [`${' '.repeat(4_000)},${'='.repeat(4_000)}`, [], {}],
    ['a'.repeat(8_192), ['a'.repeat(8_192)], {}],
    ['a'.repeat(8_193), [], {}],
  ])('is read out of %.60j', (header, schemes, parameters) => {
    const challenges = readChallenges(header);
    expect(challenges.map(({ scheme }) => scheme)).toEqual(schemes);
    expect(Object.fromEntries(challenges[0]?.parameters ?? [])).toEqual(parameters);
  });
});
