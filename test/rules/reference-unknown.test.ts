import { advice, aService, aToolbox, messages } from './support';
import {
  Check,
  CheckCommand,
  ConfigFile,
  Content,
  EnvFile,
  EnvironmentValue,
  HostService,
  Mount,
  Prerequisite,
  Network,
  Profile,
  Port,
  Secret,
  Size,
  Toolbox,
  Volume,
} from '../../src/core';
import { referenceUnknown } from '../../src/rules/reference-unknown';

describe('rule reference-unknown', () => {
  test('fails for things of another toolbox', () => {
    const other = aToolbox();
    expect(
      messages(referenceUnknown, (box) => {
        const app = aService(box, 'app', {
          mounts: [Mount.volume(Volume.persistent(other, 'data', { size: Size.gibibytes(1) }), '/data')],
          networks: [new Network(other, 'net')],
          profile: new Profile(other, 'part', { description: 'd' }),
          environment: {
            TOKEN: EnvironmentValue.secret(new Secret(new EnvFile(other, 'env'), 'TOKEN', { description: 'd' })),
          },
        });
        app.addDependency(aService(other, 'service'));
      }),
    ).toEqual(
      ['env file "env"', 'network "net"', 'profile "part"', 'service "service"', 'volume "data"'].map(
        (what) => `The ${what} is not part of this toolbox.`,
      ),
    );
  });

  test('fails for things of another toolbox, also when this one has others of the same names', () => {
    const things = (box: Toolbox) => {
      const service = aService(box, 'service', { networks: [new Network(box, 'net')], ports: [Port.internal(80)] });
      const host = new HostService(box, 'host', { port: 80 });
      return {
        box,
        service,
        host,
        part: new Profile(box, 'part', { description: 'd' }),
        volume: Volume.persistent(box, 'data', { size: Size.gibibytes(1) }),
        secret: new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' }),
      };
    };
    const other = things(aToolbox());
    const file = new ConfigFile(other.service, 'a.conf', { content: [Content.endpoint(other.host.endpoint())] });
    const found = messages(referenceUnknown, (box) => {
      const { host } = things(box);
      const app = aService(box, 'app', {
        profile: other.part,
        mounts: [Mount.volume(other.volume, '/data'), Mount.file(file, '/a.conf')],
      });
      app.addNetwork(other.service._attachments[0].network);
      app.addEnvironment('TOKEN', EnvironmentValue.secret(other.secret));
      app.addEnvironment('URL', EnvironmentValue.endpoint(other.service.endpoint(80)));
      app.addDependency(other.service);
      host.replaceInCluster(other.service);
      new Check(box, 'check', {
        title: 't',
        command: CheckCommand.shell('c'),
        expectation: 'e',
        covers: [other.service],
        prerequisites: [Prerequisite.hostService(other.host)],
      });
    });
    expect([...found].sort()).toEqual(
      [
        ...[
          'configuration file "a.conf"',
          'env file "env"',
          'host service "host"',
          'host service "host"',
          'network "net"',
          'profile "part"',
          'service "service"',
          'service "service"',
          'service "service"',
          'volume "data"',
        ],
      ].map((what) => `The ${what} is not part of this toolbox.`),
    );
  });

  test('fails for a check that covers neither service nor host service', () => {
    expect(
      advice(
        referenceUnknown,
        (box) =>
          new Check(box, 'check', {
            title: 't',
            command: CheckCommand.shell('c'),
            expectation: 'e',
            covers: [new Network(box, 'net')],
          }),
      ),
    ).toEqual([
      [
        'The check covers something that is neither a service nor a host service.',
        'Name services and host services only.',
      ],
    ]);
  });

  test('accepts things of the same toolbox', () => {
    expect(messages(referenceUnknown, (box) => {
      const app = aService(box, 'app', {
        mounts: [Mount.volume(Volume.persistent(box, 'data', { size: Size.gibibytes(1) }), '/data')],
        networks: [new Network(box, 'net')],
        profile: new Profile(box, 'part', { description: 'd' }),
        environment: {
          PLAIN: EnvironmentValue.literal('x'),
          TOKEN: EnvironmentValue.secret(new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' })),
        },
      });
      app.addDependency(aService(box, 'service'));
      new Check(box, 'check', { title: 't', command: CheckCommand.shell('c'), expectation: 'e', covers: [app] });
    })).toEqual([]);
  });
});
