import { aSecret, aVolume, codexPins, filesOf } from './support';
import { Egress, FileOperation, McpGateway, Network, ReverseProxy, Size, Tool, Toolbox } from '../../src/core';
import { aNetwork, aPin, DIGEST } from '../rules/support';

const PINS = codexPins(
  '0.42.0',
  '0.12.3',
  aPin('haproxy', { version: '3.0.11', image: { repository: 'haproxy', tag: '3.0.11', digest: DIGEST } }),
);

function aProxiedGateway(box: Toolbox, hostName: string): void {
  const network = aNetwork(box, 'inside');
  const clients = [{ name: 'alice', token: aSecret(box, 'ALICE_TOKEN'), callsPerMinute: 7 }];
  const gateway = new McpGateway(box, 'gateway', {
    context: 'containers/mcp-gateway',
    repository: 'box/gateway',
    tag: '1.0.0',
    workspace: aVolume(box, 'work'),
    auditVolume: aVolume(box, 'logs'),
    network,
    tools: [Tool.file('read', FileOperation.READ)],
    clients,
    hostNames: [hostName],
  });
  new ReverseProxy(box, 'proxy', {
    component: 'haproxy',
    target: gateway.mcpEndpoint(),
    clients,
    hostName,
    certificates: aVolume(box, 'certificates'),
    network,
    publicNetwork: new Network(box, 'public', { egress: Egress.INTERNET }),
    maxRequest: Size.kibibytes(8),
  });
}

describe('ReverseProxy', () => {
  const files = filesOf((box) => aProxiedGateway(box, 'Tools.example'), PINS);
  const config = files['compose/config.draft/proxy/haproxy.cfg'];

  test('takes TLS only, from this machine only unless asked', () => {
    expect(config).toContain('bind :8443 ssl crt /etc/haproxy/certificates/proxy.pem');
    expect(config).toContain('ssl-min-ver TLSv1.2');
    expect(files['compose/docker-compose.draft.yml']).toMatch(/published: '8443'\n +host_ip: '127\.0\.0\.1'/);
  });

  test('has the names of tokens and never starts without one', () => {
    expect(config).toContain('set-var proc.token_0 str("Bearer ${ALICE_TOKEN}")');
    expect(config).toContain('.if streq("${ALICE_TOKEN}","")');
    expect(config).toContain('req.hdr(authorization),secure_memcmp(proc.token_0)');
  });

  test('lets one path of one host through, within limits of size and of each client\'s rate', () => {
    expect(config).toContain('-m str \'tools.example\' } || !{ path -m str \'/mcp\' }');
    expect(config).toContain('{ req.body_size gt 8192 }');
    expect(config).toContain('{ var(txn.client) -m str client-0 } { sc_http_req_rate(0) gt 7 }');
    expect(config).toContain('  server gateway gateway:8811 ');
  });

  test('ends a request of a client that is gone', () => {
    expect(config).toMatch(/^defaults\n(?:  .*\n)* {2}option abortonclose\n/m);
  });

  test('does not exist in a cluster, which has its own ways in', () => {
    expect(Object.keys(files).filter((file) => file.startsWith('kubernetes/draft/services/'))).toEqual([
      'kubernetes/draft/services/gateway.yaml',
    ]);
  });
});
