import { aService, findings, aToolbox, messages } from './support';
import { ConfigFile, EnvFile, EnvironmentValue, Mount, Network, OptionalPart, Port, Secret, Size, Toolbox, Volume } from '../../src/core';
import { nameGrammar } from '../../src/rules/name-grammar';

describe('rule name-grammar', () => {
  test('fails for names that no target can carry', () => {
    for (const name of ['', 'A_B', 'a-', 'a.b', 'a/b', '\ud83d\ude00', 'a\u0000b', 'con', '..', '.', '${X}', '{{ x }}', '<b>', '1a', 'a'.repeat(64)]) {
      expect(messages(nameGrammar, (box) => aService(box, 'app', { name }))).toHaveLength(1);
    }
  });

  test('fails for volumes, networks, parts, env files and the toolbox alike', () => {
    const box = aToolbox(undefined, 'Box');
    Volume.persistent(box, 'Data', { size: Size.gibibytes(1) });
    new Network(box, 'Net');
    new OptionalPart(box, 'Part', { description: 'p' });
    new EnvFile(box, 'Env', { file: '../.env' });
    expect(findings(box, nameGrammar)).toHaveLength(6);
  });

  test('fails for names of ports, variables, keys, aliases and files', () => {
    expect(messages(nameGrammar, (box) => {
      const app = aService(box, 'app', {
        ports: [Port.internal(80, { name: 'averylongportname' })],
        environment: { '1A=B': EnvironmentValue.literal('x') },
      });
      app.attach(new Network(box, 'net'), { aliases: ['host.docker.internal', 'not a host'] });
      app.addMount(Mount.file(new ConfigFile(app, 'a:b', { content: [] }), '/etc/a'));
      new Secret(new EnvFile(box, 'env'), 'A-B', { description: 'd' });
    })).toHaveLength(5);
  });

  test('fails for a source or an output folder outside the project', () => {
    for (const outdir of ['../dist', '/tmp/x', 'a/../b', '.', 'a b', 'con']) {
      expect(findings(new Toolbox('box', { title: 't', description: 'd', outdir }), nameGrammar)).toHaveLength(1);
    }
    expect(findings(new Toolbox('box', { title: 't', description: 'd', source: 'src/"main".ts' }), nameGrammar)).toHaveLength(1);
  });

  test('fails for a name that Compose keeps for extensions', () => {
    expect(messages(nameGrammar, (box) => {
      aService(box, 'x-app');
      new Network(box, 'x-net');
      Volume.persistent(box, 'x-data', { size: Size.gibibytes(1) });
      new OptionalPart(box, 'x-part', { description: 'd' });
    })).toEqual(['service', 'volume', 'network'].map((kind) => expect.stringContaining(`of this ${kind} for an extension`)));
  });

  test('fails for a storage class that no cluster can have', () => {
    const size = Size.gibibytes(1);
    for (const storageClass of ['', 'a b', 'A', '-a', 'a..b', 'x\ny']) {
      expect(messages(nameGrammar, (box) => { Volume.persistent(box, 'data', { size, storageClass }); })).toEqual([`${JSON.stringify(storageClass)} is not the name of a storage class.`]);
    }
    expect(messages(nameGrammar, (box) => { Volume.persistent(box, 'data', { size, storageClass: 'rook-ceph.fs' }); })).toEqual([]);
  });

  test('accepts labels', () => {
    expect(messages(nameGrammar, (box) => {
      aService(box, 'to-string', { ports: [Port.internal(80, { name: 'http' })], environment: { A_1: EnvironmentValue.literal('x') } });
      aService(box, 'true');
    })).toEqual([]);
  });
});
