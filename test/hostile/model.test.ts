import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigFile, Content, EnvFile, EnvironmentValue, Finding, Image, Mount, Port, Secret, ServiceProps, Testing, Toolbox, User } from '../../src/core';
import { aService, DIGEST } from '../rules/support';

interface Hostile {
  readonly area: string;
  readonly name: string;
  readonly input: any;
  readonly expect: string;
}

interface Outcome {
  /** Rules with an error or a warning. */
  readonly rules: string[];
  readonly findings: Finding[];
  /** Every generated file, one after the other. */
  readonly output: string;
}

/** What becomes of a toolbox with what is built here. */
function outcome(build: (box: Toolbox) => void): Outcome {
  const box = new Toolbox('box', { title: 'Box', description: 'A box for tests' });
  build(box);
  const { findings, files } = Testing.synth(box);
  return { rules: [...new Set(findings.map(({ rule }) => rule))], findings, output: Object.values(files).join('') };
}

function service(props: Partial<ServiceProps>): Outcome {
  return outcome((box) => aService(box, 'app', props));
}

const INPUTS = JSON.parse(readFileSync(join(__dirname, 'model.json'), 'utf8')) as Hostile[];
const FACTS = { user: User.of(10001), healthTools: ['curl'] };

const of = (area: string): Hostile[] => INPUTS.filter((one) => one.area === area);
const simple = (area: string, ...but: string[]): [string, any][] => of(area)
  .filter(({ input, name }) => (typeof input === 'string' || typeof input === 'number') && !but.includes(name))
  .map(({ name, input }): [string, any] => [name, input]);
const input = (area: string, name: string): any => of(area).find((one) => one.name === name)!.input;

describe('hostile names', () => {
  test.each(simple('name', 'name "true"', 'name "localhost"', 'name "kubernetes"', 'port name > 15 chars', 'env name'))('fails for a service with the %s', (_, name) => {
    expect(service({ name })).toMatchObject({ rules: expect.arrayContaining(['name-grammar']), output: '' });
  });

  test('fails for names that would become one, and tells both constructs', () => {
    const { findings, output } = outcome((box) => (input('name', 'collision after mapping') as string[]).forEach((name) => aService(box, `of-${name.toLowerCase().replace('.', '-dot-')}-${name.charCodeAt(0)}`, { name })));
    expect(findings.map(({ rule }) => rule)).toEqual(['name-grammar', 'name-grammar']);
    expect(output).toBe('');
    const twice = outcome((box) => ['one', 'two'].forEach((id) => aService(box, id, { name: 'a-b' })));
    expect(twice.findings[0].message).toBe('The service box/two has the name "a-b", as box/one has.');
  });

  test('fails for names of labels, ports and variables', () => {
    expect(service({ name: input('name', 'label value 64 chars / bad chars').label }).rules).toContain('name-grammar');
    expect(service({ ports: [Port.internal(80, { name: input('name', 'port name > 15 chars') })] }).rules).toEqual(['name-grammar']);
    expect(service({ environment: { [input('name', 'env name')]: EnvironmentValue.literal('x') } }).rules).toContain('name-grammar');
  });

  test('fails for a file that no ConfigMap can hold', () => {
    const { bytes } = input('name', 'ConfigMap 2 MB') as { bytes: number };
    const { findings, output } = outcome((box) => {
      const app = aService(box, 'app');
      app.addMount(Mount.file(new ConfigFile(app, 'big.txt', { content: [Content.text(`${'x'.repeat(bytes)}\n`)] }), '/etc/big.txt'));
    });
    expect(findings).toMatchObject([{ rule: 'target-refused', severity: 'error', message: expect.stringContaining('a ConfigMap holds 1048576') }]);
    expect(output).toBe('');
  });

  test('quotes a name that YAML would read as something else, and warns of one with a meaning', () => {
    expect(service({ name: 'true' })).toMatchObject({ rules: [], output: expect.stringMatching(/^ {2}'true':$/m) });
    expect(service({ name: 'localhost' }).findings).toMatchObject([{ rule: 'name-reserved', severity: 'warning' }]);
    expect(service({ name: 'kubernetes' }).findings).toMatchObject([{ rule: 'name-reserved', severity: 'warning' }]);
  });

  test('knows no name of an object from JavaScript itself', () => {
    const names = ['toString', 'constructor', '__proto__', 'hasOwnProperty'];
    const environment = Object.fromEntries(names.map((name) => [name, EnvironmentValue.literal(`of ${name}`)]));
    const { rules, output } = service({ environment });
    expect(rules).toEqual([]);
    names.forEach((name) => expect(output).toContain(`${name}: 'of ${name}'`));
  });
});

describe('hostile image references', () => {
  /** A reference cut into parts where a person would cut it. */
  function parts(reference: string): Image {
    const [, repository, tag, digest] = /^(.*?)(?::([^:@/]*))?(?:@(sha256:.*))?$/.exec(reference)!;
    return Image.fromRegistry(repository, { ...FACTS, tag, digest });
  }

  test.each(simple('image-ref', '"nginx:1.27"', '"nginx:1.27@sha256:aaaaaaaaaaaaaaaaaaaaa', '"nginx:123e4567"', '"nginx:1.10"'))('fails for %s', (_, reference) => {
    const { rules, output } = service({ image: parts(reference) });
    expect(rules).toEqual(expect.arrayContaining([expect.stringMatching(/^image-(reference|tag)$/)]));
    expect(output).toBe('');
  });

  test.each(simple('image-ref'))('fails for %s as the name of a repository, unless it is one', (_, reference) => {
    const { rules } = service({ image: Image.fromRegistry(reference, { tag: '1.2.3', digest: DIGEST, ...FACTS }) });
    expect(rules).toEqual(reference === 'nginx' ? [] : ['image-reference']);
  });

  test('fails for a tag without digest', () => {
    expect(service({ image: parts(input('image-ref', '"nginx:1.27"')) }).rules).toContain('image-digest');
  });

  test('keeps a tag as text, whatever YAML would make of it', () => {
    for (const tag of ['1.27', '123e4567', '1.10', '0x10', '1_000']) {
      const { output } = service({ image: Image.fromRegistry('nginx', { tag, digest: DIGEST, ...FACTS }) });
      expect(output).toContain(`image: 'nginx:${tag}@${DIGEST}'`);
    }
  });
});

describe('hostile ports', () => {
  test.each(simple('port', '22'))('fails for %s', (_, port) => {
    expect(service({ ports: [Port.internal(port)] })).toMatchObject({ rules: expect.arrayContaining(['port-range']), output: '' });
  });

  test('warns of the port of SSH', () => {
    expect(service({ ports: [Port.internal(input('port', '22'))] }).findings).toMatchObject([{ rule: 'port-ssh', severity: 'warning' }]);
  });

  test('fails for a port of the host that is used twice, and tells both services', () => {
    const [{ host }] = input('port', 'host port used twice') as { host: number }[];
    const { findings } = outcome((box) => ['one', 'two'].forEach((id) => aService(box, id, { ports: [Port.loopback(80, { hostPort: host })] })));
    const found = findings.find(({ rule }) => rule === 'port-duplicate')!;
    expect(`${found.path} ${found.message}`).toMatch(/two.*one|one.*two/);
  });
});

describe('secrets', () => {
  test('fails for values in the model, and repeats none of them', () => {
    const { env } = input('secret-leak', 'secret value in props') as { env: Record<string, string> };
    const key = input('secret-leak', 'private key') as string;
    const random = input('secret-leak', 'high-entropy value under a secret-like key') as Record<string, string>;
    for (const variables of [env, { KEY: key }, random]) {
      const environment = Object.fromEntries(Object.entries(variables).map(([name, text]) => [name, EnvironmentValue.literal(text)]));
      const { rules, findings, output } = service({ environment });
      expect({ rules, output }).toEqual({ rules: ['secret-value'], output: '' });
      Object.values(variables).forEach((text) => expect(JSON.stringify(findings)).not.toContain(text));
    }
  });

  test('reads no variable of the machine, and makes no Secret with a value and no file for one', () => {
    const { env } = input('secret-leak', 'host environment') as { env: Record<string, string> };
    const [name] = Object.keys(env);
    process.env[name] = 'canary-value-of-the-machine';
    try {
      const box = new Toolbox('box', { title: 'Box', description: 'A box for tests' });
      const secret = new Secret(new EnvFile(box, 'env', { file: '.env.local' }), name, { description: 'd' });
      aService(box, 'app', { environment: { [name]: EnvironmentValue.secret(secret) } });
      const { files, findings } = Testing.synth(box);
      expect(findings).toEqual([]);
      expect(Object.values(files).join('')).not.toContain('canary-value');
      expect(Object.values(files).join('')).not.toMatch(/^kind: '?Secret'?$/m);
      expect(Object.keys(files).filter((path) => path.includes('env'))).toEqual(['compose/.env.local.example']);
    } finally {
      delete process.env[name];
    }
  });
});
