// Files of a new project. The user owns them afterwards.

export const SAMPLE_MAIN = `import { createToolbox } from './toolbox';

createToolbox().synth();
`;

export const sampleToolbox = (outdir: string): string => `import {
  Approval, Check, CheckCommand, Egress, Evidence, Network, Ollama, PinInventory, Prerequisite, Profile, Size, Toolbox,
  Volume, Waiver,
} from 'toolbox-constructs';

export function createToolbox(): Toolbox {
  const toolbox = new Toolbox('my-toolbox', {
    title: 'My toolbox',
    description: 'A local model server.',
    pins: PinInventory.fromFile('inventories/versions.yaml'),
    evidence: Evidence.fromDirectory('inventories/evidence'),
    approval: Approval.fromFile('inventories/approval.yaml'),
    source: 'src/toolbox.ts',
    outdir: '${outdir}',
  });

  const host = new Network(toolbox, 'host', { description: 'This machine to the server', egress: Egress.HOST });
  const ollama = new Ollama(toolbox, 'ollama', {
    component: 'ollama',
    models: Volume.persistent(toolbox, 'ollama-models', {
      description: 'Models',
      size: Size.gibibytes(60),
      multiWriter: true,
    }),
    modelNames: ['gpt-oss:20b'],
    network: new Network(toolbox, 'models', { description: 'Clients of the model server' }),
    downloadNetwork: new Network(toolbox, 'download', { description: 'Model downloads', egress: Egress.INTERNET }),
    downloadPart: new Profile(toolbox, 'download-part', {
      name: 'ollama-download',
      description: 'Downloads the models once',
    }),
    loopbackNetwork: host,
  });

  new Check(toolbox, 'compose-file', {
    title: 'Docker Compose accepts the file',
    command: CheckCommand.compose('config', '--quiet'),
    expectation: 'It ends with exit code 0.',
    covers: [ollama],
    prerequisites: [Prerequisite.program('docker')],
  });

  new Waiver(host, 'internet', { rule: 'network-host', reason: 'Published ports need a network with egress.' });
  new Waiver(ollama, 'root', { rule: 'service-user', reason: 'The image keeps its models below /root/.ollama.' });
  // remove after: npx toolbox-constructs pins update
  new Waiver(ollama, 'digest', { rule: 'image-digest', reason: 'Not looked up yet.', blocksApproval: true });
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

  test('renders a compose file, manifests and pages', () => {
    expect(Object.keys(files)).toEqual(expect.arrayContaining([
      'compose/docker-compose.draft.yml', 'docs/STATUS.md', 'kubernetes/draft/kustomization.yaml',
    ]));
  });
});
`;

const SCHEMA = '../node_modules/toolbox-constructs/inventories/versions.schema.json';

export const SAMPLE_INVENTORY = `# yaml-language-server: $schema=${SCHEMA}
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
What is verified and what is missing stands in [${outdir}/docs/STATUS.md](${outdir}/docs/STATUS.md).

    npx projen synth           # writes ${outdir}/
    npx projen check           # fails when ${outdir}/ is not what the model says
    npx projen diff            # what a synthesis would change
    npx projen test
    npx projen verify          # runs the checks of the model, and records what they show
    npx projen status          # what is verified and approved, and what is missing
    npx projen approve         # records that a person approves what the model says now
    npx toolbox-constructs pins update    # looks up the digests of images
`;
