import { advice, aService, aToolbox, findings, goodImage, messages } from './support';
import {
  ConfigFile,
  EnvFile,
  EnvironmentValue,
  Image,
  Mount,
  Network,
  Profile,
  Port,
  Secret,
  SecretFile,
  Size,
  Toolbox,
  Volume,
} from '../../src/core';
import { nameGrammar } from '../../src/rules/name-grammar';

const size = Size.gibibytes(1);
const VARIABLE = 'Use at most 255 letters, digits and underscores. Do not begin with a digit.';
const SERVICE_VARIABLE = 'Use at most 255 letters, digits, "_", "-" and ".". Do not begin with a digit or with "..".';

describe('rule name-grammar', () => {
  test.each([
    '',
    '_',
    'a-',
    'a.',
    '-a',
    '.a',
    'a/b',
    'Con',
    'con.x',
    '\u00e9',
    '\ud83d\ude00',
    'a\u0000b',
    'con',
    'com1',
    '..',
    '.',
    '${X}',
    '{{ x }}',
    '<b>',
    'a'.repeat(64),
  ])('fails for the name %j, which not every target can carry', (name) => {
    expect(messages(nameGrammar, (box) => aService(box, 'app', { name }))).toEqual([
      `The name ${JSON.stringify(name)} of this service is not valid in every target.`,
    ]);
  });

  test.each(['A_B', 'a.b', '1a', '_a', 'a_', '1password', 'RAG_api.v0_3', 'a'.repeat(63), '1'.repeat(63)])(
    'accepts the name %j, which a cluster has in another form',
    (name) => {
      expect(messages(nameGrammar, (box) => {
        aService(box, 'app', { name });
        Volume.persistent(box, 'data', { size, name });
        new Network(box, 'net', { name });
      })).toEqual([]);
    },
  );

  test.each(['my.var', 'A-B', '.a', '-a', '_'])('accepts the variable %j of a service', (name) => {
    expect(
      messages(nameGrammar, (box) => aService(box, 'app', { environment: { [name]: EnvironmentValue.literal('x') } })),
    ).toEqual([]);
  });

  test.each(['.', '..', '..a', '1a', 'a b', 'a=b', '\u00e9', ''])('fails for the variable %j of a service', (name) => {
    expect(
      advice(nameGrammar, (box) => aService(box, 'app', { environment: { [name]: EnvironmentValue.literal('x') } })),
    ).toEqual([[`${JSON.stringify(name)} is not a valid variable name.`, SERVICE_VARIABLE]]);
  });

  test('fails for volumes, networks, profiles, env files and the toolbox alike', () => {
    const box = aToolbox(undefined, 'Box');
    Volume.persistent(box, 'Data-', { size });
    new Network(box, 'Net-');
    new Profile(box, 'Part', { description: 'p' });
    new EnvFile(box, 'Env', { file: '../.env' });
    const odd = (name: string, what: string): string =>
      `The name "${name}" of ${what} is not valid in every target.`;
    expect(findings(box, nameGrammar).map(({ message }) => message)).toEqual([
      odd('Box', 'the toolbox'),
      odd('Data-', 'this volume'),
      '"../.env" is not the path of a file in the project.',
      odd('Env', 'this env file'),
      odd('Net-', 'this network'),
      odd('Part', 'this profile'),
    ]);
  });

  test('fails for names of variables that are too long for a line of YAML', () => {
    const said = (length: number): string[] =>
      messages(nameGrammar, (box) =>
        aService(box, 'app', { environment: { ['X'.repeat(length)]: EnvironmentValue.literal('x') } }),
      );
    expect([said(255), said(256).length]).toEqual([[], 1]);
  });

  test('fails for names of ports, variables, keys, aliases and files, and says what each may hold', () => {
    expect(
      advice(nameGrammar, (box) => {
        const app = aService(box, 'app', {
          image: Image.fromBuild('c', { repository: 'a/b', tag: '1.0.0', args: { 'OK': '', 'C-D': 'x' } }),
          ports: [Port.internal(80, { name: 'averylongportname' })],
          environment: { '1A=B': EnvironmentValue.literal('x') },
        });
        app.addNetwork(new Network(box, 'net'), { aliases: ['host.docker.internal', 'not a host'] });
        app.addMount(Mount.file(new ConfigFile(app, 'a:b', { content: [] }), '/etc/a'));
        new Secret(new EnvFile(box, 'env'), 'A-B', { description: 'd' });
      }),
    ).toEqual([
      ['"1A=B" is not a valid variable name.', SERVICE_VARIABLE],
      ['"C-D" is not a valid variable name.', VARIABLE],
      ['"a:b" is not a valid file name.', 'Use letters, digits, dots, dashes and underscores.'],
      [
        'The alias "not a host" is not a host name.',
        'Use labels of lower-case letters, digits and dashes, separated by dots.',
      ],
      [
        'The port name "averylongportname" is not valid in Kubernetes.',
        'Use at most 15 lower-case letters, digits and single dashes, with at least one letter.',
      ],
      ['"A-B" is not a valid variable name.', VARIABLE],
    ]);
  });

  test.each([
    '',
    '.',
    '..',
    '/etc/app.env',
    './.env',
    '../.env',
    'a/../.env',
    'a//.env',
    'a/',
    'a b',
    'con/.env',
    '~/.env',
  ])('fails for the secrets of the file %j, which is not in the project', (file) => {
    const said = [
      `${JSON.stringify(file)} is not the path of a file in the project.`,
      'Use a path relative to the project folder, for example ".env.local" or "config/app.env".',
    ];
    expect(
      advice(nameGrammar, (box) => {
        new EnvFile(box, 'env', { file });
        new SecretFile(box, 'key', { description: 'd', file });
      }),
    ).toEqual([said, said]);
  });

  test.each(['.env', 'config/app.env', 'a/b/c/.env.local'])('accepts the secrets of the file %j', (file) => {
    expect(advice(nameGrammar, (box) => {
      new EnvFile(box, 'env', { file });
      new SecretFile(box, 'key', { description: 'd', file });
    })).toEqual([]);
  });

  test.each(['', 'a'.repeat(16), '80', 'a--b', '-a', 'a-', 'A', 'a_b'])('fails for the name %j of a port', (name) => {
    expect(messages(nameGrammar, (box) => aService(box, 'app', { ports: [Port.internal(80, { name })] }))).toEqual([
      `The port name ${JSON.stringify(name)} is not valid in Kubernetes.`,
    ]);
  });

  test.each(['a', 'a1', '8a', 'a-b', 'a'.repeat(15)])('accepts the name %j of a port', (name) => {
    expect(messages(nameGrammar, (box) => aService(box, 'app', { ports: [Port.internal(80, { name })] }))).toEqual([]);
  });

  test('an alias is at most as long as a host name may be', () => {
    const said = (length: number): string[] =>
      messages(nameGrammar, (box) =>
        aService(box, 'app').addNetwork(new Network(box, 'net'), {
          aliases: [`${'a.'.repeat(100)}${'a'.repeat(length - 200)}`],
        }),
      );
    expect(said(253)).toEqual([]);
    expect(said(254)).toHaveLength(1);
  });

  test.each(['../dist', '/tmp/x', 'a/../b', '.', 'a b', 'con', 'dist/', 'a.'])(
    'fails for the output folder %j, which is none of the project',
    (outdir) => {
      expect(findings(new Toolbox('box', { title: 't', description: 'd', outdir }), nameGrammar)).toMatchObject([
        {
          path: 'box',
          message: `${JSON.stringify(outdir)} is not a relative path in the project.`,
          fix: 'Use a relative path, for example "src/main.ts" or "dist".',
        },
      ]);
    },
  );

  test('fails for a source that is none of the project', () => {
    expect(
      findings(new Toolbox('box', { title: 't', description: 'd', source: 'src/"main".ts' }), nameGrammar).map(
        ({ message }) => message,
      ),
    ).toEqual(['"src/\\"main\\".ts" is not a relative path in the project.']);
  });

  test('fails for a name that Compose keeps for extensions', () => {
    expect(
      advice(nameGrammar, (box) => {
        aService(box, 'x-app');
        new Network(box, 'x-net');
        Volume.persistent(box, 'x-data', { size });
        new Profile(box, 'x-part', { description: 'd' });
      }),
    ).toEqual(
      [
        ['service', 'x-app'],
        ['volume', 'x-data'],
        ['network', 'x-net'],
      ].map(([kind, name]) => [
        `Compose ignores the ${kind} "${name}": it reads names with "x-" as extensions.`,
        'Use a name that does not begin with "x-".',
      ]),
    );
  });

  test.each(['', 'a b', 'A', '-a', 'a..b', 'x\ny', 'a'.repeat(254)])(
    'fails for the storage class %j, which no cluster can have',
    (storageClass) => {
      expect(
        advice(nameGrammar, (box) => {
          Volume.persistent(box, 'data', { size, storageClass });
        }),
      ).toEqual([
        [
          `${JSON.stringify(storageClass)} is not a valid storage class name.`,
          'Use lower-case letters, digits, dashes and dots.',
        ],
      ]);
    },
  );

  test.each(['fast', 'rook-ceph.fs', 'a'.repeat(253)])('accepts the storage class %j', (storageClass) => {
    expect(messages(nameGrammar, (box) => { Volume.persistent(box, 'data', { size, storageClass }); })).toEqual([]);
  });

  test('accepts labels', () => {
    expect(messages(nameGrammar, (box) => {
      const app = aService(box, 'to-string', {
        ports: [Port.internal(80, { name: 'http' })],
        environment: { A_1: EnvironmentValue.literal('x') },
        mounts: [Mount.scratch('/tmp')],
      });
      app.addMount(Mount.file(new ConfigFile(app, '.a-b_c.conf', { content: [] }), '/etc/a'));
      aService(box, 'true', { image: goodImage() });
      new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' });
    })).toEqual([]);
  });
});
