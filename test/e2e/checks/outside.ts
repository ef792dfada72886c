import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connect } from 'node:tls';
import {
  Egress,
  EnvFile,
  FileOperation,
  McpGateway,
  Network,
  ReverseProxy,
  Secret,
  Size,
  Testing,
  Tool,
  Toolbox,
  PinInventory,
  Volume,
  Waiver,
} from '../../../src/core';
import { Checks } from '../harness/checks';
import { ROOT } from '../harness/garvis';
import { must, run } from '../harness/process';

const TOKENS = { ALICE_TOKEN: randomBytes(32).toString('hex'), BOB_TOKEN: randomBytes(32).toString('hex') };
const GATEWAY = join(ROOT, 'containers/mcp-gateway');

/** A gateway with a reverse proxy in front of it, for two clients on this machine. */
function aToolbox(name: string, hostPort: number): Toolbox {
  const box = new Toolbox(name, {
    title: 'Outside',
    description: 'Access from outside',
    pins: PinInventory.fromFile(join(ROOT, 'inventories/versions.yaml')),
  });
  const secrets = new EnvFile(box, 'secrets', { file: '.env.local' });
  const clients = Object.keys(TOKENS).map((key) => ({
    name: key === 'BOB_TOKEN' ? 'bob' : 'alice',
    token: new Secret(secrets, key, { description: 'd' }),
    callsPerMinute: key === 'BOB_TOKEN' ? 3 : 600,
  }));
  const network = new Network(box, 'gateway-only');
  const gateway = new McpGateway(box, 'mcp-gateway', {
    context: 'containers/mcp-gateway',
    repository: 'garvis/mcp-gateway',
    tag: '0.1.0',
    workspace: Volume.hostDirectory(box, 'shared', { directory: './shared', size: Size.gibibytes(1) }),
    auditVolume: Volume.persistent(box, 'logs', { size: Size.gibibytes(1) }),
    network,
    tools: [Tool.file('fs_read', FileOperation.READ)],
    clients,
    hostNames: ['localhost'],
  });
  new ReverseProxy(box, 'proxy', {
    component: 'haproxy',
    target: gateway.mcpEndpoint(),
    clients,
    hostName: 'localhost',
    certificates: Volume.hostDirectory(box, 'certificates', { directory: './certificates', size: Size.mebibytes(1) }),
    network,
    publicNetwork: new Network(box, 'public', { egress: Egress.INTERNET }),
    hostPort,
  }).addDependency(gateway);
  new Waiver(box, 'digests', { rule: 'image-digest', reason: 'Images of this test are local.' });
  return box;
}

/** Access from outside: the generated proxy in front of the generated gateway, with a real client. */
export async function outside(checks: Checks): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'toolbox-e2e-outside-'));
  const project = `toolbox-e2e-outside-${process.pid}`;
  const port = await freePort();
  const file = join(folder, 'dist/compose/docker-compose.draft.yml');
  const compose = async (...args: string[]): Promise<string> =>
    must('docker', ['compose', '--project-name', project, '--file', file, '--progress', 'quiet', ...args], {
      timeout: 120,
    });
  try {
    const ca = await prepare(folder, aToolbox(project, port));
    const url = `https://localhost:${port}/mcp`;
    await checks.check('gateway and proxy get healthy', async () => {
      await compose('up', '--detach', '--wait', '--wait-timeout', '90');
    });
    await checks.check('a real MCP client with its token lists the tools and calls one over TLS', async () => {
      const { tools, answer, error } = await client(url, TOKENS.ALICE_TOKEN, ca.file);
      assert.equal(error, undefined);
      assert.deepEqual(tools, ['fs_read']);
      assert.match(JSON.stringify(answer), /hello from outside/);
    });
    await checks.check('a wrong token, and none, are refused by the proxy; the gateway never sees them', async () => {
      assert.match((await client(url, '0'.repeat(64), ca.file)).error ?? '', /401|bearer token/i);
      assert.equal((await post(port, ca.pem, {})).status, 401);
      assert.equal((await post(port, ca.pem, { authorization: 'Bearer ' })).status, 401);
      const log = await compose('exec', '-T', 'mcp-gateway', 'node', '--eval',
        'process.stdout.write(require("node:fs").readFileSync("/var/log/mcp-gateway/audit.jsonl"))');
      assert.match(log, /"type":"call"/);
      assert.doesNotMatch(log, /"type":"auth"/);
    });
    await checks.check(
      'another host, another path, another method and a body that is too large are refused',
      async () => {
        const authorization = `Bearer ${TOKENS.ALICE_TOKEN}`;
        assert.equal((await post(port, ca.pem, { authorization, host: 'evil.example' })).status, 403);
        assert.equal((await post(port, ca.pem, { authorization }, { path: '/metrics' })).status, 403);
        assert.equal((await post(port, ca.pem, { authorization }, { method: 'PUT' })).status, 405);
        assert.equal((await post(port, ca.pem, { authorization }, { body: 'x'.repeat(300 * 1024) })).status, 413);
      },
    );
    await checks.check('each client has a rate of its own', async () => {
      const authorization = `Bearer ${TOKENS.BOB_TOKEN}`;
      const answers = [];
      for (let n = 0; n < 6; n += 1) {
        answers.push((await post(port, ca.pem, { authorization })).status);
      }
      assert.equal(answers.at(-1), 429, answers.join());
      assert.notEqual((await post(port, ca.pem, { authorization: `Bearer ${TOKENS.ALICE_TOKEN}` })).status, 429);
    });
    await checks.check('plain HTTP and old TLS get no answer', async () => {
      const { code } = await run('curl', ['--silent', '--max-time', '5', `http://localhost:${port}/mcp`]);
      assert.ok(code === 52 || code === 56, `curl ended with ${code}; 52 and 56 are no answer and a reset`);
      assert.equal(await tlsVersion(port, 'TLSv1.2'), 'TLSv1.2');
      await assert.rejects(tlsVersion(port, 'TLSv1.1'), /alert protocol version|ECONNRESET|disconnected/);
    });
    await checks.check('a token that is missing or empty keeps the proxy from starting', async () => {
      const { code, stdout, stderr } = await run(
        'docker',
        [
          'compose',
          '--project-name',
          project,
          '--file',
          file,
          'run',
          '--rm',
          '--no-TTY',
          '--no-deps',
          '--env',
          'BOB_TOKEN=',
          'proxy',
        ],
        { timeout: 30 },
      );
      assert.notEqual(code, 0);
      assert.match(stdout + stderr, /BOB_TOKEN is missing or empty/);
    });
  } finally {
    await compose('down', '--volumes', '--timeout', '5').catch((error: Error) => checks.broke(error));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(folder: string, box: Toolbox): Promise<{ readonly file: string; readonly pem: string }> {
  for (const [name, content] of Object.entries(Testing.synth(box).files)) {
    const path = join(folder, 'dist', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  assert.ok(
    Testing.synth(box).findings.every(({ severity, waived }) => severity !== 'error' || waived !== undefined),
    JSON.stringify(Testing.synth(box).findings),
  );
  mkdirSync(join(folder, 'shared'));
  mkdirSync(join(folder, 'certificates'));
  writeFileSync(join(folder, 'shared/hello.txt'), 'hello from outside\n');
  writeFileSync(join(folder, '.env.local'), Object.entries(TOKENS).map(([key, value]) => `${key}=${value}\n`).join(''));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  await must('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    key,
    '-out',
    certificate,
  ]);
  const pem = readFileSync(certificate, 'utf8');
  const proxy = join(folder, 'certificates/proxy.pem');
  writeFileSync(proxy, pem + readFileSync(key, 'utf8'));
  chmodSync(proxy, 0o644);
  return { file: certificate, pem };
}

async function client(
  url: string,
  token: string,
  ca: string,
): Promise<{ tools?: string[]; answer?: unknown; error?: string }> {
  const script = readFileSync(join(__dirname, '../harness/outside-client.mjs'), 'utf8');
  const said = await must('node', ['--input-type=module', '--eval', script, '--', url, token], {
    cwd: GATEWAY,
    env: { NODE_EXTRA_CA_CERTS: ca },
    timeout: 30,
  });
  return JSON.parse(said);
}

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string;
}

async function post(
  port: number,
  ca: string,
  headers: Record<string, string>,
  { path = '/mcp', method = 'POST', body = '{}' }: Sent = {},
): Promise<{ status?: number }> {
  return new Promise((done, failed) => {
    const all = {
      'host': `localhost:${port}`,
      'content-type': 'application/json',
      'content-length': String(body.length),
      ...headers,
    };
    const sent = request(
      { host: '127.0.0.1', servername: 'localhost', port, path, method, ca, headers: all },
      (answer) => {
        answer
          .resume()
          .on('end', () => done({ status: answer.statusCode }))
          .on('error', () => done({ status: answer.statusCode }));
      },
    );
    sent.on('error', failed).end(body);
  });
}

/** Connects with one version of TLS, also with one that this machine's own settings switch off. Returns the version. */
async function tlsVersion(port: number, version: 'TLSv1.1' | 'TLSv1.2'): Promise<string | null> {
  return new Promise((done, failed) => {
    const options = {
      host: '127.0.0.1',
      port,
      minVersion: version,
      maxVersion: version,
      ciphers: 'DEFAULT@SECLEVEL=0',
      rejectUnauthorized: false,
    };
    const socket = connect(options, () => {
      done(socket.getProtocol());
      socket.destroy();
    }).on('error', failed);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
