import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Command, Installed, TOKEN, install, run } from './command';
import { version } from '../../package.json';
import { Manifest } from '../../src/manifest/manifest';
import { READ_TOOL } from '../manifest/example';
import { INITIALIZE, send } from '../server/raw-http';

let nextPort = 30_000 + (process.pid % 10_000);

function onPort(changes: Partial<Manifest> = {}): Installed & { port: number } {
  nextPort += 1;
  return {
    ...install({
      http: { host: '127.0.0.1', port: nextPort, allowedHosts: ['gateway'], allowedOrigins: [] },
      ...changes,
    }),
    port: nextPort,
  };
}

async function serving(installed: Installed, ...args: string[]): Promise<Command> {
  const gateway = new Command(['serve', '--manifest', installed.manifest, ...args], installed.env);
  await gateway.until(({ stderr }) => stderr.includes('"serving"'));
  return gateway;
}

describe('--health-check', () => {
  test('starts without listening, lists the tools of each client and ends', async () => {
    const { manifest, env, audit } = install();
    const { code, stdout } = await run(['--health-check', '--manifest', manifest], env);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^initialised: 2 tools, policy sha256:[0-9a-f]{64}\n {2}codex: count_lines, read_file\n$/,
      ),
    });
    expect(() => readFileSync(audit)).toThrow(/ENOENT/);
  });

  test('works beside a gateway in service', async () => {
    const installed = onPort();
    const gateway = await serving(installed);
    expect((await run(['--health-check', '--manifest', installed.manifest], installed.env)).code).toBe(0);
    gateway.child.kill('SIGTERM');
    expect((await gateway.finished).code).toBe(0);
  });

  test.each(['serve', 'stdio', '--health-check'])(
    'fails, as %s does, with everything that is wrong at once',
    async (command) => {
      const { manifest } = install({
        http: { host: '0.0.0.0', port: 8811, allowedHosts: ['gateway'], allowedOrigins: [] },
      });
      const changed = JSON.parse(readFileSync(manifest, 'utf8')) as { tools: { argv?: string[] }[]; clients: object[] };
      changed.tools[1]!.argv![0] = 'wcc';
      changed.clients.push({ name: 'second', tokenEnv: 'SECOND' });
      writeFileSync(manifest, JSON.stringify(changed));
      const { code, stderr } = await run([command, '--manifest', manifest], { PATH: process.env.PATH });
      expect(code).toBe(1);
      expect(stderr).toContain('Did you mean "wc"?');
      expect(stderr).toContain(command === 'stdio' ? 'choose one with --client' : 'client "codex" has no token');
      expect(stderr).not.toMatch(/^ +at /m);
    },
  );

  test.each(['serve', 'stdio', '--health-check'])(
    'fails, as %s does, when a tool may read the audit log',
    async (command) => {
      const { manifest, env } = install();
      const changed = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
      writeFileSync(
        manifest,
        JSON.stringify({ ...changed, audit: { path: join(changed.workspace.root, 'audit.jsonl') } }),
      );
      const { code, stderr } = await run([command, '--manifest', manifest], env);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringMatching(/"read_file" may read the audit log.*\n.*"count_lines" may read the audit log/),
      });
    },
  );

  test.each(['serve', 'stdio', '--health-check', 'explain'])(
    'fails, as %s does, for a manifest of a newer generator, and says what to do',
    async (command) => {
      const { manifest, env } = install();
      writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"schemaVersion":1', '"schemaVersion":2'));
      const { code, stderr } = await run(
        [command, ...(command === 'explain' ? ['read_file'] : []), '--manifest', manifest],
        env,
      );
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining('schemaVersion: is 2, and this gateway knows 1 at most; build its image again'),
      });
    },
  );

  test('fails when nothing answers', async () => {
    expect(await run(['--health-check', '--url', 'http://127.0.0.1:9'], {})).toMatchObject({
      code: 1,
      stderr: 'unhealthy: http://127.0.0.1:9 cannot be reached (ECONNREFUSED)\n',
    });
  });
});

describe('serve', () => {
  test('fails without a manifest, and then serves nothing', async () => {
    expect(await run(['serve', '--manifest', '/nonexistent.json'], {})).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no tool is allowed'),
    });
  });

  test('fails on a port that is taken, and says what to do', async () => {
    const installed = onPort();
    const first = await serving(installed);
    const second = install({
      http: { host: '127.0.0.1', port: installed.port, allowedHosts: ['gateway'], allowedOrigins: [] },
    });
    const { code, stderr } = await run(['serve', '--manifest', second.manifest], second.env);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('(EADDRINUSE); choose another http.host or http.port'),
    });
    first.child.kill('SIGTERM');
    await first.finished;
  });

  test('finishes the running calls on SIGTERM, and records how it ended', async () => {
    const slow = { ...READ_TOOL, name: 'search', operation: 'grep' as const };
    const installed = onPort({ tools: [slow] });
    for (let file = 0; file < 300; file += 1) {
      writeFileSync(join(installed.folder, `${file}.txt`), `${'no match here\n'.repeat(2000)}needle`);
    }
    const gateway = await serving(installed);
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const begun = await send(installed.port, { headers, body: INITIALIZE });
    const answer = send(installed.port, {
      headers: { ...headers, 'Mcp-Session-Id': begun.headers['mcp-session-id']! },
      body: {
        jsonrpc: '2.0',
        id: 2,
        method: 'tools/call',
        params: { name: 'search', arguments: { pattern: 'needle' } },
      },
    });
    const isRunning = async (): Promise<string> =>
      (await fetch(`http://127.0.0.1:${installed.port}/metrics`)).text();
    await Promise.race([answer, expect.poll(isRunning).toMatch(/^mcp_gateway_calls_in_flight 1$/m)]);
    gateway.child.kill('SIGTERM');
    expect((await answer).message).toMatchObject({
      id: 2,
      result: { content: [{ text: expect.stringContaining('needle') }] },
    });
    expect((await gateway.finished).code).toBe(0);
    const types = readFileSync(installed.audit, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(['start', 'message', 'call', 'stop']);
  });

  test('serves on an edited audit log and reports it in its log, /readyz, metrics and health check', async () => {
    const installed = onPort();
    const first = await serving(installed);
    first.child.kill('SIGTERM');
    await first.finished;
    writeFileSync(installed.audit, readFileSync(installed.audit, 'utf8').replace('"tools":2', '"tools":3'));
    const gateway = await serving(installed);
    await gateway.until(({ stderr }) => stderr.includes('the audit log is not as the gateway wrote it'));
    const get = async (path: string) =>
      send(installed.port, { method: 'GET', path, headers: { 'Content-Length': null, 'Content-Type': null } });
    expect(await get('/readyz')).toMatchObject({ status: 200, body: expect.stringContaining('"audit":"degraded"') });
    expect((await get('/metrics')).body).toContain('mcp_gateway_audit_intact 0');
    expect(await run(['--health-check', '--url', `http://127.0.0.1:${installed.port}`], {})).toMatchObject({
      code: 0,
      stdout: 'healthy\n',
      stderr: expect.stringMatching(/^warning: .*audit degraded/),
    });
    expect(await run(['audit', 'verify', installed.audit], {})).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^edited \(recorded by the gateway\): /),
    });
    gateway.child.kill('SIGTERM');
    expect((await gateway.finished).code).toBe(0);
  });

  test.each(['read-only', 'read-write'] as const)(
    'says whether a workspace that is declared %s can be written',
    async (access) => {
      const installed = onPort();
      writeFileSync(
        installed.manifest,
        JSON.stringify({
          ...(JSON.parse(readFileSync(installed.manifest, 'utf8')) as Manifest),
          workspace: { root: installed.folder, access },
        }),
      );
      const isWarned = access === 'read-only';
      const warning = 'the workspace is declared read-only, and can be written through the mount of ' +
        `${installed.folder}; mount it read-only`;
      const gateway = await serving(installed);
      expect(gateway.stderr.includes(warning)).toBe(isWarned);
      const ready = await send(installed.port, {
        method: 'GET',
        path: '/readyz',
        headers: { 'Content-Length': null, 'Content-Type': null },
      });
      expect(ready).toMatchObject({
        status: 200,
        body: expect.stringContaining(`"workspace":"${isWarned ? 'degraded' : 'ok'}"`),
      });
      const there = await run(['--health-check', '--url', `http://127.0.0.1:${installed.port}`], {});
      expect(there).toMatchObject({
        code: 0,
        stderr: isWarned ? expect.stringContaining('warning: workspace degraded') : '',
      });
      const here = await run(['--health-check', '--json', '--manifest', installed.manifest], installed.env);
      expect((JSON.parse(here.stdout) as { warnings: string[] }).warnings.some((each) => each.includes(warning))).toBe(
        isWarned,
      );
      gateway.child.kill('SIGTERM');
      expect((await gateway.finished).code).toBe(0);
    },
  );

  test('opens the log again on SIGHUP', async () => {
    const installed = onPort();
    const gateway = await serving(installed);
    renameSync(installed.audit, `${installed.audit}.1`);
    gateway.child.kill('SIGHUP');
    await gateway.until(({ stderr }) => stderr.includes('opened again'));
    gateway.child.kill('SIGTERM');
    await gateway.finished;
    expect(readFileSync(installed.audit, 'utf8')).toContain('"type":"stop"');
    expect((await run(['audit', 'verify', `${installed.audit}.1`, installed.audit], {})).code).toBe(0);
  });
});

describe('explain', () => {
  test('says by which rule a call is denied', async () => {
    const { manifest, env } = install();
    const denied = await run(
      ['explain', 'read_file', '--args', '{"path":"../etc/passwd"}', '--manifest', manifest, '--json'],
      env,
    );
    expect({ code: denied.code, said: JSON.parse(denied.stdout) as unknown }).toEqual({
      code: 1,
      said: [expect.objectContaining({ client: 'codex', decision: 'denied', rule: 'path.parent' })],
    });
    expect(
      await run(['explain', 'read_file', '--args', '{"path":"ok.txt"}', '--manifest', manifest], env),
    ).toMatchObject({ code: 0, stdout: expect.stringContaining('codex: read_file is allowed') });
  });

  test('fails for arguments that are not JSON and for a client that does not exist', async () => {
    const { manifest, env } = install();
    expect(await run(['explain', 'read_file', '--args', '{', '--manifest', manifest], env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--args is not JSON'),
    });
    expect(await run(['explain', 'read_file', '--client', 'codx', '--manifest', manifest], env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean "codex"?'),
    });
  });
});

test('replay reports the calls of a log that another manifest would decide differently', async () => {
  const then = install();
  const calls = [
    ['read_file', { path: 'ok.txt' }],
    ['count_lines', { path: 'ok.txt' }],
  ].map(([name, args], id) => ({
    jsonrpc: '2.0',
    id: id + 2,
    method: 'tools/call',
    params: { name, arguments: args },
  }));
  await run(
    ['stdio', '--manifest', then.manifest],
    then.env,
    [INITIALIZE, ...calls].map((message) => `${JSON.stringify(message)}\n`).join(''),
  );
  const next = install({ tools: [READ_TOOL], workspace: { root: then.folder, access: 'read-only' } });
  const { code, stdout } = await run(
    ['replay', then.audit, '--manifest', next.manifest, '--was', then.manifest, '--json'],
    {},
  );
  expect({ code, report: JSON.parse(stdout) as unknown }).toEqual({
    code: 1,
    report: {
      same: 1,
      changed: [
        {
          client: 'codex',
          tool: 'count_lines',
          was: 'allowed',
          now: 'denied',
          rule: 'unknown-tool',
          calls: 1,
          firstSeq: 4,
          lastSeq: 4,
        },
      ],
      unknown: [],
      unreadableLines: 0,
    },
  });
  const recorded = readFileSync(then.audit, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; request?: number; session?: string });
  expect(recorded[0]).toMatchObject({ type: 'start', version });
  const session = recorded.find(({ type }) => type === 'call')?.session;
  expect(session).toMatch(/^[0-9a-f]{16}$/);
  expect(recorded.filter(({ type }) => type === 'call')).toMatchObject([
    { request: 2, session },
    { request: 3, session },
  ]);
  expect(await run(['replay', then.audit, '--manifest', then.manifest], then.env)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('0 calls would be decided differently, 2 as before'),
  });
});

describe('the command line', () => {
  test('prints its version and its help', async () => {
    expect(await run(['--version'], {})).toMatchObject({ code: 0, stdout: `${version}\n` });
    expect(version).not.toBe('0.0.0');
    expect(await run(['--help'], {})).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('usage: mcp-gateway COMMAND'),
    });
  });

  test.each([
    ['serv'],
    ['serve', '--client', 'x'],
    ['serve', '--grace', 'long'],
    ['serve', '--log-level', 'loud'],
    ['--bogus'],
    ['explain'],
    ['replay'],
  ])('fails with code 2 for %s', async (...args) => {
    expect((await run(args, {})).code).toBe(2);
  });
});
