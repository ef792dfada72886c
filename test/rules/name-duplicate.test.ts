import { advice, aService, messages } from './support';
import {
  CodexCli,
  ConfigFile,
  EnvFile,
  EnvironmentValue,
  HostOllama,
  HostService,
  Image,
  Mount,
  Network,
  Port,
  SecretFile,
  Size,
  Volume,
} from '../../src/core';
import { nameDuplicate } from '../../src/rules/name-duplicate';
import { aSecret, aVolume } from '../services/support';

describe('rule name-duplicate', () => {
  test('fails when two services, or a service and a host service, have one name', () => {
    expect(messages(nameDuplicate, (box) => {
      aService(box, 'a', { name: 'same' });
      aService(box, 'b', { name: 'same' });
    })).toEqual(['The service box/b has the name "same" of box/a.']);
    expect(messages(nameDuplicate, (box) => {
      aService(box, 'a', { name: 'same' });
      new HostService(box, 'same', { port: 1 });
    })).toEqual(['The host service box/same has the name "same" of box/a.']);
  });

  test('fails for a build argument that is a base image, and for a token with the name of a codex variable', () => {
    expect(
      advice(nameDuplicate, (box) =>
        aService(box, 'app', {
          image: Image.fromBuild('c', {
            repository: 'a/b',
            tag: '1.0.0',
            args: { BASE: 'x' },
            baseImages: { BASE: 'debian' },
          }),
        }),
      ),
    ).toEqual([['The build argument BASE is set twice.', 'Set it either as a build argument or as a base image.']]);
    expect(
      messages(nameDuplicate, (box) => {
        const host = new HostOllama(box, 'host', { component: 'ollama', model: 'm' });
        new CodexCli(box, 'codex', {
          component: 'codex-cli',
          context: 'c',
          repository: 'box/codex',
          codexProfile: 'p',
          model: 'm',
          modelServer: host,
          modelEndpoint: host.endpoint(),
          workspace: aVolume(box, 'work'),
          networks: [],
          gateway: { endpoint: host.endpoint(), token: aSecret(box, 'OLLAMA_HOST') },
        });
      }),
    ).toEqual(['The variable OLLAMA_HOST is set twice.']);
  });

  test('fails for twice the same variable, port name, file or network in a service', () => {
    expect(advice(nameDuplicate, (box) => {
      const app = aService(box, 'app', {
        ports: [Port.internal(1, { name: 'http' }), Port.internal(2, { name: 'http' })],
      });
      app.addEnvironment('A', EnvironmentValue.literal('1'));
      app.addEnvironment('A', EnvironmentValue.literal('2'));
      const net = new Network(box, 'net');
      app.addNetwork(net);
      app.addNetwork(net);
      const other = aService(box, 'other');
      app.addMount(Mount.file(new ConfigFile(app, 'a.conf', { content: [] }), '/a'));
      app.addMount(Mount.file(new ConfigFile(other, 'A.conf', { content: [] }), '/b'));
    })).toEqual([
      ['The service is attached to the network "net" twice.', 'Add it once, with all aliases.'],
      ['The variable A is set twice.', 'Set it once.'],
      ['Two ports have the name "http".', nameDuplicate.fix],
      ['Two configuration files of the service have the name "A.conf".', nameDuplicate.fix],
    ]);
  });

  test('fails for one file of secrets under two names', () => {
    const SAME_FILE = 'Keep one of them, and refer to it from both services.';
    expect(
      advice(nameDuplicate, (box) => {
        new EnvFile(box, 'one', { file: '.env.local' });
        new EnvFile(box, 'two', { file: '.env.LOCAL' });
        new EnvFile(box, 'three', { file: 'config/.env.local' });
        new SecretFile(box, 'four', { description: 'd', file: 'config/.env.local' });
        new SecretFile(box, 'five', { description: 'd' });
      }),
    ).toEqual([
      ['box/four uses the file "config/.env.local" of box/three.', SAME_FILE],
      ['box/two uses the file ".env.LOCAL" of box/one.', SAME_FILE],
    ]);
  });

  test('fails for one folder of the host under two names', () => {
    expect(
      advice(nameDuplicate, (box) =>
        ['./shared', 'shared/', 'shared/more'].forEach((directory, index) =>
          Volume.hostDirectory(box, `v${index}`, { directory, size: Size.gibibytes(1) }),
        ),
      ),
    ).toEqual([
      [
        'The volume box/v1 uses the folder "shared" of box/v0.',
        'Keep one volume: in a cluster, each would have its own data.',
      ],
    ]);
  });

  test('fails for names that are one in a cluster', () => {
    expect(
      advice(nameDuplicate, (box) => {
        ['rag_api', 'rag-api', 'Rag.API'].forEach((name, index) => aService(box, `s${index}`, { name }));
        ['pg_data', 'pg.data'].forEach((name, index) =>
          Volume.persistent(box, `v${index}`, { name, size: Size.gibibytes(1) }),
        );
        ['in_side', 'in.side'].forEach((name, index) => new Network(box, `n${index}`, { name }));
      }),
    ).toEqual([
      ['n0', 'n1', 'in_side', 'in.side'],
      ['s0', 's2', 'rag_api', 'Rag.API'],
      ['s1', 's2', 'rag-api', 'Rag.API'],
      ['v0', 'v1', 'pg_data', 'pg.data'],
    ].map(([item, first, name, firstName]) => [
      `In a cluster, box/${item} has the name "${name.replace('_', '-')}" of box/${first}.`,
      'Rename one: Kubernetes allows lower-case letters, digits and dashes, '
        + `so "${name}" and "${firstName}" are the same there.`,
    ]));
  });

  test('accepts one name in different kinds', () => {
    expect(messages(nameDuplicate, (box) => {
      aService(box, 'ollama');
      Volume.persistent(box, 'v', { name: 'ollama', size: Size.gibibytes(1) });
      Volume.persistent(box, 'w', { size: Size.gibibytes(1) });
    })).toEqual([]);
  });

  test('accepts a file that is mounted twice, and different names within a service', () => {
    expect(messages(nameDuplicate, (box) => {
      const app = aService(box, 'app', {
        ports: [Port.internal(1), Port.internal(2)],
        networks: ['one', 'two'].map((id) => new Network(box, id)),
        mounts: [Mount.scratch('/x'), Mount.scratch('/y')],
      });
      app.addEnvironment('A', EnvironmentValue.literal('1'));
      app.addEnvironment('a', EnvironmentValue.literal('2'));
      const file = new ConfigFile(app, 'a.conf', { content: [] });
      ['/a', '/b'].forEach((path) => app.addMount(Mount.file(file, path)));
      app.addMount(Mount.file(new ConfigFile(app, 'b.conf', { content: [] }), '/c'));
    })).toEqual([]);
  });
});
