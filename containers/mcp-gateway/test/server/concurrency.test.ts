import { describe, expect, test } from 'vitest';
import { Answer, send } from './raw-http';
import { CODEX_TOKEN, OTHER_TOKEN, Running } from './running';
import { ManifestTool } from '../../src/manifest/manifest';
import { CallContext, Tool, ToolResult } from '../../src/tools/tool';
import { LOG_TOOL, READ_TOOL } from '../manifest/example';
import { fakeTool } from '../policy/fake-tool';

const limits = { timeoutMs: 60_000, maxOutputBytes: 1000, callsPerMinute: 1000 };
const clients = [{ name: 'codex', tokenEnv: 'CODEX_TOKEN' }, { name: 'other', tokenEnv: 'OTHER_TOKEN' }];
const both = clients.map(({ name }) => name);

const SPECS: readonly ManifestTool[] = [
  { ...READ_TOOL, name: 'held', clients: both, limits },
  { ...LOG_TOOL, argv: ['git', 'log'], parameters: {}, name: 'held', clients: both, limits },
  { kind: 'image', name: 'held', operation: 'list', clients: both, paths: { allow: ['**'] }, limits },
];

/** A tool whose calls run until they are released, or are stopped and have ended. */
class HeldTool {
  public running = 0;
  public mostRunning = 0;
  private readonly ends: (() => void)[] = [];

  /** @param woundUp what a stopped call still waits for */
  constructor(private readonly woundUp: Promise<void> = Promise.resolve()) {}

  public of(spec: ManifestTool): Tool {
    return {
      ...fakeTool(),
      spec,
      call: async (args, context) => (args.path === 'quick' ? { content: [] } : this.call(context)),
    };
  }

  public end(): void {
    this.ends.splice(0).forEach((end) => end());
  }

  private async call({ signal }: CallContext): Promise<ToolResult> {
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    await new Promise<void>((resolve) => {
      this.ends.push(resolve);
      signal.addEventListener('abort', () => resolve());
    });
    if (signal.aborted) {
      await this.woundUp;
    }
    this.running -= 1;
    return { content: [{ type: 'text', text: 'held' }] };
  }
}

/** Waits for a state, however slow the machine is. */
const eventually = <T>(state: () => T) => expect.poll(state, { interval: 10 });

let id = 0;

async function call(gateway: Running, headers: Record<string, string>, args: object = { path: 'a' }): Promise<string> {
  id += 1;
  const body = { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'held', arguments: args } };
  const { message }: Answer = await gateway.send({ headers, body, quietMs: 60_000 });
  return JSON.stringify(message.result ?? message.error);
}

function limitedCalls(gateway: Running): number {
  return gateway.audit().reduce((sum, record) => (
    sum + (record.type === 'call' && record.outcome === 'limited' ? record.count ?? 1 : 0)), 0);
}

test('calls with large answers take several slots', async () => {
  const tool = new HeldTool();
  const [spec] = SPECS;
  const gateway = await Running.start({
    clients,
    tools: [tool.of({ ...spec!, limits: { ...limits, maxOutputBytes: 2.5 * 1024 * 1024 } })],
    concurrency: { file: 16 },
  });
  const greedy = await gateway.session(CODEX_TOKEN);
  const calls = Array.from({ length: 6 }, async () => call(gateway, greedy));
  // of the eight that are the client's share, two take three each
  await eventually(() => tool.running).toBe(2);
  for (let ended = 0; ended < 6; ended += 2) {
    await eventually(() => tool.running).toBe(2);
    tool.end();
  }
  await Promise.all(calls);
  expect(tool.mostRunning).toBe(2);
});

test('a call that needs a slot of another kind is limited like the others of that kind', async () => {
  const held = new HeldTool();
  const [spec] = SPECS;
  const borrowing: Tool = {
    ...held.of(spec!),
    call: async (args, context) => {
      const release = await context.slot('image');
      try {
        return await held.of(spec!).call(args, context);
      } finally {
        release();
      }
    },
  };
  const gateway = await Running.start({ clients, tools: [borrowing], concurrency: { file: 16, image: 4, waiting: 3 } });
  const greedy = await gateway.session(CODEX_TOKEN);
  let refused = 0;
  const answers = Array.from({ length: 7 }, async () => {
    const answer = await call(gateway, greedy);
    refused += answer.includes('busy: 2 image calls of this client are running and 3 are waiting') ? 1 : 0;
  });
  // two run and three wait
  await eventually(() => refused).toBe(2);
  await eventually(() => held.running).toBe(2);
  const end = setInterval(() => held.end(), 5);
  await Promise.all(answers);
  clearInterval(end);
  expect([refused, held.mostRunning]).toEqual([2, 2]);
});

describe.each(SPECS)('100 parallel $kind calls of one client', (spec) => {
  test('run, wait or are refused by their number, and delay neither another client nor a probe', async () => {
    const tool = new HeldTool();
    const concurrency = { file: 6, command: 6, image: 6, waiting: 10 };
    const gateway = await Running.start({ clients, tools: [tool.of(spec)], concurrency });
    const [greedy, polite] = [await gateway.session(CODEX_TOKEN), await gateway.session(OTHER_TOKEN)];
    let answered = 0;
    const calls = Array.from({ length: 100 }, async () => call(gateway, greedy).finally(() => (answered += 1)));
    await eventually(() => answered).toBe(87);

    for (let times = 0; times < 20; times += 1) {
      expect(await call(gateway, polite, { path: 'quick' })).toBe('{"content":[]}');
      expect((await send(gateway.port, { method: 'GET', path: '/healthz' })).status).toBe(200);
    }
    expect(await gateway.gateway.metrics.text()).toMatch(/^mcp_gateway_calls_waiting 10$/m);
    expect(answered).toBe(87);

    await eventually(() => {
      tool.end();
      return answered;
    }).toBe(100);
    const answers = await Promise.all(calls);
    expect(answers.filter((answer) => answer.includes('"held"'))).toHaveLength(13);
    const refusal = `busy: 3 ${spec.kind} calls of this client are running and 10 are waiting; call again when one ` +
      'of them is answered';
    expect(answers.filter((answer) => answer.includes(refusal))).toHaveLength(87);
    expect(tool.mostRunning).toBe(3);
    await gateway.stop();
    expect(limitedCalls(gateway)).toBe(87);
    await gateway.audited({ client: 'codex', tool: 'held', outcome: 'limited', rule: 'queue-full' });
  });
});

describe('a call that waits', () => {
  const waitingFor = async (timeoutMs: number) => {
    let windUp: () => void = () => undefined;
    const tool = new HeldTool(new Promise((resolve) => (windUp = resolve)));
    const spec = { ...SPECS[0]!, limits: { ...limits, timeoutMs } };
    const gateway = await Running.start({ clients, tools: [tool.of(spec)], concurrency: { file: 2 } });
    const headers = await gateway.session();
    const first = call(gateway, headers);
    await eventually(() => tool.running).toBe(1);
    return { gateway, headers, tool, first, windUp };
  };

  test('is refused after its time limit, also while what runs has been stopped and has not ended', async () => {
    const { gateway, headers, tool, first, windUp } = await waitingFor(150);
    expect(await call(gateway, headers)).toContain('busy: other file calls kept this one waiting for 150 ms');
    expect(await first).toContain('longer than 150 ms');
    // the answer was sent, and yet the call still runs
    expect(await call(gateway, headers)).toContain('busy: other file calls kept this one waiting');
    expect(tool.mostRunning).toBe(1);
    windUp();
    await eventually(async () => call(gateway, headers, { path: 'quick' })).toBe('{"content":[]}');
    await gateway.audited({ outcome: 'limited', rule: 'queue-timeout' });
  });

  test('ends when it is cancelled, and at shutdown', async () => {
    const { gateway, headers, tool, first, windUp } = await waitingFor(60_000);
    windUp();
    const waits = (count: number) =>
      eventually(async () => gateway.gateway.metrics.text()).toMatch(
        new RegExp(`^mcp_gateway_calls_waiting ${count}$`, 'm'),
      );
    const cancelled = call(gateway, headers);
    await waits(1);
    await gateway.send({
      headers,
      body: { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } },
    });
    await waits(0);
    expect(await cancelled).toBeUndefined();
    const last = call(gateway, headers);
    await waits(1);
    await gateway.stop();
    expect(await Promise.all([first, last])).toEqual([
      expect.stringContaining('shutting down'),
      expect.stringContaining('shutting down'),
    ]);
    expect(tool.mostRunning).toBe(1);
    expect(gateway.audit().flatMap((record) => (record.type === 'call' ? [record.rule] : []))).toEqual([
      'cancelled',
      'shutdown',
      'shutdown',
    ]);
  });
});

test('a manifest without "concurrency" lets one client run 8 file calls, 4 programs and 2 decoders', async () => {
  for (const [spec, most] of [
    [SPECS[0]!, 8],
    [SPECS[1]!, 4],
    [SPECS[2]!, 2],
  ] as const) {
    const tool = new HeldTool();
    const alone = { ...spec, clients: ['codex'] };
    const gateway = await Running.start({
      clients: clients.slice(0, 1),
      env: { CODEX_TOKEN },
      tools: [tool.of(alone)],
    });
    const headers = await gateway.session();
    const calls = Array.from({ length: most + 4 }, async () => call(gateway, headers));
    await eventually(async () => gateway.gateway.metrics.text()).toMatch(/^mcp_gateway_calls_waiting 4$/m);
    expect(tool.running).toBe(most);
    await eventually(() => {
      tool.end();
      return tool.running;
    }).toBe(0);
    await Promise.all(calls);
  }
});
