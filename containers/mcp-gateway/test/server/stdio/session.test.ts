import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { AuditSink } from '../../../src/audit/record';
import { serverFactory } from '../../../src/server/mcp-server';
import { Messages } from '../../../src/server/messages';
import { StdioSession } from '../../../src/server/stdio/session';
import { Command, install } from '../../cli/command';
import { fakeTool } from '../../policy/fake-tool';
import { INITIALIZE } from '../raw-http';
import { Running } from '../running';

const CALL = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'read_file', arguments: { path: 'a' } } };

/** What a session answers to bytes that are given to it at once, without the answer to `initialize`. */
async function answersTo(
  bytes: Buffer | string,
): Promise<{ answers: unknown[]; refused: string[]; calls: number; failed: boolean }> {
  let calls = 0;
  const gateway = await Running.start({
    tools: [fakeTool({ call: async () => ({ content: [{ type: 'text', text: `call ${(calls += 1)}` }] }) })],
  });
  const [input, output] = [new PassThrough(), new PassThrough()];
  const written = text(output);
  const refused: string[] = [];
  const audit = { count: ({ rule }: { rule: string }) => void refused.push(rule) } as unknown as AuditSink;
  const factory = serverFactory({ name: 't', version: '0' }, gateway.gateway.calls, 'stdio');
  const session = new StdioSession({
    factory: () => factory('codex'),
    client: 'codex',
    messages: gateway.gateway.messages,
    audit,
    input,
    output,
  });
  input.write(`${JSON.stringify(INITIALIZE)}\n`);
  input.end(bytes);
  const { failed } = await session.ended;
  await gateway.gateway.finishCalls(1000);
  expect(await session.close()).toBe(true);
  output.end();
  return {
    answers: (await written)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id?: unknown })
      .filter(({ id }) => id !== 1),
    refused,
    calls,
    failed,
  };
}

describe('a session over standard input and output', () => {
  test('takes a last line without an end', async () => {
    expect(await answersTo(JSON.stringify(CALL))).toMatchObject({
      answers: [{ id: 2, result: { content: [{ text: 'call 1' }] } }],
      calls: 1,
    });
  });

  test('takes a line that comes letter by letter, and several at once', async () => {
    const { answers } = await answersTo(`${JSON.stringify(CALL)}\r\n\n\n${JSON.stringify({ ...CALL, id: 'x' })}\n`);
    expect(answers).toMatchObject([{ id: 2 }, { id: 'x' }]);
  });

  test.each([
    [
      'a member called __proto__',
      JSON.stringify(CALL).replace('"path":"a"', '"path":"a","__proto__":{}'),
      'message-structure',
      -32602,
    ],
    [
      'what is nested too deep',
      JSON.stringify(CALL).replace('"a"', `${'['.repeat(50_000)}${']'.repeat(50_000)}`),
      'message-structure',
      -32602,
    ],
    ['a list of many', JSON.stringify(CALL).replace('"a"', `[${'0,'.repeat(500_000)}0]`), 'message-structure', -32602],
    [
      'arguments that are a list',
      JSON.stringify({ ...CALL, params: { name: 'read_file', arguments: ['a'] } }),
      'malformed-call',
      -32602,
    ],
    [
      'arguments that are nothing',
      JSON.stringify({ ...CALL, params: { name: 'read_file', arguments: null } }),
      'malformed-call',
      -32602,
    ],
    ['a call of no name', JSON.stringify({ ...CALL, params: {} }), 'malformed-call', -32602],
    ['a name that is a number', JSON.stringify({ ...CALL, params: { name: 7 } }), 'malformed-call', -32602],
    ['params that are a list', JSON.stringify({ ...CALL, params: [] }), 'not-json-rpc', -32600],
    [
      'bytes that are no text',
      Buffer.from(JSON.stringify(CALL).replace('"a"', '"\xff"'), 'latin1'),
      'not-json',
      -32700,
    ],
  ])('refuses %s, and goes on', async (_, line, rule, code) => {
    const bytes = Buffer.concat([Buffer.from(line), Buffer.from(`\n${JSON.stringify({ ...CALL, id: 3 })}\n`)]);
    const { answers, refused, calls } = await answersTo(bytes);
    expect(answers).toMatchObject([
      { jsonrpc: '2.0', id: 2, error: { code } },
      { id: 3, result: {} },
    ]);
    expect(refused).toEqual([rule]);
    expect(calls).toBe(1);
  });

  test.each([
    'not json',
    '\0\0\0',
    '[{"jsonrpc":"2.0","id":2,"method":"ping"}]',
    '{"jsonrpc":"2.0","id":null,"method":"ping"}',
    '{"jsonrpc":"2.0","id":1.5,"method":"ping"}',
    '{"id":2}',
    'null',
  ])('skips %j, which has no id to answer', async (line) => {
    expect(await answersTo(`${line}\n${JSON.stringify(CALL)}\n`)).toMatchObject({
      answers: [{ id: 2, result: {} }],
      refused: ['not-json-rpc'],
    });
  });

  test('ends at a line that is too long, once what came before it is answered', async () => {
    const long = Buffer.alloc(10 * 1024 * 1024 + 1, 'a');
    expect(await answersTo(Buffer.concat([Buffer.from(`${JSON.stringify(CALL)}\n`), long]))).toMatchObject({
      answers: [{ id: 2, result: {} }],
      failed: true,
    });
    expect(await answersTo(Buffer.alloc(10 * 1024 * 1024 + 1, 'a'))).toMatchObject({
      failed: true,
      refused: ['line-too-long'],
    });
  });
});

describe('a flood over standard input and output', () => {
  const pings = (count: number): string =>
    Array.from({ length: count }, (_, id) => `{"jsonrpc":"2.0","id":${id},"method":"ping"}\n`).join('');

  test('is read as fast as its answers are taken away, and each request is answered', async () => {
    const gateway = await Running.start();
    const [input, output] = [new PassThrough(), new PassThrough()];
    let taken = 0;
    const factory = serverFactory({ name: 't', version: '0' }, gateway.gateway.calls, 'stdio');
    const session = new StdioSession({
      factory: () => factory('codex'),
      client: 'codex',
      messages: { admit: () => (taken += 1) } as unknown as Messages,
      audit: { count: () => undefined } as unknown as AuditSink,
      input,
      output,
    });
    input.end(pings(20_000));
    await expect.poll(() => taken).toBeGreaterThan(100);
    for (let before = -1; before !== taken; await new Promise((resolve) => setTimeout(resolve, 100))) {
      before = taken;
    }
    // no answer has been read yet
    expect(taken).toBeLessThan(5000);
    const written = text(output);
    expect(await session.ended).toEqual({ reason: 'end of input', failed: false });
    expect(await session.close()).toBe(true);
    output.end();
    const ids = (await written).trim().split('\n').map((line) => (JSON.parse(line) as { id: number }).id);
    expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 20_000 }, (_, id) => id));
  });

  test('is answered to its end by the process, for a reader that takes its time', async () => {
    const { manifest, env } = install();
    const command = new Command(['stdio', '--manifest', manifest], env);
    command.child.stdout.pause();
    command.child.stdin.end(`${JSON.stringify({ ...INITIALIZE, id: 'first' })}\n${pings(20_000)}`);
    // longer than calls get at the end of the input
    await new Promise((resolve) => setTimeout(resolve, 2000));
    command.child.stdout.resume();
    const { code, stdout } = await command.finished;
    expect(stdout.trim().split('\n')).toHaveLength(20_001);
    expect(code).toBe(0);
  });

  test('holds up nothing when a request is cancelled, and refuses an id that is in use', async () => {
    const gateway = await Running.start({ tools: [fakeTool({ call: async () => new Promise(() => undefined) })] });
    const [input, output] = [new PassThrough(), new PassThrough()];
    const factory = serverFactory({ name: 't', version: '0' }, gateway.gateway.calls, 'stdio');
    const { messages, audit } = gateway.gateway;
    const session = new StdioSession({
      factory: () => factory('codex'),
      client: 'codex',
      messages,
      audit,
      input,
      output,
    });
    const written = text(output);
    const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 2 } };
    input.end([INITIALIZE, CALL, CALL, cancel].map((message) => `${JSON.stringify(message)}\n`).join(''));
    await session.ended;
    expect(await session.close()).toBe(true);
    output.end();
    const answers = (await written).trim().split('\n').map((line) => JSON.parse(line) as object);
    expect(answers).toHaveLength(2);
    expect(answers).toContainEqual(
      expect.objectContaining({ id: 2, error: { code: -32600, message: expect.stringContaining('not answered yet') } }),
    );
  });
});

describe('a call that is none', () => {
  const none = [{}, { name: 7 }, ...[['a'], null, 'a'].map((each) => ({ name: 'read_file', arguments: each }))];

  test.each(none)('is refused over HTTP and recorded: %j', async (params) => {
    const gateway = await Running.start();
    const answer = await gateway.send({ headers: await gateway.session(), body: { ...CALL, params } });
    expect(answer).toMatchObject({
      status: 400,
      message: { id: 2, error: { code: -32602, message: expect.stringContaining('tools/call needs a name') } },
    });
    await gateway.audited({ type: 'input', outcome: 'denied', rule: 'malformed-call', client: 'codex' });
  });
});
