import { describe, expect, test } from 'vitest';
import { createLog } from '../../src/operations/log';
import { parseReadiness, Readiness } from '../../src/operations/readiness';
import { send } from '../server/raw-http';
import { Running } from '../server/running';

describe('/metrics', () => {
  const request = { method: 'GET', path: '/metrics', headers: { 'Content-Length': null, 'Content-Type': null } };

  test('counts calls and refusals', async () => {
    const gateway = await Running.start();
    const headers = await gateway.session();
    await gateway.send({
      headers,
      body: { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'read_file', arguments: { path: 'a' } } },
    });
    await gateway.send({
      headers,
      body: { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'made\nup', arguments: {} } },
    });
    await gateway.send({ headers: { Host: 'evil' } });
    const { body } = await send(gateway.port, request);
    expect(body).toContain('mcp_gateway_tool_calls_total{client="codex",tool="read_file",outcome="success"} 1');
    expect(body).toContain('mcp_gateway_tool_calls_total{client="codex",tool="unknown",outcome="denied"} 1');
    expect(body).toContain('mcp_gateway_requests_refused_total{rule="host"} 1');
    expect(body).toContain('mcp_gateway_sessions 1');
  });

  test('fails without a token when other machines can reach it, unless it was opened on purpose', async () => {
    const settings = { host: '0.0.0.0' };
    const closed = await Running.start({ settings });
    expect((await send(closed.port, request)).status).toBe(401);
    expect((await closed.send(request)).status).toBe(200);
    const open = await Running.start({ settings, openMetrics: true });
    expect((await send(open.port, request)).status).toBe(200);
  });

  test('fails for a page of another site', async () => {
    const gateway = await Running.start();
    expect(
      (await send(gateway.port, { ...request, headers: { ...request.headers, Origin: 'http://evil.example' } })).status,
    ).toBe(403);
  });
});

describe('readiness', () => {
  const parts = { manifest: 'ok', workspace: 'ok', tools: 'ok', audit: 'ok' };

  test('names the part that fails, and takes a check that breaks for one that fails', async () => {
    const readiness = new Readiness({
      audit: () => 'ok',
      workspace: async () => Promise.reject(new Error('/workspace is gone')),
    });
    expect(await readiness.report()).toEqual({
      service: 'mcp-gateway',
      ready: false,
      parts: { ...parts, workspace: 'failing' },
    });
  });

  test('goes on with a part that is degraded, and names it', async () => {
    expect(await new Readiness({ audit: () => 'degraded' }).report()).toEqual({
      service: 'mcp-gateway',
      ready: true,
      parts: { ...parts, audit: 'degraded' },
    });
  });

  test('is read from a gateway\'s own document alone', async () => {
    const report = await new Readiness({}).report();
    const failing = await new Readiness({ audit: () => 'failing' }).report();
    expect(parseReadiness(200, JSON.stringify(report))).toEqual(report);
    expect(parseReadiness(503, JSON.stringify(failing))).toEqual(failing);
    const others: [number, unknown][] = [
      [503, report],
      [200, failing],
      [204, report],
      [302, report],
      [200, { ...report, service: 'another' }],
      [200, { ...report, ready: 'true' }],
      [200, { ...report, more: 1 }],
      [200, { ...report, parts: { ...report.parts, audit: 'fine' } }],
      [200, { ...report, parts: { manifest: 'ok' } }],
      [200, { ready: true, parts }],
      ...['ok', true, null, [], [report], {}].map((body): [number, unknown] => [200, body]),
    ];
    expect(others.filter(([status, body]) => parseReadiness(status, JSON.stringify(body)) !== undefined)).toEqual([]);
    expect(['', 'ok', '<html>', `${JSON.stringify(report)}x`].map((body) => parseReadiness(200, body))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('ends when the gateway shuts down', async () => {
    const readiness = new Readiness({});
    readiness.drain();
    expect((await readiness.report()).ready).toBe(false);
  });
});

test('a log line stays one line, and moves no terminal, whatever is logged', () => {
  const lines: string[] = [];
  createLog('info', (line) => lines.push(line)).info({ path: 'a\r\n\u001b[31m\u007f\u009b\u2028\u202e' }, 'x\ny');
  expect(lines).toHaveLength(1);
  expect(lines[0]!.trimEnd()).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'info',
    path: 'a\r\n\u001b[31m\u007f\u009b\u2028\u202e',
    msg: 'x\ny',
  });
});
