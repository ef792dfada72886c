import { aService, messages } from './support';
import {
  ConfigFile,
  Content,
  EnvFile,
  EnvironmentValue,
  HealthCheck,
  Image,
  JsonPatch,
  Mount,
  Network,
  Secret,
  Size,
  Volume,
} from '../../src/core';
import { secretValue } from '../../src/rules/secret-value';

describe('rule secret-value', () => {
  test('fails for values of the shapes that issuers use, and never repeats them', () => {
    const values = [
      ['ghp', '0123456789abcdefghijABCDEFGHIJ012345'].join('_'),
      ['sk-ant', 'REDACTEDREDACTEDREDACTED'].join('-'),
      ['AKIA', 'ABCDEFGHIJKLMNOP'].join(''),
      ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' '),
      'postgres://user:hunter2@db/x',
      ['hf', 'abcdefghijklmnopqrstuvwxyzABCDEF'].join('_'),
    ];
    for (const value of values) {
      const said = messages(secretValue, (box) =>
        aService(box, 'a', { environment: { A: EnvironmentValue.literal(value) } }),
      );
      expect(said).toHaveLength(1);
      expect(said[0]).not.toContain(value);
    }
  });

  test('fails for a random value under a name of secrets, wherever it stands', () => {
    const random = 'b1946ac92492d2347c6235b4d2611184';
    expect(
      messages(secretValue, (box) =>
        aService(box, 'a', { environment: { API_KEY: EnvironmentValue.literal(random) } }),
      ),
    ).toEqual(['The variable API_KEY holds a literal secret.']);
    expect(
      messages(secretValue, (box) =>
        aService(box, 'a', {
          image: Image.fromBuild('containers', { repository: 'a/b', tag: '1', args: { MY_TOKEN: random } }),
        }),
      ),
    ).toEqual(['The build argument MY_TOKEN holds a literal secret.']);
    expect(
      messages(secretValue, (box) => aService(box, 'a', { command: ['--header', ['ghp', 'a'.repeat(36)].join('_')] })),
    ).toEqual(['The command holds a GitHub token.']);
  });

  test.each([
    ['0123456789abcdef', true],
    ['0123456789abcde', false],
    ['01234567 89abcdef', false],
    ['/run/secrets/b1946ac92492d2347c6235b4d2611184', false],
    ['disabled-disabled-disabled', false],
    ['a'.repeat(64), false],
  ])('of %j under a name that may mean a secret: random enough is %s', (text, told) => {
    expect(
      messages(secretValue, (box) => aService(box, 'a', { environment: { KEY: EnvironmentValue.literal(text) } })),
    ).toHaveLength(told ? 1 : 0);
  });

  test('finds an option and its value in two words, and names with values in files, once each', () => {
    expect(
      messages(secretValue, (box) => {
        aService(box, 'a', { command: ['--requirepass', 'changeme'] });
        aService(box, 'b', {
          command: ['--password=changeme'],
          healthCheck: HealthCheck.command(['redis-cli', '-a', 'changeme', 'ping']),
        });
        aService(box, 'c', {
          mounts: [Mount.file(new ConfigFile(box, 'conf', { content: [Content.text('password: changeme\n')] }), '/c')],
        });
        aService(box, 'd').overrideCompose('environment', { DB_PASSWORD: 'changeme' }, 'Because');
        aService(box, 'e').patchKubernetes(JsonPatch.add('/spec/template/spec/containers/0/env', [
          { name: 'DB_PASSWORD', value: 'changeme' },
        ]), 'Because');
      }),
    ).toEqual([
      'The command holds a literal secret.',
      'The command holds a literal secret.',
      'The health check holds a password in a command.',
      'The file conf holds a literal secret.',
      'The override of "environment" holds a literal secret.',
      'The patch at /spec/template/spec/containers/0/env holds a literal secret.',
    ]);
  });

  test('finds secrets in labels, annotations and options of services, volumes and networks, once each', () => {
    const secret = { PASSWORD: 'changeme' };
    const token = ['ghp', 'a'.repeat(36)].join('_');
    expect(
      messages(secretValue, (box) => {
        aService(box, 'a', { labels: secret });
        aService(box, 'b', { annotations: secret });
        aService(box, 'c', { labels: { a: token }, annotations: { [token]: 'b' } });
        aService(box, 'd', {
          labels: { a: 'user:password=changeme' },
          logging: { driver: 'fluentd', options: secret },
        });
        Volume.persistent(box, 'v', { size: Size.gibibytes(1), labels: secret });
        Volume.persistent(box, 'w', {
          size: Size.gibibytes(1),
          driver: 'local',
          driverOptions: { o: 'username=app,password=changeme' },
        });
        new Network(box, 'z', { driverOpts: secret });
      }),
    ).toEqual([
      'The setting "labels" holds a literal secret.',
      'The setting "annotations" holds a literal secret.',
      'The setting "annotations" holds a GitHub token.',
      'The setting "labels" holds a GitHub token.',
      'The setting "labels" holds a literal secret.',
      'The setting "logging" holds a literal secret.',
      'The setting "labels" holds a literal secret.',
      'The setting "driverOptions" holds a literal secret.',
      'The setting "driverOpts" holds a literal secret.',
    ]);
  });

  test('finds a patch that sets one annotation to a secret', () => {
    expect(messages(secretValue, (box) => {
      aService(box, 'a').patchKubernetes(JsonPatch.add('/metadata/annotations/DB_PASSWORD', 'changeme'), 'Because');
      aService(box, 'b').patchKubernetes(JsonPatch.add('/metadata/annotations/example.org~1password', 'xyz1'), 'Why');
      aService(box, 'c').patchKubernetes(JsonPatch.add('/metadata/annotations/team', 'changeme'), 'Because');
    })).toEqual([
      'The patch at /metadata/annotations/DB_PASSWORD holds a literal secret.',
      'The patch at /metadata/annotations/example.org~1password holds a literal secret.',
    ]);
  });

  test('accepts labels, annotations and options without secrets', () => {
    expect(messages(secretValue, (box) => {
      aService(box, 'a', {
        labels: { 'traefik.http.routers.a.rule': 'Host(`a.example`)', 'PASSWORD_FILE': '/run/secrets/p' },
        annotations: { 'prometheus.io/scrape': 'true', 'PASSWORD': '<your-password>' },
      });
      Volume.persistent(box, 'v', { size: Size.gibibytes(1), labels: { backup: 'daily' } });
      new Network(box, 'n', { driverOpts: { 'com.docker.network.driver.mtu': '1400' } });
    })).toEqual([]);
  });

  test('accepts words under such a name, random text under a name of anything, and references', () => {
    expect(messages(secretValue, (box) => aService(box, 'a', {
      environment: {
        TOKEN_FILE: EnvironmentValue.literal('/run/secrets/b1946ac92492d2347c6235b4d2611184'),
        AUTH: EnvironmentValue.literal('disabled'),
        COMMIT: EnvironmentValue.literal('b1946ac92492d2347c6235b4d2611184'),
        TOKEN: EnvironmentValue.secret(new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' })),
      },
    }))).toEqual([]);
  });
});
