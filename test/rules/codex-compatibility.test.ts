import { aPin, aToolbox, messages, pinSource } from './support';
import {
  CodexCli,
  EnvFile,
  HostOllama,
  Image,
  McpTransport,
  Network,
  Secret,
  Service,
  Severity,
  Size,
  Testing,
  Toolbox,
  Volume,
  WireApi,
} from '../../src/core';
import { codexCompatibility } from '../../src/rules/codex-compatibility';

function aCodex(box: Toolbox, wireApi?: WireApi, transport?: McpTransport, server?: Service): void {
  const host = new HostOllama(box, 'host-ollama', { component: 'ollama', model: 'm' });
  new CodexCli(box, 'codex', {
    component: 'codex',
    context: 'containers',
    repository: 'box/codex',
    codexProfile: 'box',
    model: 'm',
    modelServer: server ?? host,
    modelEndpoint: server?.endpoint(11434) ?? host.endpoint(),
    wireApi,
    workspace: Volume.hostDirectory(box, 'data', { directory: './shared', size: Size.gibibytes(1) }),
    networks: [new Network(box, 'net')],
    gateway: {
      endpoint: host.endpoint(),
      token: new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' }),
      transport,
    },
  });
}

describe('rule codex-compatibility', () => {
  test('fails for a transport, a wire API or an Ollama that do not go together', () => {
    const said = (codex: string | undefined, ollama: string, wireApi?: WireApi, transport?: McpTransport) =>
      messages(
        codexCompatibility,
        (box) => aCodex(box, wireApi, transport),
        pinSource(aPin('codex', { version: codex }), aPin('ollama', { version: ollama })),
      );
    expect(said('0.42.0', '0.12.3', undefined, McpTransport.HTTP)).toEqual([
      'codex 0.42.0 supports MCP servers over stdio only.',
    ]);
    expect(said('0.96.0', '0.14.0', WireApi.CHAT)).toEqual(['codex 0.96.0 no longer supports the wire API "chat".']);
    expect(said('0.96.0', '0.12.3')).toEqual([
      'Ollama 0.12.3 does not support the wire API "responses"; use 0.13.3 or newer.',
    ]);
    expect(said('0.42.0', '0.13.2', WireApi.RESPONSES)).toEqual([
      'Ollama 0.13.2 does not support the wire API "responses"; use 0.13.3 or newer.',
    ]);
    for (const wireApi of [WireApi.CHAT, WireApi.RESPONSES]) {
      expect(said(undefined, '0.13.3', wireApi, McpTransport.HTTP)).toEqual([
        'The codex version is unknown, so its configuration cannot be generated.',
      ]);
    }
  });

  test('says nothing of an Ollama whose version is unknown', () => {
    const pins = pinSource(aPin('codex', { version: '0.98.0' }));
    expect(messages(codexCompatibility, (box) => aCodex(box, WireApi.RESPONSES), pins)).toEqual([]);
  });

  test('says nothing if the inventory cannot be read', () => {
    const finding = { rule: 'inventory-missing', severity: Severity.ERROR, message: 'm', fix: 'f' };
    const box = aToolbox({ pins: [], findings: [finding] });
    aCodex(box);
    expect(Testing.synth(box).findings.filter(({ rule }) => rule === codexCompatibility.id)).toEqual([]);
  });

  test('looks at the version of a model server in a container as well', () => {
    const pins = pinSource(aPin('codex', { version: '0.98.0' }), aPin('ollama', { version: '0.12.3' }));
    const server = (box: Toolbox) => new Service(box, 'ollama', { image: Image.fromPin('ollama') });
    expect(messages(codexCompatibility, (box) => aCodex(box, undefined, undefined, server(box)), pins)).toEqual([
      'Ollama 0.12.3 does not support the wire API "responses"; use 0.13.3 or newer.',
    ]);
  });

  test('accepts versions that do', () => {
    for (const [codex, ollama] of [
      ['0.42.0', '0.12.3'],
      ['0.47.0', '0.12.3'],
      ['0.94.0', '0.12.3'],
      ['0.98.0', '0.13.3'],
      ['0.169.0', '0.14.0'],
    ]) {
      expect(
        messages(
          codexCompatibility,
          (box) => aCodex(box),
          pinSource(aPin('codex', { version: codex }), aPin('ollama', { version: ollama })),
        ),
      ).toEqual([]);
    }
  });
});
