import { expect, test } from 'vitest';
import { CODEX_TOKEN, OTHER_TOKEN } from './running';
import { Credentials } from '../../src/server/credentials';
import { exampleManifest } from '../manifest/example';

const load = (env: NodeJS.ProcessEnv, host = '0.0.0.0', clients = exampleManifest().clients) =>
  Credentials.load(exampleManifest({ clients, http: { ...exampleManifest().http, host } }), env, () => undefined);

test('each token belongs to its client', () => {
  const credentials = load({ CODEX_TOKEN, OTHER_TOKEN });
  expect([CODEX_TOKEN, OTHER_TOKEN, `${CODEX_TOKEN}x`, ''].map((token) => credentials.identify(token))).toEqual([
    'codex',
    'other',
    undefined,
    undefined,
  ]);
  expect(credentials.anonymous).toBeUndefined();
});

test('a dump of the credentials shows no token', () => {
  expect(JSON.stringify(load({ CODEX_TOKEN, OTHER_TOKEN }))).not.toContain(CODEX_TOKEN);
});

test('takes every client\'s token out of a text, wherever it stands', () => {
  const credentials = load({ CODEX_TOKEN, OTHER_TOKEN: `${OTHER_TOKEN}-longer==` });
  expect(credentials.redact(CODEX_TOKEN)).toBe('[redacted]');
  expect(credentials.redact(`x${CODEX_TOKEN}${CODEX_TOKEN}-${OTHER_TOKEN}-longer==.`)).toBe(
    'x[redacted][redacted]-[redacted].',
  );
  expect(credentials.redact(`${CODEX_TOKEN.slice(1)} read_file`)).toBe(`${CODEX_TOKEN.slice(1)} read_file`);
});

test('fails for every client without a token at once', () => {
  expect(() => load({})).toThrow(/client "codex" has no token: set CODEX_TOKEN_FILE[\s\S]*client "other" has no token/);
  expect(() => load({ CODEX_TOKEN })).toThrow(/client "other" has no token/);
});

test('fails for two clients with one token', () => {
  expect(() => load({ CODEX_TOKEN, OTHER_TOKEN: CODEX_TOKEN })).toThrow(
    /client "other" has the token of another client/,
  );
});

test('fails without clients unless only this machine can reach it', () => {
  expect(() => load({}, '0.0.0.0', [])).toThrow(/not loopback, and no client is declared/);
  expect(load({}, '127.0.0.1', []).anonymous).toBeUndefined();
});

test('fails without tokens on loopback when it would not be known who calls', () => {
  expect(() => load({}, '127.0.0.1')).toThrow(/has no token/);
  expect(load({}, '::1', [{ name: 'codex', tokenEnv: 'CODEX_TOKEN' }]).anonymous).toBe('codex');
});

test('fails for a token file that is not there, without its content or the environment\'s token instead', () => {
  expect(() => load({ CODEX_TOKEN, CODEX_TOKEN_FILE: '/nonexistent', OTHER_TOKEN })).toThrow(
    /CODEX_TOKEN_FILE \(\/nonexistent\) cannot be read \(ENOENT\)/,
  );
});
