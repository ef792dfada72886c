import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Credentials, DockerCredentials } from '../../../src/registry/client/credentials';
import { aFolder, put, removeFolders } from '../../cli/support';

const PATH = process.env.PATH;

afterEach(() => {
  process.env.PATH = PATH;
  removeFolders();
});

const HUB = 'https://index.docker.io/v1/';
const AUTH = Buffer.from('ann:pass:word').toString('base64');
const ANN: Credentials = { kind: 'basic', username: 'ann', password: 'pass:word' };

function configured(config: object | string): DockerCredentials {
  const folder = aFolder();
  put(folder, 'config.json', typeof config === 'string' ? config : JSON.stringify(config));
  return new DockerCredentials(folder);
}

/** Puts a credential helper on the path; it keeps what it was asked, line by line. */
function aHelper(name: string, script: string): string {
  const folder = aFolder();
  put(
    folder,
    `docker-credential-${name}`,
    `#!/bin/sh\ncat >> "${folder}/asked"\n[ "$1" = get ] || exit 3\n${script}\n`,
  );
  chmodSync(join(folder, `docker-credential-${name}`), 0o755);
  process.env.PATH = `${folder}:${PATH}`;
  return join(folder, 'asked');
}

test.each([
  ['the host', 'registry.example:5000', 'registry.example:5000'],
  ['an address', 'https://registry.example/v2/', 'registry.example'],
  ['the default registry as Docker calls it', HUB, HUB],
  ['the default registry by its host', 'index.docker.io', HUB],
])('are found under %s', async (_, key, registry) => {
  expect(
    await configured({ auths: { 'other.example': { auth: 'eDp5' }, [key]: { auth: AUTH } } }).credentialsOf(registry),
  ).toEqual(ANN);
});

test.each<[string, object | string, Credentials]>([
  ['no registry', {}, { kind: 'none' }],
  ['another registry', { auths: { 'registry.example:5000': { auth: AUTH } } }, { kind: 'none' }],
  ['an empty entry', { auths: { 'registry.example': {} } }, { kind: 'none' }],
  ['an entry without a colon', { auths: { 'registry.example': { auth: 'YW5u' } } }, { kind: 'none' }],
  ['lists and numbers', { auths: [1], credHelpers: 7, credsStore: [] }, { kind: 'none' }],
  [
    'an identity token',
    { auths: { 'registry.example': { auth: AUTH, identitytoken: 'canary' } } },
    { kind: 'none', why: expect.stringContaining('identity token') as unknown as string },
  ],
  ['no JSON', '{', { kind: 'none', why: "Docker's config.json is not JSON" }],
  ['null', 'null', { kind: 'none' }],
  [
    'a helper that is none',
    { credsStore: '../../bin/sh' },
    { kind: 'none', why: expect.stringContaining('is not valid') as unknown as string },
  ],
  [
    'a helper that is not there',
    { credsStore: 'not-there' },
    { kind: 'none', why: 'docker-credential-not-there cannot be run (ENOENT)' },
  ],
])('are none when the configuration has %s', async (_, config, expected) => {
  expect(await configured(config).credentialsOf('registry.example')).toEqual(expected);
});

test('are none without a configuration, and told when it cannot be read', async () => {
  expect(await new DockerCredentials(aFolder()).credentialsOf('registry.example')).toEqual({ kind: 'none' });
  const folder = aFolder();
  put(folder, 'config.json/x', '');
  expect(await new DockerCredentials(folder).credentialsOf('registry.example')).toEqual({
    kind: 'none',
    why: "Docker's config.json cannot be read (EISDIR)",
  });
});

test('come from the helper of the registry before that of all, which is asked once', async () => {
  const asked = aHelper('one', 'echo \'{"ServerURL":"x","Username":"ann","Secret":"pass:word"}\'');
  const credentials = configured({ credsStore: 'other', credHelpers: { 'registry.example': 'one' } });
  expect(
    await Promise.all([credentials.credentialsOf('registry.example'), credentials.credentialsOf('registry.example')]),
  ).toEqual([ANN, ANN]);
  expect(readFileSync(asked, 'utf8')).toBe('registry.example\n');
  expect(await credentials.credentialsOf('other.example')).toEqual({
    kind: 'none',
    why: 'docker-credential-other cannot be run (ENOENT)',
  });
});

test('come from the helper of all registries, under the name that Docker gives the default one', async () => {
  const asked = aHelper('all', 'echo \'{"Username":"ann","Secret":"pass:word"}\'');
  expect(await configured({ credsStore: 'all' }).credentialsOf(HUB)).toEqual(ANN);
  expect(readFileSync(asked, 'utf8')).toBe(`${HUB}\n`);
});

test.each<[string, string, Credentials]>([
  ['knows none', 'echo "credentials not found in native keychain"; exit 1', { kind: 'none' }],
  ['fails', 'echo canary >&2; exit 1', { kind: 'none', why: 'docker-credential-odd failed' }],
  ['talks', 'echo canary', { kind: 'none', why: 'the answer of docker-credential-odd is not that of a credential helper' }],
  [
    'answers with numbers',
    'echo \'{"Username":1,"Secret":2}\'',
    { kind: 'none', why: 'the answer of docker-credential-odd is not that of a credential helper' },
  ],
  [
    'has an identity token',
    'echo \'{"Username":"<token>","Secret":"canary"}\'',
    { kind: 'none', why: expect.stringContaining('identity token') as unknown as string },
  ],
  ['floods', 'head -c 1000000 /dev/zero', { kind: 'none', why: 'docker-credential-odd failed' }],
])('are none when the helper %s', async (_, script, expected) => {
  aHelper('odd', script);
  expect(await configured({ credsStore: 'odd' }).credentialsOf('registry.example')).toEqual(expected);
});

test('that are written down serve when the helper has none', async () => {
  aHelper('odd', 'exit 1');
  expect(
    await configured({ credsStore: 'odd', auths: { 'registry.example': { auth: AUTH } } }).credentialsOf(
      'registry.example',
    ),
  ).toEqual(ANN);
});
