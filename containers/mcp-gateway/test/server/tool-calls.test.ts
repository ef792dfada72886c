import { chmodSync, renameSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Answer, INITIALIZE } from './raw-http';
import { CODEX_TOKEN, OTHER_TOKEN, Running } from './running';
import { sessionHash } from '../../src/audit/record';
import { Denial, ToolFailure } from '../../src/tools/tool';
import { fakeTool } from '../policy/fake-tool';

const limits = { timeoutMs: 200, maxOutputBytes: 65536, callsPerMinute: 1000 };
const never = async () => new Promise<never>(() => undefined);

const gateway = await Running.start({
  tools: [
    fakeTool({ limits }),
    fakeTool({ name: 'slow_file', limits, call: never }),
    fakeTool({ name: 'denying_file', limits, call: async () => Promise.reject(new Denial('path.policy')) }),
    fakeTool({ name: 'failing_file', limits, call: async () => Promise.reject(new ToolFailure('it is a folder')) }),
    fakeTool({ name: 'broken_file', limits, call: async () => Promise.reject(new Error('at /secret/path')) }),
    fakeTool({ name: 'rare_file', limits: { ...limits, callsPerMinute: 1 } }),
    fakeTool({ name: 'other_file', clients: ['other'], limits }),
  ],
});
const headers = await gateway.session();
let id = 100;

async function call(name: string, args: unknown = { path: 'a' }, as = headers): Promise<Answer['message']> {
  id += 1;
  return (
    await gateway.send({
      headers: as,
      body: { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } },
    })
  ).message;
}

function lastCall(): unknown {
  return gateway.audit().findLast(({ type }) => type === 'call');
}

const NOT_ALLOWED = { result: { isError: true, content: [{ type: 'text', text: 'not allowed by the tool policy' }] } };

describe('a call', () => {
  test('is answered with what the tool gives, and recorded by its shape', async () => {
    expect(await call('read_file', { path: 'notes.txt' })).toMatchObject({
      result: { content: [{ text: '{"path":"notes.txt"}' }] },
    });
    expect(lastCall()).toMatchObject({
      client: 'codex',
      tool: 'read_file',
      outcome: 'success',
      transport: 'http',
      bytesOut: 20,
      arguments: { declared: { path: { type: 'string', length: 9 } } },
    });
    expect(JSON.stringify(lastCall())).not.toContain('notes.txt');
  });

  test('is recorded with the id of its request and the hash of its session', async () => {
    const session = headers['Mcp-Session-Id']!;
    for (const request of [4711, 'turn-7']) {
      await gateway.send({
        headers,
        body: {
          jsonrpc: '2.0',
          id: request,
          method: 'tools/call',
          params: { name: 'read_file', arguments: { path: 'a' } },
        },
      });
      expect(lastCall()).toMatchObject({ request, session: sessionHash(session) });
    }
    await gateway.send({
      headers: { ...headers, 'Content-Encoding': 'gzip' },
      body: { jsonrpc: '2.0', id: 5, method: 'ping' },
    });
    await gateway.send({ headers, body: { jsonrpc: '2.0', id: 'bad-call', method: 'tools/call', params: {} } });
    await expect.poll(() => gateway.audit().filter(({ type }) => type === 'input'))
      .toMatchObject([{ rule: 'content-encoding' }, { rule: 'malformed-call', request: 'bad-call' }]);
    expect(JSON.stringify(gateway.audit())).not.toContain(session);
  });

  test.each([CODEX_TOKEN, `read ${OTHER_TOKEN}`, `mcp__${CODEX_TOKEN}__x`, headers['Mcp-Session-Id']!])(
    'that holds the secret %s wherever a client can put it leaves it in no log',
    async (text) => {
      const body = (method: string, params: object) => ({ jsonrpc: '2.0', id: text, method, params });
      await gateway.send({
        headers,
        body: body('tools/call', { name: text, arguments: { [text]: text, path: text } }),
      });
      await gateway.send({ headers, body: body('tools/call', { name: 'read_file', arguments: { path: text } }) });
      await gateway.send({ headers, body: body(text, {}) });
      await gateway.send({ headers, body: body('tools/call', { [text]: text }) });
      await gateway.send({ headers: { ...headers, 'Mcp-Session-Id': text }, body: body('ping', {}) });
      await gateway.send({
        headers: { ...headers, 'Mcp-Protocol-Version': text, 'Origin': text },
        body: body('ping', {}),
      });
      await gateway.send({
        body: { ...INITIALIZE, params: { ...INITIALIZE.params, clientInfo: { name: text, version: text } } },
      });
      expect(lastCall()).toMatchObject({ tool: 'read_file', request: expect.stringContaining('[redacted]') });
      await expect.poll(() => gateway.audit().some(({ type }) => type === 'input')).toBe(true);
      const secret = text.split(/ |__/)[1] ?? text;
      expect(JSON.stringify([gateway.audit(), gateway.logs])).not.toContain(secret);
    },
  );

  test('fails with one message whether the policy or the opened file denies it', async () => {
    expect(await call('read_file', { path: 'secret' })).toMatchObject(NOT_ALLOWED);
    expect(lastCall()).toMatchObject({ outcome: 'denied', rule: 'path-denied' });
    expect(await call('denying_file')).toMatchObject(NOT_ALLOWED);
    expect(lastCall()).toMatchObject({ outcome: 'denied', rule: 'path.policy' });
  });

  test('fails for the tool of another client as for one that does not exist', async () => {
    const [foreign, missing] = [await call('other_file'), await call('no_file')];
    expect(foreign.error).toEqual(missing.error);
    expect(await call('other_file', { path: 'a' }, await gateway.session(OTHER_TOKEN))).toMatchObject({
      result: { content: [{}] },
    });
  });

  test('fails at its time limit although the tool pays no heed', async () => {
    expect(await call('slow_file')).toMatchObject({
      result: { isError: true, content: [{ text: expect.stringContaining('longer than 200 ms') }] },
    });
    expect(lastCall()).toMatchObject({ outcome: 'error', rule: 'timeout' });
  });

  test('fails with the tool\'s own words when it could not be carried out', async () => {
    expect(await call('failing_file')).toMatchObject({
      result: { isError: true, content: [{ text: 'it is a folder' }] },
    });
  });

  test('fails without a word of what went wrong inside', async () => {
    expect(JSON.stringify(await call('broken_file'))).not.toContain('/secret/path');
    expect(gateway.logs.join('')).toContain('/secret/path');
  });

  test('fails when there were too many, and says when to come back', async () => {
    await call('rare_file');
    expect(await call('rare_file')).toMatchObject({
      result: {
        isError: true,
        content: [{ text: expect.stringMatching(/1 a minute are allowed for this tool; call again in \d+ s/) }],
      },
    });
    expect(lastCall()).toMatchObject({ outcome: 'limited', rule: 'tool-rate' });
  });
});

test('tools/list shows a client its own tools, in the order of their names', async () => {
  const list = async (as: Record<string, string>) =>
    (await gateway.send({ headers: as, body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } })).message.result!
      .tools as { name: string }[];
  expect((await list(headers)).map(({ name }) => name)).toEqual([
    'broken_file',
    'denying_file',
    'failing_file',
    'rare_file',
    'read_file',
    'slow_file',
  ]);
  expect(await list(await gateway.session(OTHER_TOKEN))).toMatchObject([
    { name: 'other_file', inputSchema: { additionalProperties: false } },
  ]);
});

test('fails every call while the audit log cannot be written, says so on /readyz, and recovers', async () => {
  const broken = await Running.start();
  const as = await broken.session();
  const audit = join(broken.folder, 'audit.jsonl');
  const ask = async (): Promise<string> =>
    JSON.stringify(
      (
        await broken.send({
          headers: as,
          body: {
            jsonrpc: '2.0',
            id: 5,
            method: 'tools/call',
            params: { name: 'read_file', arguments: { path: 'a' } },
          },
        })
      ).message,
    );
  const ready = { method: 'GET', path: '/readyz', headers: { 'Content-Length': null, 'Content-Type': null } };
  expect(await ask()).toContain('\\"path\\"');
  // a folder where the log should be
  renameSync(audit, `${audit}.old`);
  mkdirSync(audit);
  chmodSync(audit, 0o500);
  expect(await ask()).toContain('cannot write its audit log');
  expect(await broken.send(ready)).toMatchObject({ status: 503, body: expect.stringContaining('"audit":"failing"') });
  renameSync(audit, `${audit}.folder`);
  renameSync(`${audit}.old`, audit);
  await expect.poll(async () => (await broken.send(ready)).status).toBe(200);
  expect(await ask()).toContain('\\"path\\"');
});

test('many calls at once raise no warning on standard error', async () => {
  const warnings: string[] = [];
  const hear = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', hear);
  await Promise.all(Array.from({ length: 15 }, async () => call('slow_file')));
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('warning', hear);
  expect(warnings).toEqual([]);
});
