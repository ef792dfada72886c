import { ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { aCheck, aProjectWith, DIRECTORY, recordsOf, TOOLBOX } from './support';
import { Approval } from '../../src/inventory/approval';
import { fingerprintOf } from '../../src/model/fingerprint';
import { aFolder, aProject, put, removeFolders, Result, toolbox, toolboxWith } from '../cli/support';
import { aPlan } from '../plan/plan-builder';

jest.setTimeout(300_000);
afterEach(removeFolders);

const DISK = join(__dirname, 'fixtures', 'killing-disk.js');

/** Runs a command that is killed at a change of the disk. */
function killedAt(at: number, root: string, command: string, ...args: readonly string[]): Result {
  return toolboxWith(
    { NODE_OPTIONS: `--require=${DISK}`, KILLED_COMMAND: command, KILLED_AT: String(at) },
    root,
    command,
    ...args,
  );
}

/** How many changes of the disk a command makes. */
function changesOf(root: string, command: string, ...args: readonly string[]): number {
  const file = join(aFolder(), 'count');
  const { err } = toolboxWith(
    { NODE_OPTIONS: `--require=${DISK}`, KILLED_COMMAND: command, CHANGES_FILE: file },
    root,
    command,
    ...args,
  );
  if (!existsSync(file)) { throw new Error(err); }
  return Number(readFileSync(file, 'utf8'));
}

test('a verify that is killed at any change of the disk leaves the old record or the new one, and the next one tidies up', () => {
  const root = aProjectWith([aCheck('one', 'test ! -e broken')]);
  toolbox(root, 'verify');
  put(root, 'broken', '');
  const steps = changesOf(root, 'verify');
  expect(steps).toBeGreaterThan(5);
  const seen = { passed: 0, failed: 0 };
  for (let at = 1; at <= steps; at++) {
    rmSync(join(root, 'broken'));
    expect(toolbox(root, 'verify').code).toBe(0);
    expect(readdirSync(join(root, DIRECTORY))).toEqual(['one.yaml']);
    put(root, 'broken', '');
    expect(killedAt(at, root, 'verify').code).toBeNull();
    const [{ outcome }] = recordsOf(root);
    seen[outcome] += 1;
  }
  expect(seen.passed).toBeGreaterThan(2);
  expect(seen.failed).toBeGreaterThan(0);
});

test('an approve that is killed at any change of the disk leaves the old approval or the new one', () => {
  const file = 'inventories/approval.yaml';
  const parts = [{ name: 'service web', digest: `sha256:${'1'.repeat(64)}` }];
  const gate = { fingerprint: { digest: fingerprintOf(parts), parts }, missing: [{ kind: 'approval' as const }] };
  const root = aProject({ plan: aPlan({ records: { approvalFile: file, stray: [] }, gate }) });
  const by = (name: string) => ['--by', name, '--reason', 'It is good.'];
  toolbox(root, 'approve', ...by('Old'));
  const steps = changesOf(root, 'approve', ...by('New'));
  const seen: Record<string, number> = { Old: 0, New: 0 };
  for (let at = 1; at <= steps; at++) {
    expect(toolbox(root, 'approve', ...by('Old')).code).toBe(0);
    expect(readdirSync(join(root, 'inventories'))).toEqual(['approval.yaml']);
    expect(killedAt(at, root, 'approve', ...by('New')).code).toBeNull();
    const { record, findings } = Approval.fromFile(join(root, file));
    expect(findings).toEqual([]);
    seen[record!.by] += 1;
  }
  expect(seen.Old).toBeGreaterThan(2);
  expect(seen.New).toBeGreaterThan(0);
});

/** Three checks, of which the first has ended when the others run. */
function beginning(): {
  readonly root: string;
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly out: () => string;
} {
  const root = aProjectWith([
    aCheck('quick', 'true'),
    aCheck('slow', 'echo $$ > slow; sleep 15; touch late', { exclusive: true }),
    aCheck('waits', 'touch waits', { exclusive: true }),
  ]);
  const child = spawn(process.execPath, [TOOLBOX, 'verify'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (out += text.toString()));
  return { root, child, ended: new Promise((resolve) => child.once('close', resolve)), out: () => out };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) { await new Promise((resolve) => setTimeout(resolve, 50)); }
}

test.each([
  ['SIGINT', 130], ['SIGTERM', 143],
] as const)('%s ends what runs, keeps what was finished, and begins nothing more', async (signal, code) => {
  const { root, child, ended, out } = beginning();
  await until(() => existsSync(join(root, 'slow')));
  child.kill(signal);
  expect(await ended).toBe(code);
  expect(recordsOf(root).map(({ check }) => check)).toEqual(['quick']);
  expect(out()).toMatch(/^not run +slow +it was interrupted$/m);
  expect(out()).toMatch(/^not run +waits +it was interrupted before it started$/m);
  expect(out()).toMatch(/^ +fix: Run it again\.$/m);
  expect(existsSync(join(root, 'waits'))).toBe(false);
});

test('kill -9 keeps what was recorded', async () => {
  const { root, child, ended } = beginning();
  await until(() => existsSync(join(root, 'slow')) && existsSync(join(root, DIRECTORY, 'quick.yaml')));
  child.kill('SIGKILL');
  await ended;
  // nobody is left to end it
  process.kill(-Number(readFileSync(join(root, 'slow'), 'utf8')), 'SIGKILL');
  expect(recordsOf(root).map(({ check }) => check)).toEqual(['quick']);
});
