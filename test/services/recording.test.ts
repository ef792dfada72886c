import { aSecret, aVolume, codexPins } from './support';
import {
  CodexCli, DockerMcpGateway, FileOperation, HostOllama, IPinSource, McpGateway, Pin, Port, Testing, Tool, Toolbox,
  Waiver,
} from '../../src/core';
import { aNetwork, aPin, aService, aToolbox, DIGEST } from '../rules/support';

const PINS = codexPins(
  '0.42.0',
  '0.12.3',
  aPin('docker-mcp-gateway', { image: { repository: 'docker/mcp-gateway', tag: 'v2', digest: DIGEST } }),
);

function anOwnGateway(box: Toolbox, tools: Tool[]): McpGateway {
  return new McpGateway(box, 'gateway', {
    context: 'containers/mcp-gateway',
    repository: 'box/gateway',
    tag: '1.0.0',
    workspace: aVolume(box, 'work'),
    auditVolume: aVolume(box, 'logs'),
    network: aNetwork(box, 'net'),
    clients: [{ name: 'agent', token: aSecret(box, 'TOKEN') }],
    tools,
  });
}

function aDockerGateway(box: Toolbox, tools: Tool[]): DockerMcpGateway {
  const network = aNetwork(box, 'net');
  const endpoint = aService(box, 'files', { ports: [Port.internal(80)], networks: [network] }).endpoint(80);
  new Waiver(box, 'root', { rule: 'service-user', reason: 'The image is made so.' });
  new Waiver(box, 'tag', { rule: 'image-tag', reason: 'Its publisher has no version tags.' });
  return new DockerMcpGateway(box, 'gateway', {
    component: 'docker-mcp-gateway',
    servers: [{ name: 'files', description: 'd', endpoint, toolNames: ['read_file', 'write_file'] }],
    tools,
    token: aSecret(box, 'MCP_GATEWAY_AUTH_TOKEN'),
    network,
  });
}

const READ = Tool.file('fs_read', FileOperation.READ, { deny: ['**/.env*'] });
const LIST = Tool.file('fs_list', FileOperation.LIST, { callsPerMinute: 7 });

describe('a tool that is added later', () => {
  test.each([
    ['McpGateway', anOwnGateway, [READ, LIST]],
    ['DockerMcpGateway', aDockerGateway, [Tool.named('write_file'), Tool.named('read_file')]],
  ] as const)('is one of %s as if it had been passed in', (_, build, [first, second]) => {
    const passedIn = aToolbox(PINS);
    build(passedIn, [first, second]);
    const added = aToolbox(PINS);
    const gateway = build(added, [first]);
    gateway.addTool(second);
    expect(gateway.policy.tools).toEqual([first, second]);
    const synthesis = Testing.synth(added);
    const withoutLocations = ({ files, findings }: ReturnType<typeof Testing.synth>) => (
      { files, findings: findings.map(({ location: __, ...finding }) => finding) });
    expect(withoutLocations(synthesis)).toEqual(withoutLocations(Testing.synth(passedIn)));
    expect(JSON.stringify(synthesis)).toContain(second.name);
  });

  test('is judged like the others', () => {
    const box = aToolbox(PINS);
    anOwnGateway(box, [READ]).addTool(Tool.named('format_disk'));
    expect(Testing.synth(box).findings.map(({ rule, message }) => [rule, message])).toContainEqual(
      ['policy-offered', 'The gateway "gateway" does not offer the tool "format_disk".'],
    );
  });
});

test('a construct reads no inventory while it is built', () => {
  const reads: string[] = [];
  const pins = PINS.pins.map((pin) => new Proxy<Pin>(pin, {
    get: (target, key) => {
      reads.push(`${target.component}.${String(key)}`);
      return Reflect.get(target, key) as unknown;
    },
  }));
  const box = aToolbox({ pins, findings: [] } satisfies IPinSource);
  reads.length = 0;
  const host = new HostOllama(box, 'host', { component: 'ollama', model: 'm' });
  const codex = new CodexCli(box, 'codex', {
    component: 'codex-cli',
    context: 'containers',
    repository: 'box/codex',
    codexProfile: 'box',
    model: 'm',
    modelServer: host,
    modelEndpoint: host.endpoint(),
    workspace: aVolume(box, 'work'),
    networks: [aNetwork(box, 'net')],
  });
  expect(reads).toEqual([]);
  expect(codex.version).toBe('0.42.0');
});
