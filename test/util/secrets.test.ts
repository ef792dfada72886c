import { ORDINARY, Row, SECRET } from './secrets-table';
import { secretIn, secretInSettings, secretInValue, secretsInData, withoutSecrets } from '../../src/util/secrets';

const TOKEN = `ghp_${'0aA'.repeat(12)}`;

/** Put together here, so that no line of this file looks like one. */
const joined = (...parts: string[]): string => parts.join('');
const many = (length: number): string => '0aAbB1'.repeat(20).slice(0, length);

describe('shapes of secrets', () => {
  test.each([
    ['a private key', joined('-----BEGIN ', 'PRIVATE KEY-----')],
    ['a private key', joined('-----BEGIN OPENSSH ', 'PRIVATE KEY-----')],
    ...['p', 'o', 'u', 's', 'r'].map((kind) => ['a GitHub token', joined('gh', kind, '_', many(36))]),
    ['a GitHub token', joined('github', '_pat_', many(40))],
    ...['', 'ant-', 'proj-', 'svcacct-'].map((kind) => [
      'an OpenAI or Anthropic key',
      joined('sk', '-', kind, many(20)),
    ]),
    ...['AKIA', 'ASIA'].map((kind) => ['an AWS access key', joined(kind, '0123456789ABCDEF')]),
    ['an AWS access key', joined('AKIA', '0123456789ABCDEFG')],
    ['a Google API key', joined('AI', 'za', many(35))],
    ...['a', 'b', 'e', 'o', 'p', 'r', 's'].map((kind) => ['a Slack token', joined('xox', kind, '-', many(10))]),
    ...[36, 37].map((length) => ['an npm token', joined('npm', '_', many(length))]),
    ['a Hugging Face token', joined('hf', '_', many(30))],
    ['a GitLab token', joined('gl', 'pat-', many(20))],
    ['a JSON web token', ['eyJ', 'eyJ', ''].map((head) => joined(head, many(8))).join('.')],
    ['a password in an address', 'HTTPS://me:hunter2@host/'],
    ['a password in an address', 'postgres:/me:hunter2@db'],
  ])('are told by their issuer: %s', (issuer, secret) => {
    expect([secret, `"${secret}"`].map(secretIn)).toEqual([issuer, issuer]);
  });

  test.each([
    'plain',
    'https://host/a:b@c',
    'https://me@host',
    'ghp_short',
    `a${TOKEN}`,
    joined('sk', '-learn'),
    'eyJhbGciOi.eyJ',
    '-----BEGIN PUBLIC KEY-----',
  ])('are not in %j', (text) => {
    expect(secretIn(text)).toBeUndefined();
  });

  test('are taken out of what is said, each of them', () => {
    expect(withoutSecrets(`The names "${TOKEN}" and "${TOKEN}" of http://me:hunter2@host are none.`)).toBe(
      'The names "(a GitHub token)" and "(a GitHub token)" of (a password in an address)host are none.',
    );
    expect(withoutSecrets(`"${['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' ')}\\nMIIabc" is not a name.`)).toBe(
      '"(a private key)',
    );
    expect(withoutSecrets('Nothing to hide.')).toBe('Nothing to hide.');
  });
});

function kindUnder([under, value]: Row): string | undefined {
  switch (under) {
    case 'prose': return secretIn(value);
    case 'settings': return secretInSettings(value);
    default: return secretInValue(under, value);
  }
}

describe('literal secrets', () => {
  test.each(SECRET)('under %s: %j', (...row) => expect(kindUnder(row)).toBeDefined());

  test.each(ORDINARY)('not under %s: %j', (...row) => expect(kindUnder(row)).toBeUndefined());

  test('are found in data, with their place', () => {
    const data = {
      services: {
        app: {
          environment: ['A=b', 'DB_PASSWORD=hunter2'],
          command: ['--password', 'hunter2'],
          labels: { 'app.token': 'hunter2', 'app.port': 80 },
          secrets: ['db_password'],
        },
      },
      env: [
        { name: 'API_KEY', value: 'hunter2' },
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'TOKEN' } } },
      ],
    };
    expect(secretsInData(data).map(({ at }) => at.join('/'))).toEqual([
      'services/app/environment/1',
      'services/app/command',
      'services/app/labels/app.token',
      'env/0/value',
    ]);
  });

  test.each([
    ['a'.repeat(200_000)],
    ['a.'.repeat(100_000)],
    ['a://'.repeat(50_000)],
    ['mysql '.repeat(30_000)],
    ['--a '.repeat(50_000)],
    ['a="'.repeat(60_000)],
    [`Authorization: ${' '.repeat(200_000)}`],
  ])('are looked for in time that grows with the text: %#', (text) => {
    const started = process.cpuUsage();
    secretInSettings(text);
    withoutSecrets(text);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(20);
  });
});
