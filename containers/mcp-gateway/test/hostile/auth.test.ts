import { expect } from 'vitest';
import { hostile } from './table';
import { Credentials } from '../../src/server/credentials';
import { exampleManifest } from '../manifest/example';
import { INITIALIZE, RawRequest, exchange, parse, send } from '../server/raw-http';
import { CODEX_TOKEN, OTHER_TOKEN, Running } from '../server/running';

const gateway = await Running.start();
// nothing of the failures of one check may reach the next
const flooded = await Running.start();

async function denied(headers: RawRequest['headers'], path = '/mcp'): Promise<void> {
  const answer = await send(gateway.port, { path, headers, body: INITIALIZE });
  expect(answer.status).toBe(401);
  expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  expect(answer.body).toBe(
    '{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"A valid bearer token is needed in the ' +
    'Authorization header"}}',
  );
}

function load(env: NodeJS.ProcessEnv): { warnings: string[] } {
  const warnings: string[] = [];
  Credentials.load(exampleManifest({ clients: [{ name: 'codex', tokenEnv: 'GATEWAY_TOKEN' }] }), env, (warning) =>
    warnings.push(warning),
  );
  return { warnings };
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

hostile('auth', {
  'no token': async () => {
    await denied({});
    await gateway.audited({ type: 'auth', outcome: 'denied', rule: 'no-token', remote: '127.0.0.1' });
  },
  'prefix of the token': async () => denied(bearer(CODEX_TOKEN.slice(0, 31))),
  'empty bearer': async ({ headers }: RawRequest) => denied(headers),
  'empty configured token': ({ env }: { env: NodeJS.ProcessEnv }) => {
    expect(() => load(env)).toThrow(/client "codex": the token of GATEWAY_TOKEN_FILE \(\/dev\/null\) is empty/);
    expect(() => load({ GATEWAY_TOKEN: '' })).toThrow(/is empty/);
  },
  'short configured token': ({ tokenFileContent }: { tokenFileContent: string }) => {
    expect(() => load({ GATEWAY_TOKEN_FILE: gateway.file('short', tokenFileContent) })).toThrow(
      /shorter than 32 bytes/,
    );
    expect(() => load({ GATEWAY_TOKEN: 'a'.repeat(64) })).toThrow(/fewer than 8 different characters/);
  },
  'token file world-readable': () => {
    expect(load({ GATEWAY_TOKEN_FILE: gateway.file('token', `${CODEX_TOKEN}\n`) }).warnings).toEqual([
      expect.stringMatching(/can be read by every user.*chmod 0400/),
    ]);
  },
  'token in query string': async () => denied({}, `/mcp?access_token=${CODEX_TOKEN}`),
  'lower-case scheme': async () => {
    expect((await gateway.send({ headers: { Authorization: `bearer ${CODEX_TOKEN}` }, body: INITIALIZE })).status).toBe(
      200,
    );
  },
  'Basic with the token': async () => denied({ Authorization: `Basic ${Buffer.from(CODEX_TOKEN).toString('base64')}` }),
  'two Authorization headers': async () => denied({ Authorization: ['Bearer bad', `Bearer ${CODEX_TOKEN}`] }),
  'header with CR/LF/NUL': async () => {
    const answer = parse(
      await exchange(
        gateway.port,
        Buffer.from('POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer a\0b\r\nConnection: close\r\n\r\n'),
      ),
    );
    expect([400, 401]).toContain(answer.status);
    expect(gateway.logs.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  },
  '16 KB token': async () => {
    expect([401, 431]).toContain(
      (await send(gateway.port, { headers: bearer('A'.repeat(16 * 1024)), body: INITIALIZE })).status,
    );
    await denied(bearer('A'.repeat(15 * 1024)));
  },
  'brute force 1000 tries': async ({ repeat, headers }: { repeat: number; headers: RawRequest['headers'] }) => {
    const statuses: number[] = [];
    for (let tries = 0; tries < repeat; tries += 20) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, async () => send(flooded.port, { headers, raw: '{}' })),
      );
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(new Set(statuses.slice(0, 20))).toEqual(new Set([401]));
    expect(new Set(statuses.slice(20))).toEqual(new Set([429]));
    expect((await flooded.send({ body: INITIALIZE })).status).toBe(200);
    // a flood cannot push what matters out of the log
    expect(flooded.audit().length).toBeLessThan(20);
  },
  'token via env leaks by /proc/1/environ': ({ env }: { env: NodeJS.ProcessEnv }) => {
    expect(() => load(env)).toThrow(/shorter than 32 bytes/);
    expect(load({ GATEWAY_TOKEN: OTHER_TOKEN }).warnings).toEqual([
      expect.stringContaining('GATEWAY_TOKEN_FILE is safer'),
    ]);
    // the file wins
    expect(() => load({ GATEWAY_TOKEN: OTHER_TOKEN, GATEWAY_TOKEN_FILE: '/dev/null' })).toThrow(/is empty/);
  },
});
