import { secretIn, withoutSecrets } from '../../../src/rules/private/secret-shapes';

const TOKEN = `ghp_${'0aA'.repeat(12)}`;

describe('shapes of secrets', () => {
  test('are told by their issuer', () => {
    expect([`x ${TOKEN}`, 'https://me:hunter2@host/', 'plain'].map(secretIn)).toEqual(['a GitHub token', 'a password in an address', undefined]);
  });

  test('are taken out of what is said, each of them', () => {
    expect(withoutSecrets(`The names "${TOKEN}" and "${TOKEN}" of http://me:hunter2@host are none.`)).toBe('The names "(a GitHub token)" and "(a GitHub token)" of (a password in an address)host are none.');
    expect(withoutSecrets(`"${['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' ')}\\nMIIabc" is not a name.`)).toBe('"(a private key)');
    expect(withoutSecrets('Nothing to hide.')).toBe('Nothing to hide.');
  });
});
