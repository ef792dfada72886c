import { aService, messages } from './support';
import { ConfigFile, Content, Egress, EnvironmentValue, HostService, Mount, Network, Port } from '../../src/core';
import { endpointUnreachable } from '../../src/rules/endpoint-unreachable';

describe('rule endpoint-unreachable', () => {
  test('fails for an address that no shared network carries', () => {
    expect(messages(endpointUnreachable, (box) => {
      const server = aService(box, 'server', { ports: [Port.internal(80)], networks: [new Network(box, 'one')] });
      aService(box, 'client', { networks: [new Network(box, 'two')], environment: { URL: EnvironmentValue.endpoint(server.endpoint(80)) } });
    })).toEqual(['Is given the address server:80, which no shared network lets it reach.']);
  });

  test('fails for a port that is not declared', () => {
    expect(messages(endpointUnreachable, (box) => {
      const net = new Network(box, 'net');
      const server = aService(box, 'server', { ports: [Port.internal(80)], networks: [net] });
      aService(box, 'client', { networks: [net], environment: { URL: EnvironmentValue.endpoint(server.endpoint(81)) } });
    })).toHaveLength(1);
  });

  test('fails for a host service without a way to the host, and without a stand-in in a cluster', () => {
    expect(messages(endpointUnreachable, (box) => {
      const host = new HostService(box, 'host', { port: 1234 });
      const client = aService(box, 'client');
      client.addMount(Mount.file(new ConfigFile(client, 'c', { content: [Content.endpoint(host.endpoint())] }), '/c'));
    })).toHaveLength(2);
  });

  test('accepts what a shared network carries', () => {
    expect(messages(endpointUnreachable, (box) => {
      const net = new Network(box, 'net', { egress: Egress.HOST });
      const server = aService(box, 'server', { ports: [Port.internal(1234)], networks: [net] });
      const host = new HostService(box, 'host', { port: 1234 });
      host.standInCluster(server);
      aService(box, 'client', { networks: [net], environment: { A: EnvironmentValue.endpoint(server.endpoint(1234)), B: EnvironmentValue.endpoint(host.endpoint()) } });
    })).toEqual([]);
  });
});
