import { aPin, messages, pinSource } from './support';
import {
  CodexCli,
  EnvFile,
  HostOllama,
  McpTransport,
  Network,
  Secret,
  Size,
  Toolbox,
  Volume,
  WireApi,
} from '../../src/core';
import { judge } from '../../src/rules';
import { codexCompatibility } from '../../src/rules/codex-compatibility';
import { aPlan, aService, anImage } from '../plan/plan-builder';

function aCodex(box: Toolbox, wireApi?: WireApi, transport?: McpTransport): void {
  const host = new HostOllama(box, 'host-ollama', { component: 'ollama', model: 'm' });
  new CodexCli(box, 'codex', {
    component: 'codex',
    context: 'containers',
    repository: 'box/codex',
    codexProfile: 'box',
    model: 'm',
    modelServer: host,
    modelEndpoint: host.endpoint(),
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

  test('says nothing of an Ollama whose version nobody knows', () => {
    const pins = pinSource(aPin('codex', { version: '0.98.0' }));
    expect(messages(codexCompatibility, (box) => aCodex(box, WireApi.RESPONSES), pins)).toEqual([]);
    const agent = {
      component: 'codex',
      version: '0.98.0',
      wireApi: 'responses',
      mcpTransport: 'none',
      modelServer: 'nothing',
      model: 'm',
    } as const;
    expect(judge(aPlan({ services: [aService({ agent })] }), [codexCompatibility], () => undefined)).toEqual([]);
  });

  test('looks at the version of a model server in a container as well', () => {
    const agent = {
      component: 'codex',
      version: '0.98.0',
      wireApi: 'responses',
      mcpTransport: 'none',
      modelServer: 'ollama',
      model: 'm',
    } as const;
    const pin = {
      component: 'ollama',
      title: 'Ollama',
      version: '0.12.3',
      runsOn: [],
      artifact: { kind: 'none' },
      status: 'decided',
      notes: '',
      usedBy: [],
    } as const;
    const plan = aPlan({
      pins: [pin],
      services: [aService({ agent }), aService({ name: 'ollama', image: anImage({ component: 'ollama' }) })],
    });
    expect(judge(plan, [codexCompatibility], () => undefined).map(({ message }) => message)).toEqual([
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
