import { execFileSync } from 'node:child_process';
import { createPrivateKey, KeyObject, randomUUID, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';

const SERVICE = 'suite';
const ISSUER = 'suite-tokens';

/** Who is let in, and to what. */
export interface Grants {
  /** Repositories that anybody may read. */
  readonly open: readonly string[];
  /** `name:password` of who may read everything. */
  readonly login: string;
}

export interface TokenServer {
  /** How a registry is configured to use it. */
  readonly auth: object;
  /** What was asked for, in order. */
  readonly scopes: readonly string[];
  stop(): void;
}

/** A token server as the registry's documentation describes it: signs what a client may read. */
export async function startTokenServer(folder: string, grants: Grants): Promise<TokenServer> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const words = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=suite',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    certificate,
  ];
  execFileSync('openssl', words, { stdio: 'ignore' });
  const scopes: string[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    const query = new URL(url, 'http://x').searchParams;
    const scope = query.get('scope') ?? '';
    scopes.push(scope);
    const login = Buffer.from(headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
    if (login !== '' && login !== grants.login) { return void response.writeHead(401).end(); }
    const isGranted = login !== '' || grants.open.some((name) => scope === `repository:${name}:pull`);
    const token = tokenFor(
      createPrivateKey(readFileSync(key)),
      new X509Certificate(readFileSync(certificate)),
      accessTo(scope, isGranted),
    );
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ token }));
  });
  const realm = `http://127.0.0.1:${await listening(server)}/token`;
  const auth = { auth: { token: { realm, service: SERVICE, issuer: ISSUER, rootcertbundle: certificate } } };
  return { auth, scopes, stop: () => void server.close() };
}

function accessTo(scope: string, isGranted: boolean): object[] {
  const [type, name, actions] = scope.split(':');
  return isGranted ? [{ type, name, actions: actions.split(',') }] : [];
}

function tokenFor(key: KeyObject, certificate: X509Certificate, access: readonly object[]): string {
  const now = Math.floor(Date.now() / 1000);
  const head = { typ: 'JWT', alg: 'RS256', x5c: [certificate.raw.toString('base64')] };
  const claims = {
    iss: ISSUER,
    sub: '',
    aud: SERVICE,
    iat: now,
    nbf: now - 60,
    exp: now + 300,
    jti: randomUUID(),
    access,
  };
  const text = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}
