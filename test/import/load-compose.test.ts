import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ComposeError } from '../../src/import/compose/compose-error';
import { loadCompose } from '../../src/import/compose/load';
import { get, plain } from '../../src/import/compose/node';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'import-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The service "a" of a project of these files. */
function service(...texts: string[]): unknown {
  const files = texts.map((text, index) => [`${index}.yaml`, text] as const);
  write(Object.fromEntries(files));
  return plain(get(loadCompose(files.map(([name]) => name), root).document, 'services', 'a') as never);
}

function problems(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ComposeError) {
      return error.problems.map(({ location, message }) => `${location.file}:${location.line}: ${message}`);
    }
    throw error;
  }
  return [];
}

describe('short forms are read as their long forms:', () => {
  test.each<[string, string, unknown]>([
    ['a command line', 'command: sh -c "a \'b\' $$c"', { command: ['sh', '-c', 'a \'b\' $$c'] }],
    ['a build folder', 'build: ./x', { build: { context: './x' } }],
    ['build arguments', 'build: {context: ., args: [A=1, B]}', { build: { context: '.', args: { A: '1', B: null } } }],
    ['environment lists', 'environment: [A=1=2, B, "C="]', { environment: { A: '1=2', B: null, C: '' } }],
    ['an env file', 'env_file: .env', { env_file: [{ path: '.env', required: true }] }],
    ['a health check', 'healthcheck: {test: curl x}', { healthcheck: { test: ['CMD-SHELL', 'curl x'] } }],
    ['networks', 'networks: [n]', { networks: { n: null } }],
    ['dependencies', 'depends_on: [b]', { depends_on: { b: { condition: 'service_started', required: true } } }],
    ['hosts', 'extra_hosts: ["h:::1", "g=1.2.3.4"]', { extra_hosts: { h: ['::1'], g: ['1.2.3.4'] } }],
    ['secrets', 'secrets: [s]', { secrets: [{ source: 's' }] }],
    ['numbers that are texts', 'expose: [80, "81"]', { expose: ['80', '81'] }],
  ])('%s', (_, yaml, expected) => {
    expect(service(`services: {a: {${yaml}}}`)).toEqual(expected);
  });

  test.each<[string, object[]]>([
    ['80', [{ target: 80 }]],
    ['3000:80', [{ published: '3000', target: 80 }]],
    ['127.0.0.1:3000:80/udp', [{ host_ip: '127.0.0.1', published: '3000', target: 80, protocol: 'udp' }]],
    ['[::1]:3000:80', [{ host_ip: '::1', published: '3000', target: 80 }]],
    ['3000-3001:80-81', [{ published: '3000', target: 80 }, { published: '3001', target: 81 }]],
    ['${P:-3000}:80', [{ published: '${P:-3000}', target: 80 }]],
    ['${A:-::}:${P}:80', [{ host_ip: '${A:-::}', published: '${P}', target: 80 }]],
  ])('port %s', (text, expected) => {
    const ports = expected.map((one) => ({ mode: 'ingress', protocol: 'tcp', ...one }));
    expect(service(`services: {a: {ports: ['${text}']}}`)).toEqual({ ports });
  });

  test.each<[string, object]>([
    ['/data', { type: 'volume', target: '/data', volume: {} }],
    ['v:/data:ro', { type: 'volume', source: 'v', target: '/data', read_only: true, volume: {} }],
    ['./x:/data:Z', { type: 'bind', source: './x', target: '/data', bind: { create_host_path: true, selinux: 'Z' } }],
    ['${D:-./x}:/data', { type: 'bind', source: '${D:-./x}', target: '/data', bind: { create_host_path: true } }],
    ['${D:-v}:/data', { type: 'volume', source: '${D:-v}', target: '/data', volume: {} }],
  ])('mount %s', (text, expected) => {
    expect(service(`services: {a: {volumes: ['${text}']}}`)).toEqual({ volumes: [expected] });
  });
});

describe('several files', () => {
  test('merge mappings by key, append lists and replace commands', () => {
    const base = 'services: {a: {image: x, command: [a], environment: [A=1], cap_add: [X], ports: ["1:2"]}}';
    const over = 'services: {a: {command: b, environment: {B: 2}, cap_add: [X, Y], ports: ["1:2", "3:4"]}}';
    expect(service(base, over)).toMatchObject({
      image: 'x',
      command: ['b'],
      environment: { A: '1', B: 2 },
      cap_add: ['X', 'Y'],
      ports: [{ published: '1' }, { published: '3' }],
    });
  });

  test('replace the mount at the same target', () => {
    expect(service('services: {a: {volumes: ["x:/d"]}}', 'services: {a: {volumes: ["y:/d"]}}')).toMatchObject({
      volumes: [{ source: 'y' }],
    });
  });

  test('reset and override what an earlier file says', () => {
    const base = 'services: {a: {image: x, ports: ["1:2"], environment: {A: 1, B: 2}}}';
    const over = 'services: {a: {ports: !reset [], environment: !override {C: 3}}}';
    expect(service(base, over)).toEqual({ image: 'x', environment: { C: 3 } });
  });

  test('replace the options of another logging driver', () => {
    const base = 'services: {a: {logging: {driver: x, options: {a: 1}}}}';
    expect(service(base, 'services: {a: {logging: {driver: y}}}')).toEqual({ logging: { driver: 'y' } });
  });
});

describe('merge keys', () => {
  test('give what a mapping does not say itself, the first before the next', () => {
    const yaml = ['x-1: &one {image: x, user: u}', 'x-2: &two {user: v, tty: true}', 'services:'];
    expect(service([...yaml, '  a: {<<: [*one, *two], image: y}'].join('\n'))).toEqual({
      image: 'y',
      user: 'u',
      tty: true,
    });
  });
});

describe('extends', () => {
  test('takes a service of another file, whose paths stay where they are', () => {
    write({
      'base/c.yaml': 'services: {b: {build: ., env_file: .env, volumes: ["./d:/d", "v:/v"], environment: [A=1]}}',
    });
    expect(service('services: {a: {extends: {file: base/c.yaml, service: b}, environment: [B=2]}}')).toMatchObject({
      build: { context: './base' },
      env_file: [{ path: './base/.env' }],
      volumes: [{ source: './base/d' }, { source: 'v' }],
      environment: { A: '1', B: '2' },
    });
  });

  test('is refused in a circle', () => {
    const load = () => service('services: {a: {extends: b}, b: {extends: {service: a}}}');
    expect(problems(load)).toEqual([expect.stringContaining('Service "a" extends itself.')]);
  });

  test('names the service that is missing', () => {
    const load = () => service('services: {a: {extends: {service: gone}}}');
    expect(problems(load)).toEqual(['0.yaml:1: "0.yaml" has no service "gone" to extend.']);
  });
});

describe('include', () => {
  test('adds the project of another folder, whose paths stay where they are', () => {
    write({ 'sub/c.yaml': 'services: {b: {build: ./x}}\nvolumes: {v: }' });
    write({ 'c.yaml': 'include: [sub/c.yaml]\nservices: {a: {image: x}}\nvolumes: {w: }' });
    expect(plain(loadCompose(['c.yaml'], root).document)).toEqual({
      services: { b: { build: { context: './sub/x' } }, a: { image: 'x' } },
      volumes: { v: {}, w: {} },
    });
  });

  test('is refused when both files say the same service', () => {
    write({ 'b.yaml': 'services: {a: {image: y}}', 'a.yaml': 'include: [b.yaml]\nservices: {a: {image: x}}' });
    expect(problems(() => loadCompose(['a.yaml'], root))).toEqual([
      'a.yaml:2: "a" of "services" is in this file and in an included one.',
    ]);
  });

  test('is refused in a circle', () => {
    write({ 'b.yaml': 'include: [a.yaml]', 'a.yaml': 'include: [b.yaml]' });
    expect(problems(() => loadCompose(['a.yaml'], root))).toEqual(['b.yaml:1: "a.yaml" includes itself.']);
  });
});

describe('hostile files are refused with their place, and nothing of their values:', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level++) {
    const alias = `*a${level - 1}`;
    bomb.push(`a${level}: &a${level} [${Array(10).fill(alias).join(', ')}]`);
  }

  test.each<[string, string, string]>([
    ['an alias bomb', bomb.join('\n'), 'once its aliases are resolved'],
    ['a file that is too long', `x: ${'a'.repeat(2_000_001)}`, 'more than 2000000 characters'],
    ['deep nesting', `x: ${'['.repeat(200)}${']'.repeat(200)}`, '64 levels'],
    ['control characters', 'services: {a: {image: "\\u0007"}}', 'control character'],
    ['broken YAML', 'services: {a: {image: [}', '0.yaml:1:'],
    ['two of one key', 'services: {a: {image: x, image: y}}', 'unique'],
    ['no mapping', '[]', 'The file must be a mapping'],
    ['an unclosed quote', 'services: {a: {command: "sh -c \'x"}}', 'A quote of the command is not closed.'],
    ['an alias of nothing', 'services: {a: *gone}', 'gone'],
    ['a file outside', 'services: {a: {extends: {file: ../../etc/passwd, service: b}}}', 'is outside of the folder'],
    ['a remote file', 'include: ["https://x/y.yaml"]', 'is remote'],
    ['a folder', 'include: [.]', 'This is not a file.'],
    ['a file that is not there', 'include: [gone.yaml]', 'gone.yaml:1: The file cannot be read (ENOENT).'],
  ])('%s', (_, text, expected) => {
    const found = problems(() => service(text));
    expect(found).toContainEqual(expect.stringContaining(expected));
  });

  test('__proto__ is a key like any other', () => {
    expect(Object.keys(service('services: {a: {labels: {__proto__: x}}}') as object)).toEqual(['labels']);
    expect(({} as { x?: string }).x).toBeUndefined();
  });
});
