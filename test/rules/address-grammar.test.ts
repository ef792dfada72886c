import { advice, aService, messages } from './support';
import { ConfigFile, Content, EnvironmentValue, HealthCheck, HostService, Mount, Port } from '../../src/core';
import { addressGrammar } from '../../src/rules/address-grammar';

describe('rule address-grammar', () => {
  test.each([
    ['scheme', { scheme: 'http"\n[evil]\nx = "' }],
    ['scheme', { scheme: 'HTTP' }],
    ['path', { suffix: 'v1' }],
    ['path', { suffix: '/v1"\n' }],
    ['path', { suffix: '/a b' }],
    ['path', { suffix: "/it's" }],
  ])('fails for an address whose %s would end what it stands in: %j', (what, options) => {
    expect(messages(addressGrammar, (box) => {
      const app = aService(box, 'app', { ports: [Port.internal(80)] });
      const file = new ConfigFile(app, 'a.conf', { content: [Content.endpoint(app.endpoint(80, options))] });
      app.addMount(Mount.file(file, '/etc/a.conf'));
    })).toEqual([expect.stringMatching(new RegExp(`^The address of "app" has the invalid ${what} ".*"\\.$`))]);
  });

  test.each([NaN, -1, 0, 1.5, 65536])('fails for the port %p of an address', (port) => {
    expect(messages(addressGrammar, (box) => {
      const app = aService(box, 'app');
      app.addEnvironment('SELF', EnvironmentValue.endpoint(app.endpoint(port)));
    })).toEqual([`The address of "app" has the invalid port ${port}.`]);
  });

  test.each(['', 'a b', 'a\nb', 'host:1', '-a', 'a..b', '10.0.0.1 x', 'A.internal'])(
    'fails for the host name %j',
    (hostname) => {
      expect(
        advice(addressGrammar, (box) => {
          new HostService(box, 'host', { port: 1, hostname });
        }),
      ).toEqual([
        [
          `${JSON.stringify(hostname)} is not a host name.`,
          'Use labels of lower-case letters, digits and dashes, separated by dots.',
        ],
      ]);
    },
  );

  test.each(['', 'health', '@evil.example/', '/a b', '/[1-9]', '/{a,b}', '/"'])(
    'fails for the path %j of a health check',
    (path) => {
      expect(
        messages(addressGrammar, (box) => aService(box, 'app', { healthCheck: HealthCheck.http(80, path) })),
      ).toEqual([`The health check path ${JSON.stringify(path)} is not valid.`]);
    },
  );

  test.each([1, 65535])('accepts the port %d, and a service without a health check', (port) => {
    expect(messages(addressGrammar, (box) => {
      const app = aService(box, 'app', { healthCheck: undefined });
      app.addEnvironment('SELF', EnvironmentValue.endpoint(app.endpoint(port)));
    })).toEqual([]);
  });

  test('accepts ordinary addresses', () => {
    expect(messages(addressGrammar, (box) => {
      const app = aService(box, 'app', { healthCheck: HealthCheck.http(80, '/health?x=$y&z=%20') });
      app.addEnvironment('A', EnvironmentValue.endpoint(app.endpoint(80, { scheme: '', suffix: '/v1/models' })));
      app.addEnvironment(
        'B',
        EnvironmentValue.endpoint(new HostService(box, 'host', { port: 11434 }).endpoint({ scheme: 'git+https' })),
      );
    })).toEqual([]);
  });
});
