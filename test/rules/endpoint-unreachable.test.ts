import { aService, messages } from './support';
import { ConfigFile, Content, Egress, EnvironmentValue, HostService, Mount, Network, Place, Port } from '../../src/core';
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

  describe('with a relay before the host', () => {
    const toolbox = (alias: string, port: number, clientOn: 'inside' | 'host'): string[] => messages(endpointUnreachable, (box) => {
      const inside = new Network(box, 'inside');
      const outside = new Network(box, 'outside', { egress: Egress.HOST });
      const relay = aService(box, 'relay', { ports: [Port.internal(port)], networks: [outside], places: [Place.WORKSTATION] });
      relay.attach(inside, { aliases: [alias] });
      const host = new HostService(box, 'host', { port: 1234 });
      host.relayThrough(relay);
      host.standInCluster(aService(box, 'server', { ports: [Port.internal(1234)], networks: [inside] }));
      relay.addEnvironment('TO', EnvironmentValue.endpoint(host.endpoint()));
      aService(box, 'client', { networks: [clientOn === 'inside' ? inside : outside], environment: { URL: EnvironmentValue.endpoint(host.endpoint()) } });
    });

    test('accepts a relay that answers under the host\'s name', () => {
      expect(toolbox('host.docker.internal', 1234, 'inside')).toEqual([]);
    });

    test('fails for another name, another port, and a network on which it has no such name', () => {
      const refused = ['Is given the address of "host" on the host, and shares no network on which the relay "relay" answers as host.docker.internal:1234.'];
      expect(toolbox('elsewhere', 1234, 'inside')).toEqual(refused);
      expect(toolbox('host.docker.internal', 1235, 'inside')).toEqual(refused);
      expect(toolbox('host.docker.internal', 1234, 'host')).toEqual(refused);
    });
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
