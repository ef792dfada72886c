import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Approval } from '../../src/inventory/approval';
import { renderApproval } from '../../src/inventory/render-approval';
import { aFolder, put, removeFolders, ROOT, toolbox } from '../cli/support';

jest.setTimeout(120_000);
afterEach(removeFolders);

const VERSIONS = `schemaVersion: 1
components:
  - id: other
    title: Other
    version: '3.0.0'
    runsOn: [host]
    status: decided
  - id: web
    title: Web
    version: '1.2.3'
    runsOn: [container]
    image:
      repository: example/web
      digest: sha256:${'a'.repeat(64)}
    status: decided
`;

const MODEL = `
import { Approval, Check, CheckCommand, Cpu, Evidence, HealthCheck, Image, Service, Size, Toolbox, User, PinInventory } from '${join(ROOT, 'src', 'core')}';
const pins = PinInventory.fromFile('inventories/versions.yaml');
const toolbox = new Toolbox('life', {
  title: 'Life', description: 'A toolbox whose status is earned.', pins,
  evidence: Evidence.fromDirectory('inventories/evidence'), approval: Approval.fromFile('inventories/approval.yaml'),
});
const service = (name: string, image: Image) => new Service(toolbox, name, {
  description: 'Serves', image, healthCheck: HealthCheck.command(['true']), resources: { cpu: Cpu.cores(1), memory: Size.mebibytes(64), pids: 10, ephemeralStorage: Size.mebibytes(10) },
});
const facts = { user: User.of(10001), healthTools: ['true'] };
const web = service('web', Image.fromPin('web', facts));
const fixed = service('fixed', Image.fromRegistry('example/fixed', { tag: '1.0.0', digest: 'sha256:${'b'.repeat(64)}', ...facts }));
const props = { title: 'It is there', expectation: 'It is there.' };
new Check(toolbox, 'covers-web', { ...props, command: CheckCommand.shell('grep -q example/web dist/compose/docker-compose*.yml'), covers: [web] });
new Check(toolbox, 'covers-fixed', { ...props, command: CheckCommand.shell('true'), covers: [fixed] });
toolbox.synth();
`;

function aProjectOfItsOwn(): string {
  const root = aFolder();
  put(
    root,
    'toolbox.json',
    JSON.stringify({ app: `node -r "${join(ROOT, 'bin', 'register.js')}" main.ts`, outdir: 'dist' }),
  );
  put(root, 'main.ts', MODEL);
  put(root, 'inventories/versions.yaml', VERSIONS);
  return root;
}

function run(root: string, ...args: readonly string[]): string {
  const { code, out, err } = toolbox(root, ...args);
  if (code !== 0) { throw new Error(`${args.join(' ')}: ${out}${err}`); }
  return out;
}

function compose(root: string, name: string): string | undefined {
  const file = join(root, 'dist', 'compose', name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

const APPROVAL = 'inventories/approval.yaml';
const APPROVE = ['approve', '--by', 'Boss', '--reason', 'Seen to work.'];

test('a toolbox is a draft until it is proven and approved, and again as soon as it changes', () => {
  const root = aProjectOfItsOwn();
  run(root, 'synth');
  expect(compose(root, 'docker-compose.yml')).toBeUndefined();
  expect(run(root, 'status')).toMatch(
    /^draft · 0 of 2 checks verified, 2 to verify · gate: closed, 3 items missing\n/,
  );
  expect(toolbox(root, ...APPROVE)).toMatchObject({
    code: 1,
    err: expect.stringContaining('The check covers-web: it has no record.'),
  });

  run(root, 'verify');
  expect(run(root, 'status', '--require', 'verified')).toMatch(
    /^draft · 2 of 2 checks verified · gate: closed, 1 item missing\n/,
  );
  run(root, ...APPROVE);
  run(root, 'synth');
  const approved = compose(root, 'docker-compose.yml');
  expect(approved).toContain('example/web');
  expect(compose(root, 'docker-compose.draft.yml')).toBeUndefined();
  expect(run(root, 'status', '--require', 'approved', '--max-age', '1')).toMatch(
    /^approved · 2 of 2 checks verified · gate: open\n/,
  );
  run(root, 'check');
  expect(run(root, ...APPROVE)).toContain('Already approved by Boss');
  // files that are not what was approved are refused, until somebody approves them as well
  const { location: _, ...record } = Approval.fromFile(join(root, APPROVAL)).record!;
  put(
    root,
    APPROVAL,
    renderApproval({ ...record, files: record.files.map((file) => ({ ...file, digest: `sha256:${'c'.repeat(64)}` })) }),
  );
  expect(toolbox(root, 'synth')).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /error approval-output[^]*differ from the approved ones: compose\/docker-compose\.yml, /,
    ),
  });
  expect(run(root, ...APPROVE)).toMatch(/^Approved: /);
  run(root, 'synth');
  // evidence of an approved toolbox can be renewed
  run(root, 'verify');
  run(root, 'synth');

  put(root, 'inventories/versions.yaml', VERSIONS.replace('1.2.3', '1.2.4'));
  const { out } = toolbox(root, 'status');
  expect(out).toMatch(/^draft · 1 of 2 checks verified, 1 stale · gate: closed, 2 items missing\n/);
  expect(out).toMatch(/^stale +covers-web +it was verified before this changed: pin web(?:, service web)?$/m);
  expect(out).toMatch(/^verified +covers-fixed/m);
  expect(out).toContain('the model has changed since the approval');
  expect(toolbox(root, 'verify')).toMatchObject({ code: 1, err: expect.stringContaining('error verify-drift') });
  run(root, 'synth');
  expect(compose(root, 'docker-compose.draft.yml')).toContain('1.2.4');
  expect(compose(root, 'docker-compose.yml')).toBe(approved);
  run(root, 'check');

  run(root, 'verify', 'covers-web');
  run(root, ...APPROVE);
  run(root, 'synth');
  expect(compose(root, 'docker-compose.yml')).toContain('1.2.4');
});
