import { failureOf } from './support';
import { isTrustworthy } from '../../../src/registry/client/http';
import { addressOf } from '../../../src/registry/client/image-address';

test.each([
  ['debian', 'docker.io', 'https://registry-1.docker.io/v2/library/debian/manifests/1', 'https://index.docker.io/v1/'],
  [
    'ollama/ollama',
    'docker.io',
    'https://registry-1.docker.io/v2/ollama/ollama/manifests/1',
    'https://index.docker.io/v1/',
  ],
  [
    'docker.io/debian',
    'docker.io',
    'https://registry-1.docker.io/v2/library/debian/manifests/1',
    'https://index.docker.io/v1/',
  ],
  [
    'index.docker.io/a/b',
    'index.docker.io',
    'https://registry-1.docker.io/v2/a/b/manifests/1',
    'https://index.docker.io/v1/',
  ],
  ['registry.example/tool', 'registry.example', 'https://registry.example/v2/tool/manifests/1', 'registry.example'],
  [
    'registry.example:5000/a/b/c',
    'registry.example:5000',
    'https://registry.example:5000/v2/a/b/c/manifests/1',
    'registry.example:5000',
  ],
  ['host:5000/tool', 'host:5000', 'https://host:5000/v2/tool/manifests/1', 'host:5000'],
  ['localhost/tool', 'localhost', 'http://localhost/v2/tool/manifests/1', 'localhost'],
  ['127.0.0.1:5000/tool', '127.0.0.1:5000', 'http://127.0.0.1:5000/v2/tool/manifests/1', '127.0.0.1:5000'],
  ['127.example:5000/tool', '127.example:5000', 'https://127.example:5000/v2/tool/manifests/1', '127.example:5000'],
  ['localhost.example/tool', 'localhost.example', 'https://localhost.example/v2/tool/manifests/1', 'localhost.example'],
])('%s is found where Docker finds it', (repository, host, manifest, credentials) => {
  const address = addressOf(repository, '1');
  expect({ ...address, manifest: address.manifest.href }).toMatchObject({
    label: `${repository}:1`,
    host,
    manifest,
    credentials,
  });
});

test.each([
  ['', '1'],
  ['a b', '1'],
  ['../x', '1'],
  ['a/../b', '1'],
  ['evil@host/a', '1'],
  ['https://host/a', '1'],
  ['a?b', '1'],
  ['a#b', '1'],
  ['A', '1'],
  ['a\n', '1'],
  ['a', ''],
  ['a', '../x'],
  ['a', '1@sha256:x'],
  ['a', '1 2'],
  ['a', '1\n'],
  ['host:99999/a', '1'],
  ['x'.repeat(10_000), '1'],
])('fails on %.40j with the tag %j', async (repository, tag) => {
  expect(await failureOf(Promise.resolve().then(() => addressOf(repository, tag)))).toMatch(
    /is not (?:an image name with a tag|a valid registry address)\.$/,
  );
});

test.each([
  ['https://other.example/x', 'https://registry.example/', true],
  ['https://other.example/x', 'http://127.0.0.1:5000/', true],
  ['http://127.0.0.1:1/x', 'http://127.0.0.1:5000/', true],
  ['http://[::1]/x', 'http://localhost/', true],
  ['http://127.0.0.1/x', 'https://registry.example/', false],
  ['http://other.example/x', 'http://127.0.0.1:5000/', false],
  ['http://127.0.0.1.example/x', 'http://127.0.0.1:5000/', false],
  ['https://name@other.example/x', 'https://registry.example/', false],
  ['file:///x', 'http://127.0.0.1:5000/', false],
])('whether %s is to be trusted from %s: %s', (url, from, expected) => {
  expect(isTrustworthy(new URL(url), new URL(from))).toBe(expected);
});
