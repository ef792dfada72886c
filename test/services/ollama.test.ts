import { aVolume, codexPins, filesOf } from './support';
import { Accelerator, Egress, Network, Ollama, Profile, Toolbox, Waiver } from '../../src/core';
import { aNetwork } from '../rules/support';

function anOllama(box: Toolbox): void {
  const ollama = new Ollama(box, 'ollama', {
    component: 'ollama',
    models: aVolume(box, 'ollama-models'),
    modelNames: ['gpt-oss:20b', 'qwen3:8b'],
    network: aNetwork(box, 'models'),
    downloadNetwork: new Network(box, 'download', { egress: Egress.INTERNET }),
    downloadPart: new Profile(box, 'part', { name: 'fetch', description: 'd' }),
    accelerator: Accelerator.nvidia(1),
    contextLength: 65536,
    loopbackNetwork: new Network(box, 'host', { egress: Egress.HOST }),
  });
  new Waiver(ollama, 'root', { rule: 'service-user', reason: 'It must, in this test.' });
}

describe('Ollama', () => {
  const files = filesOf(anOllama, codexPins('0.42.0'));
  const compose = files['compose/docker-compose.draft.yml'];

  test('lets only the part that fetches models reach the internet', () => {
    expect(compose).toMatch(/^ {2}models:\n(?: {4}.*\n)*? {4}internal: true$/m);
    expect(compose).toContain('- fetch');
    expect(files['kubernetes/draft/services/ollama-download.yaml']).toContain('kind: Job\n');
    expect(files['kubernetes/draft/services/ollama-download.yaml']).toContain('0.0.0.0/0');
    expect(files['kubernetes/draft/services/ollama.yaml']).not.toContain('0.0.0.0/0');
  });

  test('takes the GPU and the context length by one knob each', () => {
    expect(compose).toContain('OLLAMA_CONTEXT_LENGTH: \'65536\'');
    expect(compose).toContain('nvidia');
    expect(files['kubernetes/draft/services/ollama.yaml']).toContain('nvidia.com/gpu: \'1\'');
  });

  test('is reached from this machine only when asked for', () => {
    expect(compose).toContain('127.0.0.1');
  });

  test('fetches every model it must have', () => {
    expect(compose).toContain('- gpt-oss:20b\n      - qwen3:8b');
    expect(files['compose/config.draft/ollama-download/download.sh']).toContain('ollama pull "$model"');
  });

  test.each([
    ['0.11.11', []],
    ['0.12.0', ['OLLAMA_REMOTES: none']],
    ['0.12.3', ['OLLAMA_REMOTES: none']],
    ['v0.16.1', ['OLLAMA_REMOTES: none']],
    ['0.16.2', ['OLLAMA_NO_CLOUD: \'1\'']],
    ['1.0.0-rc1', ['OLLAMA_NO_CLOUD: \'1\'']],
    ['nightly-20260101', ['OLLAMA_NO_CLOUD: \'1\'', 'OLLAMA_REMOTES: none']],
  ])('turns off the cloud by what version %s honours, and sets nothing that has no effect', (version, expected) => {
    const written = filesOf(anOllama, codexPins('0.42.0', version))['compose/docker-compose.draft.yml'];
    expect(written.match(/OLLAMA_(?:NO_CLOUD|REMOTES): .*/g) ?? []).toEqual(expected);
  });
});
