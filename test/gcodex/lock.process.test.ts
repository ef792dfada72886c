import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { FakeToolbox, Result } from './support';

// many processes at once, on a machine that may be busy
jest.setTimeout(300_000);

let toolbox: FakeToolbox;
let lock: string;
beforeEach(() => {
  toolbox = new FakeToolbox();
  lock = join(toolbox.root, `gcodex-${process.getuid!()}-garvis.lock`);
});
afterEach(() => toolbox.remove());

const together = async (count: number): Promise<Result[]> => (
  Promise.all(Array.from({ length: count }, () => toolbox.start(['exec', 'ping'], { env: { FAKE_SLOW_UP: 'yes' } }))));

const lockFor = (process: number): void => symlinkSync(`/dev/null/${process}`, lock);
const isLocked = (): boolean => lstatSync(lock, { throwIfNoEntry: false }) !== undefined;

test('several on a cold stack start it one after the other', async () => {
  const results = await together(4);
  expect(results.map(({ code, stderr }) => [code, /Conflict/.test(stderr)])).toEqual(Array(4).fill([0, false]));
  expect(results.filter(({ stderr }) => stderr.includes('starting mcp-gateway'))).toHaveLength(1);
  expect(isLocked()).toBe(false);
});

test('several remove the lock of a process that was killed, and start the stack one after the other', async () => {
  lockFor(spawnSync('true').pid);
  const results = await together(4);
  expect(results.map(({ code, stderr }) => [code, /Conflict/.test(stderr)])).toEqual(Array(4).fill([0, false]));
  expect(isLocked()).toBe(false);
});

test('a lock that is held for too long is named', () => {
  lockFor(process.pid);
  const { code, stderr } = toolbox.run(['exec', 'ping']);
  expect(code).toBe(78);
  expect(stderr).toContain(`waiting for another gcodex (process ${process.pid})`);
  expect(stderr).toContain(`rm -f ${lock}`);
  expect(isLocked()).toBe(true);
  expect(toolbox.broughtUp()).toBeUndefined();
});

test.each([
  ['fails', { FAKE_UP_FAILS: 'host-relay' }],
  ['is refused', { FAKE_MISSING_IMAGES: 'haproxy:3.0.11', FAKE_NO_REGISTRY: 'yes' }],
  ['works', {}],
])('no lock is left when the start %s', (_title, env) => {
  toolbox.run(['exec', 'ping'], { env });
  expect(readdirSync(toolbox.root).filter((name) => name.includes('.lock'))).toEqual([]);
});

test('a lock that cannot be made is an error', () => {
  expect(toolbox.run(['exec', 'ping'], { env: { TMPDIR: '/nowhere' } })).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('TMPDIR'),
  });
});
