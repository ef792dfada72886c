import { aHostService, AGENT, anAgentPlan, anExamination } from './support';
import { contextLength } from '../../src/doctor/checks/context-length';
import { model } from '../../src/doctor/checks/model';
import { ollama } from '../../src/doctor/checks/ollama';
import { Plan } from '../../src/plan/plan';
import { aService } from '../plan/plan-builder';

describe('ollama', () => {
  test('is ok as pinned', async () => {
    expect(
      await ollama.examine(anExamination(anAgentPlan(), { server: { '/api/version': { version: '0.12.3' } } })),
    ).toEqual([{ subject: 'host-ollama at 127.0.0.1:11434', status: 'ok', found: '0.12.3', expected: '0.12.3' }]);
  });

  test('fails when no server listens, and says how to start it', async () => {
    expect(await ollama.examine(anExamination(anAgentPlan()))).toMatchObject([
      { status: 'failure', found: 'nothing listens there', fix: 'Start it: ollama serve' },
    ]);
  });

  test.each([[[]], ['0.12.3'], [{ version: 12 }], [null]])('fails when the answer is %j', async (answer) => {
    expect(await ollama.examine(anExamination(anAgentPlan(), { server: { '/api/version': answer } }))).toMatchObject([
      { status: 'failure', found: 'the server there is not Ollama' },
    ]);
  });

  test('is not looked for where the model has none', () => {
    const hostServices = [aHostService({ name: 'database', component: 'postgres' })];
    return expect(ollama.examine(anExamination({ hostServices }))).resolves.toEqual([]);
  });
});

describe('model', () => {
  const tags = (...names: unknown[]) => ({ '/api/tags': { models: names.map((name) => ({ name })) } });

  test('is ok when it is present', async () => {
    expect(await model.examine(anExamination(anAgentPlan(), { server: tags('llama3.2:1b', 'gpt-oss:20b') }))).toEqual([
      { subject: 'gpt-oss:20b', status: 'ok', found: 'present', expected: 'the model of host-ollama' },
    ]);
  });

  test('without a tag is the latest one', async () => {
    const services = [aService({ client: { ...AGENT, asks: 'example.com:5000/gpt-oss' } })];
    expect(
      await model.examine(
        anExamination(anAgentPlan({ services }), { server: tags('example.com:5000/gpt-oss:latest') }),
      ),
    ).toMatchObject([{ status: 'ok' }]);
  });

  test('fails when it is not present, and says how to pull it', async () => {
    expect(await model.examine(anExamination(anAgentPlan(), { server: tags('gpt-oss:120b', 7, null) }))).toMatchObject([
      { status: 'failure', found: 'missing, but gpt-oss:120b is present', fix: 'Pull it: ollama pull gpt-oss:20b' },
    ]);
    expect(
      await model.examine(anExamination(anAgentPlan(), { server: { '/api/tags': { models: 'all' } } })),
    ).toMatchObject([{ status: 'failure' }]);
  });

  test('is not checked when the server is silent', async () => {
    expect(await model.examine(anExamination(anAgentPlan()))).toMatchObject([
      { status: 'not-checked', found: 'host-ollama: nothing listens there' },
    ]);
  });
});

describe('context length', () => {
  const shown = (length: unknown, parameters = '') => ({
    '/api/show': { parameters, model_info: { 'general.architecture': 'gptoss', 'gptoss.context_length': length } },
  });
  const loaded = (length: unknown) => ({ '/api/ps': { models: [{ name: 'gpt-oss:20b', context_length: length }] } });
  const standIn: Partial<Plan> = {
    services: [
      aService({ name: 'codex-cli', client: AGENT }),
      aService({
        name: 'ollama',
        environment: [{ name: 'OLLAMA_CONTEXT_LENGTH', value: { kind: 'literal', text: '32768' } }],
      }),
    ],
    hostServices: [aHostService({ clusterService: 'ollama' })],
  };

  test('is ok when the model takes what its stand-in is given', async () => {
    expect(
      await contextLength.examine(anExamination(standIn, { server: { ...shown(131072), ...loaded(32768) } })),
    ).toEqual([
      {
        subject: 'gpt-oss:20b',
        status: 'ok',
        found: 'its maximum is 131072, loaded with 32768',
        expected: '32768 tokens or more',
      },
    ]);
  });

  test('says what is not known while the model is not loaded', async () => {
    expect(await contextLength.examine(anExamination(standIn, { server: shown(131072) }))).toMatchObject([
      { status: 'ok', found: expect.stringMatching(/^its maximum is 131072; .* only while it is loaded/) },
    ]);
  });

  test.each([
    ['the model takes less', shown(8192), 'its maximum is 8192'],
    ['it is loaded with less', { ...shown(131072), ...loaded(4096) }, 'the server loaded it with 4096 of 131072'],
    [
      'its parameters say less',
      shown(131072, 'temperature 1\nnum_ctx                        4096'),
      'its num_ctx is 4096 of 131072',
    ],
  ])('fails when %s', async (_, server, found) => {
    expect(await contextLength.examine(anExamination(standIn, { server }))).toMatchObject([
      { status: 'failure', found, expected: '32768 tokens or more' },
    ]);
  });

  test.each([['many'], [-1], [1e300], [null], [{}]])('is not checked when Ollama says %j', async (length) => {
    expect(await contextLength.examine(anExamination(standIn, { server: shown(length) }))).toMatchObject([
      { status: 'not-checked', found: 'Ollama does not report it' },
    ]);
  });

  test('must hold the configured context window of codex, or by default its first request', async () => {
    const content = [{ kind: 'text', text: 'model = "x"\nmodel_context_window = 65536\n' }] as const;
    const mounts = [
      { kind: 'file', path: '/c', file: { constructPath: 'box/codex-cli/c', name: 'c', content } },
    ] as const;
    const services = [aService({ name: 'codex-cli', client: AGENT, mounts })];
    const server = shown(32768);
    expect(await contextLength.examine(anExamination(anAgentPlan({ services }), { server }))).toMatchObject([
      { status: 'failure', expected: '65536 tokens or more' },
    ]);
    expect(await contextLength.examine(anExamination(anAgentPlan(), { server }))).toMatchObject([
      { status: 'ok', expected: '8192 tokens or more' },
    ]);
  });
});
