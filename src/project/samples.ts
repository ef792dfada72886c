// What a new project starts with. It belongs to its owner from then on.

export const SAMPLE_MAIN = `import { createToolbox } from './toolbox';

createToolbox().synth();
`;

export const sampleToolbox = (outdir: string): string => `import { Egress, Network, Ollama, OptionalPart, Size, Toolbox, Versions, Volume, Waiver } from 'toolbox-constructs';

export function createToolbox(): Toolbox {
  const toolbox = new Toolbox('my-toolbox', {
    title: 'My toolbox',
    description: 'A local model server.',
    pins: Versions.fromFile('inventories/versions.yaml'),
    source: 'src/toolbox.ts',
    outdir: '${outdir}',
  });

  const ollama = new Ollama(toolbox, 'ollama', {
    component: 'ollama',
    models: Volume.persistent(toolbox, 'ollama-models', { size: Size.gibibytes(60), multiWriter: true }),
    modelNames: ['gpt-oss:20b'],
    network: new Network(toolbox, 'models'),
    downloadNetwork: new Network(toolbox, 'download', { egress: Egress.INTERNET }),
    downloadPart: new OptionalPart(toolbox, 'download-part', { name: 'ollama-download', description: 'Fetches the models, once' }),
    loopbackNetwork: new Network(toolbox, 'host', { egress: Egress.HOST }),
  });

  new Waiver(ollama, 'root', { rule: 'service-user', reason: 'The image keeps its models below /root/.ollama.' });
  new Waiver(ollama, 'digest', { rule: 'image-digest', reason: 'Not looked up yet: docker buildx imagetools inspect ollama/ollama:0.12.3' });
  return toolbox;
}
`;

export const SAMPLE_TEST = `import { Severity, Testing } from 'toolbox-constructs';
import { createToolbox } from '../src/toolbox';

describe('toolbox', () => {
  const { files, findings } = Testing.synth(createToolbox());

  test('has no errors', () => {
    expect(findings.filter(({ severity, waived }) => severity === Severity.ERROR && waived === undefined)).toEqual([]);
  });

  test('becomes a compose file, manifests and pages', () => {
    expect(Object.keys(files)).toEqual(expect.arrayContaining([
      'compose/docker-compose.draft.yml', 'docs/STATUS.md', 'kubernetes/draft/kustomization.yaml',
    ]));
  });
});
`;

export const SAMPLE_INVENTORY = `# yaml-language-server: $schema=../node_modules/toolbox-constructs/inventories/versions.schema.json
schemaVersion: 1
components:
  - id: ollama
    title: Ollama
    version: '0.12.3'
    runsOn: [container]
    image:
      repository: ollama/ollama
      digestMissing: Not looked up yet.
    status: decided
`;

export const sampleReadme = (outdir: string): string => `# My toolbox

Described in \`src/toolbox.ts\`, pinned in \`inventories/versions.yaml\`, generated into \`${outdir}/\`.

    npx projen synth   # writes ${outdir}/
    npx projen check   # fails when ${outdir}/ is not what the model says
    npx projen test
`;
