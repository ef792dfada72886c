import { aStack, RUNNING, TOKEN } from './stack';
import { anAgentPlan, anExamination, aServer, harmless } from './support';
import { askHost, examine, Examination, examiners, NamedResult } from '../../src/doctor';
import { removeFolders } from '../cli/support';

afterAll(removeFolders);

test.each([
  ['an order to the terminal', '\u001b[2J\u202e'],
  ['JSON of another form', '{"id":{},"name":[],"state":7,"labels":"x","networks":[null],"ports":{"a":{"b":1}}}'],
  ['a list of orders', Array(1000).fill('\u0007').join('\n')],
  ['nothing', ''],
])('an engine that answers everything with %s does no harm', async (_, text) => {
  const { props } = aStack();
  const version = JSON.stringify({ Server: { Version: '28.4.0' } });
  const run: Examination['props']['run'] = (_program, words) =>
    Promise.resolve({ kind: 'ended', code: 0, out: words[0] === 'version' ? version : text, err: text });
  const results = await examine(Object.keys(examiners), new Examination({ ...props, run }), true);
  harmless(results);
  // answers without sense are no proof of anything that runs
  const passed = results.filter(({ status }) => status === 'ok').map(({ name }) => name);
  expect(passed).not.toContain('gateway');
  expect(passed).not.toContain('containers');
  expect(passed).not.toContain('codex');
  expect(results.map(({ found }) => found).filter((found) => found.includes('could not be made'))).toEqual([]);
});

describe('a server that answers with', () => {
  const lookAt = async (answer: Parameters<typeof aServer>[0]): Promise<Record<string, NamedResult>> => {
    const { port, close } = await aServer(answer);
    const { props } = anExamination(anAgentPlan({}, port));
    const examination = new Examination({ ...props, ask: askHost });
    return harmless(await examine(['ollama', 'model', 'context-length'], examination, true).finally(close));
  };

  test.each<[string, Parameters<typeof aServer>[0]]>([
    [
      'no end',
      (_, response) => {
        const more = () => response.write('x'.repeat(65536), more);
        more();
      },
    ],
    ['an order to the terminal', (_, response) => response.end('{"version":"0.12.3\\u001b[2J\\u202e"}')],
    ['a redirect', (_, response) => response.writeHead(302, { Location: 'http://192.0.2.1/' }).end()],
    ['an error', (_, response) => response.writeHead(500).end('{"version":"0.12.3"}')],
    [
      'half an answer',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '1000' }).write('{"version":', () => response.destroy());
      },
    ],
    ['no HTTP', (_, response) => response.socket?.end('hello\r\n\r\n')],
    ['endless headers', (_, response) => response.writeHead(200, { 'X-Long': 'x'.repeat(1_000_000) }).end('{}')],
  ])(
    '%s does no harm',
    async (_, answer) => {
      const results = await lookAt(answer);
      expect(results.ollama.status).toMatch(/failure|warning/);
      expect(Object.keys(results)).toHaveLength(3);
    },
    60_000,
  );

  test('nothing is given up after a while, and not called missing', async () => {
    const { port, close } = await aServer(() => undefined);
    expect(await askHost({ host: '127.0.0.1', port }, '/', undefined, 100).finally(close)).toEqual({
      kind: 'none',
      cause: 'timeout',
      reason: 'it does not answer within 0.1 s',
    });
  });
});

test.each([[0], [7]])('no result shows a secret, whatever programs print that end with %i', async (code) => {
  const { props } = aStack({ containers: RUNNING });
  const run: Examination['props']['run'] = async (program, words, options = {}) => {
    const { input = '' } = options;
    const isProbe = words[0] === 'run' || words[0] === 'exec';
    return isProbe ? { kind: 'ended', code, out: `${input}\n200`, err: input } : props.run(program, words, options);
  };
  const results = await examine(Object.keys(examiners), new Examination({ ...props, run }), true);
  expect(results.map(({ name }) => name)).toContain('gateway');
  expect(JSON.stringify(results)).not.toContain(TOKEN);
});
