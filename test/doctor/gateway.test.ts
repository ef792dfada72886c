import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aStack, aStackFolder, COMPOSE_FILE, RUNNING, STACK, StackMachine, TOKEN } from './stack';
import { Call, failing, GivenContainer } from './support';
import { codex } from '../../src/doctor/checks/codex';
import { gateway } from '../../src/doctor/checks/gateway';
import { removeFolders } from '../cli/support';

afterAll(removeFolders);

const ANSWER =
  'HTTP/1.1 200 OK\r\nMcp-Session-Id: abc-123\r\n\r\nevent: message\n' +
    'data: {"result":{"serverInfo":{"name":"gateway"}}}\n\n200';
const withoutAgent = RUNNING.filter(({ service }) => service !== 'agent');

function look(machine: StackMachine, calls: Call[] = []) {
  return gateway.examine(aStack({ containers: withoutAgent, ...machine }, calls));
}

describe('gateway', () => {
  test('is ok when it accepts the token of the env file at the client, and ends the session', async () => {
    const calls: Call[] = [];
    const programs = { 'docker run * --network box_tools * --entrypoint curl box/agent:1 --config -': ANSWER };
    expect(await look({ programs }, calls)).toMatchObject([{ subject: 'agent -> gateway', status: 'ok' }]);
    const inputs = calls.flatMap(({ input }) => input ?? []);
    expect(inputs).toHaveLength(2);
    expect(inputs[0]).toContain('url = "http://gateway:8811/mcp"');
    expect(inputs[0]).toContain(`header = "Authorization: Bearer ${TOKEN}"`);
    expect(inputs[1]).toMatch(/request = "DELETE"[^]*Mcp-Session-Id: abc-123/);
  });

  test('gets the token by standard input only', async () => {
    const calls: Call[] = [];
    const results = await look({ programs: { 'docker run *': ANSWER } }, calls);
    expect(JSON.stringify([results, calls.map(({ words }) => words)])).not.toContain(TOKEN);
  });

  test("is asked in the client's own container while that runs", async () => {
    expect(
      await look({ containers: RUNNING, programs: { 'docker exec --interactive * curl --config -': ANSWER } }),
    ).toMatchObject([{ status: 'ok' }]);
  });

  const up = `docker compose -f ${COMPOSE_FILE} --profile mcp up --detach --wait gateway`;
  test.each([[401], [403]])('fails when it refuses the token with %i', async (status) => {
    expect(await look({ programs: { 'docker run *': `HTTP/1.1 ${status} No\r\n\r\n{}\n${status}` } })).toMatchObject([
      {
        status: 'failure',
        found: `the gateway rejects the token TOKEN of the env file (HTTP ${status})`,
        fix: `The gateway reads the token at start. Restart it: ${up}`,
      },
    ]);
  });

  test.each([
    [
      'it does not answer',
      failing('curl: (28) Operation timed out', 28),
      /failed: timeout$/,
    ],
    ['it is another kind of server', 'HTTP/1.1 200 OK\r\n\r\nhello\n200', /not that of an MCP server \(HTTP 200\)/],
    ['it is broken', 'HTTP/1.1 500 No\r\n\r\n\n500', /HTTP 500/],
  ])('fails when %s', async (_, answer, found) => {
    expect(await look({ programs: { 'docker run *': answer } })).toMatchObject([
      { status: 'failure', found: expect.stringMatching(found) },
    ]);
  });

  const gatewayIs = (facts: GivenContainer) =>
    RUNNING.map((one) => (one.service === 'gateway' ? { ...one, ...facts } : one));
  test.each<[string, readonly GivenContainer[], string]>([
    ['not started', [], 'gateway is not started'],
    ['paused', gatewayIs({ state: { Status: 'paused' } }), 'gateway is paused'],
    ['on other networks', gatewayIs({ networks: ['other'] }), 'gateway shares no network with agent'],
  ])('is not checked when it is %s, and never called ok', async (_, containers, found) => {
    expect(await look({ containers })).toMatchObject([{ status: 'not-checked', found }]);
  });

  test("is not checked without a token or without the client's image", async () => {
    const root = aStackFolder();
    writeFileSync(join(root, '.env.local'), 'TOKEN=\n');
    expect(await look({ root })).toMatchObject([{ status: 'not-checked', found: 'TOKEN is missing in the env file' }]);
    expect(await look({ programs: { 'docker run *': failing('No such image: box/agent:1', 125) } })).toMatchObject([
      { status: 'not-checked', found: 'the image box/agent:1 is not present' },
    ]);
  });

  test('is not looked for where no client has its address and its token', async () => {
    const services = STACK.services.map((service) => ({
      ...service,
      environment: service.environment.filter(({ value }) => value.kind !== 'secret'),
    }));
    expect(await gateway.examine(aStack({}, [], { ...STACK, services }))).toEqual([]);
  });
});

test.each([
  ['codex-cli 0.42.0\n', 'ok', '0.42.0'],
  ['codex-cli 0.41.0\n', 'failure', '0.41.0, which is older'],
])("codex of the agent's image that says %j is %s", async (out, status, found) => {
  const programs = { 'docker run * --entrypoint codex box/agent:1 --version': out };
  expect(await codex.examine(aStack({ programs }))).toMatchObject([{ subject: 'codex in agent', status, found }]);
});

test("codex of the agent's image fails when it does not run", async () => {
  expect(
    await codex.examine(aStack({ programs: { 'docker run *': failing('Segmentation fault', 139) } })),
  ).toMatchObject([{ status: 'failure', found: 'it does not run (exit code 139)' }]);
});
