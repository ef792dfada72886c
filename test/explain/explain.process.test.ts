import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Explanation } from '../../src/explain/explanation';
import { findPlace } from '../../src/explain/find-place';
import { readLocation } from '../../src/explain/location';
import { Places } from '../../src/explain/places';
import { Plan } from '../../src/plan/plan';
import { UsageError } from '../../src/util/errors';
import { aFolder, put, removeFolders, ROOT, toolbox } from '../cli/support';

afterAll(removeFolders);

const MODEL = `
const { ConfigFile, Content, EnvFile, EnvironmentValue, Image, Mount, JsonPatch, Network, Service, Size, Toolbox, PinInventory, Volume, Waiver, User, HealthCheck, Cpu, Port, Secret } = require(${JSON.stringify(join(ROOT, 'src', 'core'))});
const box = new Toolbox('box', { title: 'Box', description: 'A toolbox.', pins: PinInventory.fromFile('versions.yaml'), source: 'app.js' });
const index = Volume.persistent(box, 'index', { size: Size.gibibytes(1) });
const inner = new Network(box, 'inner');
const web = new Service(box, 'web', {
  image: Image.fromPin('web', { user: User.of(1000), healthTools: ['curl'] }),
  networks: [inner],
  ports: [Port.internal(8080)],
  mounts: [Mount.volume(index, '/data')],
  healthCheck: HealthCheck.http(8080, '/'),
  resources: { cpu: Cpu.cores(1), memory: Size.gibibytes(1) },
});
web.overrideCompose('shm_size', '1gb', 'The index lives there.');
web.patchKubernetes(JsonPatch.add('/spec/template/spec/priorityClassName', 'low'), 'It may wait.');
new Waiver(box, 'digests', { rule: 'image-digest', reason: 'No registry could be reached.' });
const key = new Secret(new EnvFile(box, 'env', { file: '.env.local' }), 'TOKEN', { description: 'A token' });
web.addEnvironment('TOKEN', EnvironmentValue.secret(key));
web.addMount(Mount.file(new ConfigFile(web, 'web.conf', { content: [Content.text('# a setting\\nport = 8080\\n')] }), '/etc/web.conf'));
box.synth();
`;
const VERSIONS = `schemaVersion: 1
components:
  - id: web
    title: Web
    version: 1.2.3
    runsOn: [container]
    image:
      repository: example/web
      digestMissing: No registry could be reached.
    status: decided
`;

/** A project whose files were just generated. */
function aProject(): string {
  const root = aFolder();
  put(
    root,
    'toolbox.json',
    JSON.stringify({ app: `node -r ${join(ROOT, 'bin', 'register.js')} app.js`, outdir: 'dist' }),
  );
  put(root, 'app.js', MODEL);
  put(root, 'versions.yaml', VERSIONS);
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(join(ROOT, 'node_modules', 'constructs'), join(root, 'node_modules', 'constructs'));
  expect(toolbox(root, 'synth')).toMatchObject({ code: 0 });
  return root;
}

const root = aProject();
const plan = JSON.parse(toolbox(root, 'plan').out) as Plan;

function explained(...words: string[]): Explanation {
  const { code, out, err } = toolbox(root, 'explain', '--json', ...words);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Explanation;
}

/** What is said when a place is refused, without a process of its own. */
function refused(words: readonly string[]): string {
  const places = new Places(root, 'dist', plan);
  try {
    findPlace(plan, readLocation(words, places, root), places);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('It was found.');
}

const [CONFIG_MAP] = /web-files-[0-9a-f]+/.exec(
  readFileSync(join(root, 'dist/kubernetes/draft/services/web.yaml'), 'utf8'),
)!;
const COMPOSE = 'dist/compose/docker-compose.draft.yml';

describe('toolbox explain', () => {
  test('says of a path which construct, line, pin, rules and waiver are behind it', () => {
    expect(explained('compose', 'services.web.image')).toMatchObject({
      file: COMPOSE,
      line: 5,
      at: 'services.web.image',
      text: '    image: example/web:1.2.3',
      state: 'current',
      constructs: [{ path: 'box/web', kind: 'service', location: { file: 'app.js', line: 6 } }],
      pins: [{ component: 'web', version: '1.2.3', status: 'decided', location: { file: 'versions.yaml', line: 3 } }],
      rules: expect.arrayContaining([
        { id: 'image-digest', severity: 'error', waivable: true, title: expect.any(String) },
      ]),
      waivers: [
        {
          path: 'box/digests',
          rule: 'image-digest',
          reason: 'No registry could be reached.',
          location: { file: 'app.js', line: 16 },
        },
      ],
      overrides: [],
    });
  });

  test('says the same of the line, by target and by file', () => {
    const wanted = explained('compose', 'services.web.image');
    expect(explained('compose', '5')).toEqual(wanted);
    expect(explained(`${COMPOSE}:5`)).toEqual(wanted);
    expect(explained('compose/docker-compose.draft.yml', 'services.web.image')).toEqual(wanted);
  });

  test('prints a table for people, and the construct alone with --quiet', () => {
    const { code, out } = toolbox(root, 'explain', 'compose', 'services.web.image');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^dist\/compose\/docker-compose\.draft\.yml:5 {2}services\.web\.image\n {2}image: example\/web:1\.2\.3\n\nservice +box\/web +app\.js:6\npin +web 1\.2\.3 +versions\.yaml:3\nrule +/,
    );
    expect(out).toMatch(
      /\nwaiver +box\/digests +waives image-digest, app\.js:16: No registry could be reached\.\n$/,
    );
    expect(toolbox(root, 'explain', '--quiet', 'compose', 'services.web.image').out).toBe('box/web app.js:6\n');
  });

  test('names the constructs behind a mount, the digest label and a network', () => {
    expect(explained('compose', 'services.web.volumes[0].source').constructs.map(({ path }) => path)).toEqual([
      'box/web',
      'box/index',
    ]);
    expect(explained('compose', 'services.web.labels').constructs.map(({ path }) => path)).toEqual([
      'box/web/web.conf',
      'box/web',
    ]);
    expect(explained('compose', 'services.web.networks.0').constructs.map(({ path }) => path)).toEqual([
      'box/web',
      'box/inner',
    ]);
  });

  test('names the override that is seen there, in both targets', () => {
    expect(explained('compose', 'services.web.shm_size')).toMatchObject({
      overrides: [{ construct: 'box/web', at: 'shm_size', reason: 'The index lives there.' }],
    });
    expect(explained('kubernetes', 'StatefulSet/web', 'spec.template.spec.priorityClassName'))
      .toMatchObject({ overrides: [{ at: '/spec/template/spec/priorityClassName', reason: 'It may wait.' }] });
  });

  test('knows objects by kind and name, lines of manifests, and keys with dots', () => {
    const byObject = explained('kubernetes', 'StatefulSet/web', 'spec.template.spec.containers[0].image');
    expect(byObject).toMatchObject({
      at: 'StatefulSet/web spec.template.spec.containers[0].image',
      constructs: [{ path: 'box/web' }],
      pins: [{ component: 'web' }],
    });
    expect(explained('kubernetes', `services/web.yaml:${byObject.line}`)).toEqual(byObject);
    expect(explained('kubernetes', 'statefulset/web', 'metadata.labels.app.kubernetes.io/name').at).toBe(
      'StatefulSet/web metadata.labels["app.kubernetes.io/name"]',
    );
    expect(explained('kubernetes', 'PersistentVolumeClaim/index').constructs).toMatchObject([
      { path: 'box/index', kind: 'volume' },
    ]);
    expect(explained('kubernetes', 'kustomization.yaml', 'resources[0]').constructs).toMatchObject([
      { path: 'box', kind: 'toolbox' },
    ]);
  });

  test('knows rows of the page by their text', () => {
    expect(explained('status', 'index')).toMatchObject({
      constructs: [
        { path: 'box/index', kind: 'volume' },
        { path: 'box/web', kind: 'service' },
      ],
    });
    expect(explained('status', 'image-digest')).toMatchObject({
      constructs: [{ path: 'box/digests', kind: 'waiver' }, { path: 'box' }],
      rules: [{ id: 'image-digest' }, { id: 'waiver' }, { id: 'waiver-unused' }],
    });
  });

  test('knows lines of configuration files, where comments are content, and of the example of an env file', () => {
    expect(explained('dist/compose/config.draft/web/web.conf:1')).toMatchObject({
      state: 'current',
      text: '# a setting',
      constructs: [
        { path: 'box/web/web.conf', kind: 'configuration file', location: { file: 'app.js', line: 19 } },
        { path: 'box/web' },
      ],
    });
    expect(explained('kubernetes', `ConfigMap/${CONFIG_MAP}`, 'data.web.conf')).toMatchObject({
      constructs: [{ path: 'box/web/web.conf' }, { path: 'box/web' }],
    });
    const example = explained('dist/compose/.env.local.example', '6');
    expect(example).toMatchObject({
      at: 'TOKEN',
      text: 'TOKEN=',
      state: 'current',
      constructs: [
        { path: 'box/env/TOKEN', kind: 'secret' },
        { path: 'box/env', kind: 'env file' },
      ],
    });
  });

  test('says when the file is not what the model gives', () => {
    const copy = aFolder();
    cpSync(root, copy, { recursive: true });
    put(copy, COMPOSE, 'name: \'box\'\nservices:\n  web:\n    image: \'evil/web:1\'\n  old:\n    image: \'x\'\n');
    const { out } = toolbox(copy, 'explain', 'compose', '4');
    expect(out).toContain(`${COMPOSE} differs from what the model gives now`);
    expect(toolbox(copy, 'explain', 'compose', '6')).toMatchObject({
      code: 2,
      err: expect.stringContaining(`the model has nothing for line 6, "image: 'x'" of ${COMPOSE}: the file is another`),
    });
  });

  test('reports that the model has errors, and what is no file of the model', () => {
    const copy = aFolder();
    cpSync(root, copy, { recursive: true });
    put(copy, 'app.js', MODEL.replace(/new Waiver.*/, ''));
    expect(toolbox(copy, 'explain', 'compose', '5')).toMatchObject({
      code: 0,
      out: expect.stringContaining('may differ from what the model gives: the model has errors'),
    });
    put(copy, 'app.js', MODEL.replace('Port.internal(8080)', 'Port.internal(0)'));
    expect(toolbox(copy, 'explain', 'compose', '5')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('box/web'),
    });
    expect(explained('dist/manifest.json:1')).toMatchObject({
      state: 'not-given',
      constructs: [{ path: 'box', kind: 'toolbox' }],
    });
  });

  test('says of a productive file that it stays as it was approved', () => {
    const copy = aFolder();
    cpSync(root, copy, { recursive: true });
    cpSync(join(copy, COMPOSE), join(copy, 'dist/compose/docker-compose.yml'));
    const approval = {
      by: 'me',
      reason: 'r',
      at: '2026-11-22T19:00:00Z',
      fingerprint: '',
      changes: [],
      files: [{ path: 'compose/docker-compose.yml', digest: '' }],
    };
    const document = {
      schemaVersion: 1,
      source: 'app.js',
      outdir: 'dist',
      plan: { ...plan, gate: { ...plan.gate, approval } },
      sources: {},
      findings: [],
      files: [],
    };
    put(copy, 'toolbox.json', JSON.stringify({ app: 'node app.js', outdir: 'dist' }));
    put(
      copy,
      'app.js',
      `require('fs').writeFileSync(process.env.TOOLBOX_ASSEMBLY, ${JSON.stringify(JSON.stringify(document))})`,
    );
    expect(toolbox(copy, 'explain', 'dist/compose/docker-compose.yml:5')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/stays as approved[^]*service +box\/web +the app does not report where/),
    });
  });

  test.each([
    ['a line that is not there', ['compose', '9999'], /docker-compose\.draft\.yml has \d+ lines, and no line 9999\./],
    ['line 0', ['compose', '0'], /no line 0/],
    ['a comment', ['compose', '1'], /Line 1 of \S+ is a comment/],
    ['a comment of the page', ['status', '1'], /Line 1 of \S+ is a comment/],
    ['an empty line', ['status', '2'], /Line 2 of \S+ is empty/],
    [
      'an unknown key',
      ['compose', 'services.web.imgae'],
      /"services\.web" in \S+ has no "imgae"\. Did you mean "image"\?/,
    ],
    ['a key that is near nothing', ['compose', 'bananas'], /has no "bananas"\. It has "name", "services"/],
    ['an item that is not there', ['compose', 'services.web.networks[7]'], /has 1 items, and no "\[7\]"/],
    ['a path into a text', ['compose', 'services.web.image.tag'], /has nothing below it, so no "tag"/],
    [
      'an unknown object',
      ['kubernetes', 'StatefulSet/wbe'],
      /there is no StatefulSet\/wbe in dist\/kubernetes\S*\. Did you mean "StatefulSet\/web"\?/,
    ],
    [
      'an object of another kind',
      ['kubernetes', 'Deployment/web'],
      /no Deployment\/web in \S+\. There is .*StatefulSet\/web/,
    ],
    ['an unknown manifest', ['kubernetes', 'services/none.yaml:3'], /services\/none\.yaml is not there/],
    ['half a place in the manifests', ['kubernetes', 'web'], /a place in the manifests is FILE:LINE/],
    ['an unknown target', ['compsoe', '3'], /Did you mean "compose"\?/],
    [
      'a file that is not generated',
      ['app.js:3'],
      /"app\.js:3" is neither compose, kubernetes, status nor a generated file/,
    ],
    ['a file outside', ['../../../etc/passwd:1'], /nor a generated file/],
    ['no place at all', ['compose'], /where in compose\/docker-compose\.draft\.yml\?/],
    ['a text that the page has not', ['status', 'bananas'], /does not say "bananas"/],
  ])('fails for %s', (_, words, message) => {
    expect(refused(words)).toMatch(message);
  });

  test('fails with a usage error, in one sentence', () => {
    expect(toolbox(root, 'explain', 'compose', '9999')).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^toolbox: \S+ has \d+ lines, and no line 9999\.\n$/),
    });
    expect(toolbox(root, 'explain')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('requires TARGET LOCATION'),
    });
    expect(toolbox(root, 'explain', 'compose', '\u001b[2J\u202e').err).not.toMatch(/[\u001b\u202e]/);
  });

  test('explains what a damaged file still has in common with the model', () => {
    const copy = aFolder();
    cpSync(root, copy, { recursive: true });
    put(copy, COMPOSE, 'name: \'box\'\nservices: [\n');
    expect(toolbox(copy, 'explain', 'compose', '1').out).toMatch(/differs from what the model gives[^]*toolbox +box/);
    expect(toolbox(copy, 'explain', 'compose', 'services.web.image')).toMatchObject({
      code: 2,
      err: expect.stringContaining('has no "services.web.image", though the model gives it'),
    });
  });

  test('fails when nothing was generated yet', () => {
    const copy = aFolder();
    ['toolbox.json', 'app.js', 'versions.yaml', 'node_modules'].forEach((name) =>
      cpSync(join(root, name), join(copy, name), { recursive: true }),
    );
    expect(toolbox(copy, 'explain', 'compose', '4')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not there. "npx toolbox-constructs synth" writes it.'),
    });
    expect(toolbox(copy, 'explain', 'kubernetes', 'StatefulSet/web')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not there'),
    });
  });
});
