import { advice, aService, aToolbox, messages } from './support';
import {
  ConfigFile,
  Content,
  Egress,
  EnvironmentValue,
  HostService,
  Mount,
  Network,
  Place,
  Port,
} from '../../src/core';
import { endpointUnreachable } from '../../src/rules/endpoint-unreachable';

describe('rule endpoint-unreachable', () => {
  test('fails for an address that no shared network carries', () => {
    expect(messages(endpointUnreachable, (box) => {
      const server = aService(box, 'server', { ports: [Port.internal(80)], networks: [new Network(box, 'one')] });
      aService(box, 'client', {
        networks: [new Network(box, 'two')],
        environment: { URL: EnvironmentValue.endpoint(server.endpoint(80)) },
      });
    })).toEqual(['Refers to the address server:80, but shares no network with it.']);
  });

  test('fails for each port that is not declared, once', () => {
    expect(
      advice(endpointUnreachable, (box) => {
        const net = new Network(box, 'net');
        const server = aService(box, 'server', { ports: [Port.internal(80)], networks: [net] });
        const [wrong, other, right] = [81, 82, 80].map((port) => EnvironmentValue.endpoint(server.endpoint(port)));
        aService(box, 'client', { networks: [net], environment: { A: wrong, B: other, C: wrong, D: right } });
      }),
    ).toEqual(
      [81, 82].map((port) => [
        `Refers to the address server:${port}, but shares no network with it.`,
        endpointUnreachable.fix,
      ]),
    );
  });

  test('fails for a host service without a way to the host, and without a stand-in in a cluster', () => {
    expect(
      advice(endpointUnreachable, (box) => {
        const host = new HostService(box, 'host', { port: 1234 });
        const client = aService(box, 'client');
        client.addMount(
          Mount.file(new ConfigFile(client, 'c', { content: [Content.endpoint(host.endpoint())] }), '/c'),
        );
      }),
    ).toEqual([
      [
        'Refers to the address of "host" on the host, but none of its networks reaches the host.',
        'Add it to a network with Egress.HOST.',
      ],
      [
        'Refers to the address of "host", which has no replacement in a cluster.',
        'Name its replacement with hostService.replaceInCluster(service).',
      ],
    ]);
  });

  test('fails for the address of a service of another toolbox', () => {
    const other = aToolbox();
    const stranger = aService(other, 'stranger', { ports: [Port.internal(80)] });
    expect(
      advice(endpointUnreachable, (box) =>
        aService(box, 'client', { environment: { URL: EnvironmentValue.endpoint(stranger.endpoint(80)) } }),
      ),
    ).toEqual([
      ['Refers to the address of "stranger", which is not part of this toolbox.', 'Create it in the same toolbox.'],
    ]);
  });

  test('says nothing of a stand-in for a service that a host service shares its name with', () => {
    expect(messages(endpointUnreachable, (box) => {
      const net = new Network(box, 'net');
      const server = aService(box, 'server', { name: 'same', ports: [Port.internal(80)], networks: [net] });
      new HostService(box, 'same', { port: 80 });
      aService(box, 'client', {
        networks: [net],
        environment: { URL: EnvironmentValue.endpoint(server.endpoint(80)) },
      });
    })).toEqual([]);
  });

  describe('with a relay before the host', () => {
    const toolbox = (alias: string, port: number, clientOn: 'inside' | 'host'): string[][] =>
      advice(endpointUnreachable, (box) => {
        const inside = new Network(box, 'inside');
        const outside = new Network(box, 'outside', { egress: Egress.HOST });
        const relay = aService(box, 'relay', {
          ports: [Port.internal(port), Port.internal(9000)],
          networks: [outside],
          places: [Place.WORKSTATION],
        });
        relay.addNetwork(inside, { aliases: [alias] });
        const host = new HostService(box, 'host', { port: 1234 });
        host.relayThrough(relay);
        host.replaceInCluster(aService(box, 'server', { ports: [Port.internal(1234)], networks: [inside] }));
        relay.addEnvironment('TO', EnvironmentValue.endpoint(host.endpoint()));
        aService(box, 'client', {
          networks: [clientOn === 'inside' ? inside : outside],
          environment: { URL: EnvironmentValue.endpoint(host.endpoint()) },
        });
      });

    test('accepts a relay that answers under the host\'s name', () => {
      expect(toolbox('host.docker.internal', 1234, 'inside')).toEqual([]);
    });

    test('fails for another name, another port, and a network on which it has no such name', () => {
      const refused = [
        [
          'The relay "relay" of "host" does not answer as host.docker.internal:1234 on a shared network.',
          'Add both to one network, with the alias host.docker.internal and the port 1234 on the relay.',
        ],
      ];
      expect(toolbox('elsewhere', 1234, 'inside')).toEqual(refused);
      expect(toolbox('host.docker.internal', 1235, 'inside')).toEqual(refused);
      expect(toolbox('host.docker.internal', 1234, 'host')).toEqual(refused);
    });

    test('fails for a relay of another toolbox', () => {
      expect(
        messages(endpointUnreachable, (box) => {
          const host = new HostService(box, 'host', { port: 1234 });
          host.relayThrough(aService(aToolbox(), 'stranger'));
          aService(box, 'client', {
            places: [Place.WORKSTATION],
            environment: { URL: EnvironmentValue.endpoint(host.endpoint()) },
          });
        }),
      ).toEqual([
        'The relay "stranger" of "host" does not answer as host.docker.internal:1234 on a shared network.',
      ]);
    });
  });

  test('accepts the address of the service itself', () => {
    expect(messages(endpointUnreachable, (box) => {
      const app = aService(box, 'app');
      app.addEnvironment('SELF', EnvironmentValue.endpoint(app.endpoint(80)));
    })).toEqual([]);
  });

  test('accepts what a shared network carries', () => {
    expect(messages(endpointUnreachable, (box) => {
      const net = new Network(box, 'net', { egress: Egress.HOST });
      const server = aService(box, 'server', { ports: [Port.internal(1234)], networks: [net] });
      const host = new HostService(box, 'host', { port: 1234 });
      host.replaceInCluster(server);
      aService(box, 'client', {
        networks: [net],
        environment: {
          A: EnvironmentValue.endpoint(server.endpoint(1234)),
          B: EnvironmentValue.endpoint(host.endpoint()),
        },
      });
    })).toEqual([]);
  });
});
