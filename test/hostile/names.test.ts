import { testEvery } from './every-input';
import { Outcome, outcome, serviceOutcome as service } from './outcome';
import { appOf, COMPOSE_FILE, filesOf, MANIFEST, readAlike } from './readers';
import {
  ConfigFile,
  Content,
  EnvFile,
  EnvironmentValue,
  HostService,
  Image,
  Mount,
  Network,
  Profile,
  Port,
  Size,
  Testing,
  Toolbox,
  User,
  Volume,
} from '../../src/core';
import { aService, DIGEST } from '../rules/support';

/** Everything that has a name of its own, under this one. */
function everywhere(name: string): Outcome[] {
  const size = Size.gibibytes(1);
  const things: ((box: Toolbox) => void)[] = [
    (box) => { aService(box, 'x', { name }); },
    (box) => { new Network(box, 'x', { name }); },
    (box) => { Volume.persistent(box, 'x', { name, size }); },
    (box) => { new Profile(box, 'x', { name, description: 'd' }); },
    (box) => { new EnvFile(box, 'x', { name }); },
    // this one has no name beside its id, and no construct below another has an empty one
    (box) => { new HostService(box, name === '' ? '-' : name, { port: 1 }); },
  ];
  const { findings, files } = Testing.synth(new Toolbox(name, { title: 't', description: 'd' }));
  const asToolbox = { rules: findings.map(({ rule }) => rule), findings, files, output: Object.values(files).join('') };
  return [asToolbox, ...things.map(outcome)];
}

/** Expects an error wherever the name is used (also from another rule if it is part of the path), and no output. */
function expectRefused(name: string): void {
  for (const { rules, output } of everywhere(name)) {
    expect({ rules: rules.filter((rule) => rule !== 'text-control'), output }).toEqual({
      rules: ['name-grammar'],
      output: '',
    });
  }
}

/** Compose keeps the name, a cluster has another one, and the report says so. Kinds without two names refuse it. */
function expectMapped(name: string, inCluster: string): void {
  const outcomes = everywhere(name).map(({ rules }) => rules.join());
  expect(outcomes).toEqual(['name-grammar', '', '', '', 'name-grammar', 'name-grammar', 'name-grammar']);
  const { files } = service({ name });
  const [compose] = filesOf(files, COMPOSE_FILE).flatMap(readAlike) as { services: object }[];
  expect(Object.keys(compose.services)).toEqual([name]);
  const objects = filesOf(files, MANIFEST).flatMap(readAlike) as { metadata?: { name: string } }[];
  const names = objects.map(({ metadata }) => metadata?.name);
  expect(names).toContain(inCluster);
  expect(names).not.toContain(name);
  expect(files['docs/FIDELITY.md']).toContain(`the service is called ${inCluster} there`);
}

function expectWarned(name: string): void {
  for (const { findings, output } of everywhere(name)) {
    expect(findings).toMatchObject([{ rule: 'name-reserved', severity: 'warning' }]);
    expect(output).not.toBe('');
  }
}

describe('hostile names', () => {
  testEvery('name', {
    'name "toString"': (name: string) => {
      // wherever it is allowed it is a name like any other, and none of JavaScript's own
      expectMapped(name, 'tostring');
      const names = [name, 'constructor', '__proto__', 'hasOwnProperty'];
      const environment = Object.fromEntries(names.map((one) => [one, EnvironmentValue.literal(`of ${one}`)]));
      const { rules, files } = service({ environment });
      expect(rules).toEqual([]);
      const { compose, container } = appOf(files);
      names.forEach((one) =>
        expect([
          Object.getOwnPropertyDescriptor(compose.environment, one)?.value,
          container.env.find((it: { name: string }) => it.name === one).value,
        ]).toEqual([`of ${one}`, `of ${one}`]),
      );
      expect(outcome((box) => { aService(box, name, { name: 'constructor' }); }).rules).toEqual([]);
    },
    'name "true"': (name: string) => {
      everywhere(name).forEach(({ rules }) => expect(rules).toEqual([]));
      const { output } = service({ name });
      expect(output).toMatch(/^ {2}'true':$/m);
      expect(output).not.toMatch(/^ *(- )?(name|claimName|serviceAccountName|key): true$/m);
    },
    'name "A_B"': (name: string) => expectMapped(name, 'a-b'),
    'name "a.b"': (name: string) => expectMapped(name, 'a-b'),
    'name "localhost"': expectWarned,
    'name "kubernetes"': expectWarned,
    'collision after mapping': (names: string[]) => {
      const { findings, output } = outcome((box) =>
        names.forEach((name, index) => aService(box, `of-${index}`, { name })),
      );
      expect(findings.map(({ rule, path, message }) => [rule, path, message])).toEqual([0, 1].map((index) => (
        ['name-duplicate', `box/of-${index}`, `In a cluster, box/of-${index} has the name "a-b" of box/of-2.`])));
      expect(output).toBe('');
      const twice = outcome((box) => ['one', 'two'].forEach((id) => aService(box, id, { name: 'a-b' })));
      expect(twice.findings[0].message).toBe('The service box/two has the name "a-b" of box/one.');
      expect(twice.output).toBe('');
    },
    'label value 64 chars / bad chars': ({ label }: { label: string }) => expectRefused(label),
    'port name > 15 chars': (name: string) => {
      expect(service({ ports: [Port.internal(80, { name })] })).toMatchObject({ rules: ['name-grammar'], output: '' });
    },
    'env name': (name: string) => {
      expect(service({ environment: { [name]: EnvironmentValue.literal('x') } })).toMatchObject({
        rules: expect.arrayContaining(['name-grammar']),
        output: '',
      });
      const image = Image.fromBuild('containers/codex-cli', {
        repository: 'a/b',
        tag: '1.2.3',
        args: { [name]: 'x' },
        user: User.of(10001),
        healthTools: ['curl'],
      });
      expect(service({ image })).toMatchObject({ rules: ['name-grammar'], output: '' });
    },
    'ConfigMap 2 MB': ({ bytes }: { bytes: number }) => {
      const { findings, output } = outcome((box) => {
        const app = aService(box, 'app');
        app.addMount(
          Mount.file(
            new ConfigFile(app, 'big.txt', { content: [Content.text(`${'x'.repeat(bytes)}\n`)] }),
            '/etc/big.txt',
          ),
        );
      });
      expect(findings).toMatchObject([
        { rule: 'target-refused', severity: 'error', message: expect.stringContaining('a ConfigMap holds 1048576') },
      ]);
      expect(output).toBe('');
    },
  }, expectRefused);

  test('a service may be called as the wall of the namespace is, and leaves it standing', () => {
    const { files } = outcome((box) => ['default-deny', 'default-deny-all'].forEach((name) => aService(box, name)));
    const policies = filesOf(files, MANIFEST)
      .flatMap(readAlike)
      .filter((one) => (one as { kind: string }).kind === 'NetworkPolicy') as {
      metadata: { name: string };
      spec: { podSelector: object };
    }[];
    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual([
      'default-deny',
      'default-deny-all',
      'default-deny-all-all',
    ]);
    expect(policies.find(({ spec }) => Object.keys(spec.podSelector).length === 0)?.metadata.name).toBe(
      'default-deny-all-all',
    );
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'a file may be called %s, as JavaScript calls a part of every object, and is in both targets',
    (name) => {
      const { rules, files } = outcome((box) => {
        const app = aService(box, 'app');
        app.addMount(Mount.file(new ConfigFile(app, name, { content: [Content.text('here\n')] }), '/etc/app.conf'));
      });
      expect(rules).toEqual([]);
      expect(Object.values(files).filter((text) => text.includes('here\n'))).toHaveLength(2);
    },
  );
});

describe('hostile image references', () => {
  const FACTS = { user: User.of(10001), healthTools: ['curl'] };

  /** A reference cut into parts where a person would cut it. */
  function parts(reference: string): Image {
    const [, repository, tag, digest] = /^(.*?)(?::([^:@/]*))?(?:@(sha256:.*))?$/.exec(reference)!;
    return Image.fromRegistry(repository, { ...FACTS, tag, digest });
  }

  function asRepository(reference: string): string[] {
    return service({ image: Image.fromRegistry(reference, { tag: '1.2.3', digest: DIGEST, ...FACTS }) }).rules;
  }

  const kept = (reference: string): void => {
    const tag = reference.split(':')[1];
    for (const one of [tag, '0x10', '1_000', '1e3', 'no', '2001-01-01']) {
      const { compose, container } = appOf(
        service({ image: Image.fromRegistry('nginx', { tag: one, digest: DIGEST, ...FACTS }) }).files,
      );
      expect([compose.image, container.image]).toEqual([`nginx:${one}@${DIGEST}`, `nginx:${one}@${DIGEST}`]);
    }
    expect(service({ image: parts(reference) })).toMatchObject({ rules: ['image-digest'], output: '' });
  };

  testEvery('image-ref', {
    '"nginx"': (reference: string) => {
      expect(service({ image: parts(reference) })).toMatchObject({
        rules: expect.arrayContaining(['image-tag']),
        output: '',
      });
    },
    '"nginx:1.27"': (reference: string) => {
      expect(service({ image: parts(reference) })).toMatchObject({ rules: ['image-digest'], output: '' });
      expect(asRepository(reference)).toEqual(['image-reference']);
    },
    '"nginx:1.27@sha256:aaaaaaaaaaaaaaaaaaaaa': (reference: string) => {
      const { rules, files } = service({ image: parts(reference) });
      expect(rules).toEqual([]);
      const { compose, container } = appOf(files);
      expect([compose.image, container.image]).toEqual([reference, reference]);
    },
    '"nginx:123e4567"': kept,
    '"nginx:1.10"': kept,
  }, (reference: string, { expect: wanted }) => {
    const { rules, output, findings } = service({ image: parts(reference) });
    expect({ rules: rules.filter((rule) => rule !== 'image-digest'), output }).toEqual({
      rules: expect.arrayContaining(['image-reference']),
      output: '',
    });
    expect(asRepository(reference)).toEqual(['image-reference']);
    if (wanted.includes('credentials')) {
      expect(JSON.stringify(findings)).not.toContain('pw');
    }
  });
});

describe('hostile ports', () => {
  const network = (box: Toolbox): Network => new Network(box, 'net', {});

  testEvery('port', {
    '22': (port: number) => {
      expect(service({ ports: [Port.internal(port)] }).findings).toMatchObject([
        { rule: 'port-ssh', severity: 'warning' },
      ]);
    },
    'host port used twice': ([{ host }]: { host: number }[]) => {
      const { findings, output } = outcome((box) =>
        ['one', 'two'].forEach((id) =>
          aService(box, id, { ports: [Port.loopback(80, { hostPort: host })], networks: [] }),
        ),
      );
      const found = findings.find(({ rule }) => rule === 'port-duplicate')!;
      expect(`${found.path} ${found.message}`).toMatch(/two.*one|one.*two/);
      expect(output).toBe('');
    },
  }, (port: number) => {
    // a text in place of a number comes from a model without types
    for (const one of [
      Port.internal(port),
      Port.loopback(80, { hostPort: port }),
      Port.published(80, { hostPort: port }),
    ]) {
      const { rules, output } = outcome((box) => aService(box, 'app', { ports: [one], networks: [network(box)] }));
      expect({ rules, output }).toEqual({ rules: expect.arrayContaining(['port-range']), output: '' });
    }
    expect(
      outcome((box) => {
        new HostService(box, 'host', { port });
      }),
    ).toMatchObject({ rules: ['port-range'], output: '' });
  });
});
