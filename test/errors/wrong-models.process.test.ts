import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Finding, SourceLocation } from '../../src/core';

const ROOT = path.resolve(__dirname, '../..');

/**
 * A model that is wrong in one way, and what must be said of it: rule, construct path, line of the model, and how many
 * findings.
 */
interface WrongModel {
  readonly name: string;
  readonly lines: string[];
  readonly expected: { readonly rule: string; readonly path: string; readonly line: number }[];
}

/** Line 1 of every model imports, line 2 makes the toolbox and line 3 a helper; the wrong lines follow from line 4. */
const HEAD = [
  "import * as t from 'toolbox-constructs';",
  "const box = new t.Toolbox('box', { title: 'Box', description: 'd', pins: " +
    "t.PinInventory.fromFile('inventories/versions.yaml') });",
  `const good = { image: t.Image.fromRegistry('a/b', { tag: '1.2.3', digest: 'sha256:${'a'.repeat(64)}', user: ` +
    't.User.of(10001), healthTools: [\'curl\'] }), healthCheck: t.HealthCheck.command([\'curl\']), resources: { cpu: ' +
    't.Cpu.cores(1), memory: t.Size.mebibytes(64) } };',
];

const MODELS: WrongModel[] = [
  {
    name: 'images that are not pinned',
    lines: [
      "new t.Service(box, 'one', { ...good, image: t.Image.fromRegistry('a/b', { tag: 'latest', user: t.User.of(1), " +
        "healthTools: ['curl'] }) });",
      "new t.Service(box, 'two', { ...good, image: t.Image.fromPin('olama', { user: t.User.of(1), healthTools: " +
        "['curl'] }) });",
    ],
    expected: [
      { rule: 'image-digest', path: 'box/one', line: 4 },
      { rule: 'image-tag', path: 'box/one', line: 4 },
      { rule: 'image-pin', path: 'box/two', line: 5 },
    ],
  },
  {
    name: 'names no target can carry',
    lines: [
      "new t.Service(box, 'Bad Name', good);",
      "new t.Network(box, 'a.');",
      "new t.Service(box, 'x', { ...good, description: 'bell \\u0007' });",
    ],
    expected: [
      { rule: 'name-grammar', path: 'box/Bad Name', line: 4 },
      { rule: 'name-grammar', path: 'box/a.', line: 5 },
      { rule: 'text-control', path: 'box/x', line: 6 },
    ],
  },
  {
    name: 'ports that are taken, out of range or open to all',
    lines: [
      "const networks = [new t.Network(box, 'out', { egress: t.Egress.HOST })];",
      "new t.Service(box, 'one', { ...good, networks, ports: [t.Port.loopback(8080), t.Port.internal(70000)] });",
      "new t.Service(box, 'two', { ...good, networks, ports: [t.Port.loopback(80, { hostPort: 8080 }), " +
        't.Port.published(81)] });',
      "new t.Service(box, 'zero', { ...good, ports: [t.Port.loopback(82)] });",
    ],
    expected: [
      { rule: 'port-range', path: 'box/one', line: 5 },
      { rule: 'port-duplicate', path: 'box/two', line: 6 },
      { rule: 'port-public', path: 'box/two', line: 6 },
      { rule: 'port-inner', path: 'box/zero', line: 7 },
    ],
  },
  {
    name: 'dependencies that never come true',
    lines: [
      "const a = new t.Service(box, 'a', good);",
      "const part = new t.Profile(box, 'part', { description: 'd' });",
      "const b = new t.Service(box, 'b', { ...good, profile: part, healthCheck: undefined, lifecycle: " +
        't.Lifecycle.ONE_SHOT });',
      'a.addDependency(a); a.addDependency(b, t.DependencyCondition.COMPLETED);',
    ],
    expected: [
      { rule: 'dependency-cycle', path: 'box/a', line: 4 },
      { rule: 'dependency-hidden', path: 'box/a', line: 4 },
    ],
  },
  {
    name: "mounts in each other's way",
    lines: [
      "const data = t.Volume.persistent(box, 'data', { size: t.Size.gibibytes(1) });",
      "new t.Service(box, 'a', { ...good, mounts: [t.Mount.volume(data, '/data'), t.Mount.scratch('/data')] });",
      "new t.Service(box, 'b', { ...good, mounts: [t.Mount.volume(data, 'data')] });",
      "t.Volume.hostDirectory(box, 'sock', { directory: '/var/run/docker.sock', size: t.Size.gibibytes(1) });",
    ],
    expected: [
      { rule: 'mount-path', path: 'box/a', line: 5 },
      { rule: 'mount-path', path: 'box/b', line: 6 },
      { rule: 'mount-writers', path: 'box/data', line: 4 },
      { rule: 'mount-docker-socket', path: 'box/sock', line: 7 },
    ],
  },
  {
    name: 'services nobody can look after',
    lines: [
      "new t.Service(box, 'a', { image: t.Image.fromRegistry('a/b', { tag: '1.2.3', digest: good.image._spec.digest " +
        '}) });',
      "new t.Service(box, 'b', { ...good, healthCheck: t.HealthCheck.command(['wget']) });",
    ],
    expected: [
      { rule: 'service-health', path: 'box/a', line: 4 },
      { rule: 'service-limits', path: 'box/a', line: 4 },
      { rule: 'health-tool', path: 'box/b', line: 5 },
    ],
  },
  {
    name: 'secrets in the model',
    lines: [
      'new t.Service(box, \'a\', { ...good, environment: { API_KEY: ' +
        `t.EnvironmentValue.literal('${'b1946ac92492d2347c6235b4d2611184'}') } });`,
    ],
    expected: [{ rule: 'secret-value', path: 'box/a', line: 4 }],
  },
  {
    name: 'addresses out of reach',
    lines: [
      "const server = new t.Service(box, 'server', { ...good, ports: [t.Port.internal(80)], networks: [new " +
        "t.Network(box, 'one')] });",
      "new t.Service(box, 'client', { ...good, environment: { URL: t.EnvironmentValue.endpoint(server.endpoint(80)) " +
        '} });',
    ],
    expected: [{ rule: 'endpoint-unreachable', path: 'box/client', line: 5 }],
  },
  {
    name: 'a policy the gateway cannot hold',
    lines: [
      "const gateway = new t.Service(box, 'gateway', good);",
      "const token = new t.Secret(new t.EnvFile(box, 'env'), 'TOKEN', { description: 'd' });",
      "new t.ToolPolicy(gateway, 'policy', {",
      "  tools: [t.Tool.named('write_file', { writes: true }), t.Tool.named('fetch')], clients: [{ name: 'a', token " +
        "}], workspace: '/workspace', capabilities: ['write_file'],",
      '});',
    ],
    expected: [
      { rule: 'policy-offered', path: 'box/gateway/policy', line: 6 },
      { rule: 'policy-write', path: 'box/gateway/policy', line: 6 },
    ],
  },
  {
    name: 'builds from nowhere and waivers for nothing',
    lines: [
      "new t.Service(box, 'a', { ...good, image: t.Image.fromBuild('nowhere', { repository: 'a/b', tag: '1.0.0', " +
        "user: t.User.of(1), healthTools: ['curl'] }) });",
      "new t.Waiver(box, 'w', { rule: 'port-range', reason: 'Because I said so.' });",
    ],
    expected: [
      { rule: 'build-context', path: 'box/a', line: 4 },
      { rule: 'waiver', path: 'box/w', line: 5 },
    ],
  },
];

describe('a wrong model', () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wrong-model-'));
    fs.mkdirSync(path.join(folder, 'src'));
    fs.mkdirSync(path.join(folder, 'inventories'));
    fs.mkdirSync(path.join(folder, 'dist'));
    fs.writeFileSync(path.join(folder, 'dist/old.txt'), 'old\n');
    fs.copyFileSync(path.join(ROOT, 'inventories/versions.yaml'), path.join(folder, 'inventories/versions.yaml'));
    fs.writeFileSync(
      path.join(folder, 'toolbox.json'),
      JSON.stringify({ app: `node -r ${path.join(ROOT, 'bin/register.js')} src/main.ts`, outdir: 'dist' }),
    );
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  test.each(MODELS)('fails for $name, with every finding at its line, and writes nothing', ({ lines, expected }) => {
    const main = [
      HEAD[0].replace('toolbox-constructs', path.join(ROOT, 'src/core')),
      ...HEAD.slice(1),
      ...lines,
      'box.synth();',
    ].join('\n');
    fs.writeFileSync(path.join(folder, 'src/main.ts'), main);
    const { status, stdout } = spawnSync('node', [path.join(ROOT, 'bin/toolbox'), 'synth', '--json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const { findings } = JSON.parse(stdout) as { findings: (Finding & { location: SourceLocation })[] };
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, path: at, location }) => ({ rule, path: at, line: location.line }))).toEqual(expected);
    expect(errors.every(({ location, fix }) => location.file === 'src/main.ts' && fix.length > 10)).toBe(true);
    expect(status).toBe(1);
    expect(fs.readdirSync(path.join(folder, 'dist'))).toEqual(['old.txt']);
  });
});
