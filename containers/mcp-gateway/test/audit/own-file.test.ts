import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { after, call, logPath, openedLog, until } from './support';
import { probeAuditLog } from '../../src/audit/probe';

/** What can stand at a path instead of a file of the gateway, and how it is named. */
const KINDS: Readonly<Record<string, readonly [make: (path: string) => void | Promise<void>, named: string]>> = {
  'a link to a file': [(path) => symlinkSync(fileBeside(path), path), 'is a symbolic link'],
  'a dangling link': [(path) => symlinkSync(`${dirname(path)}/nowhere`, path), 'is a symbolic link'],
  'a link to itself': [(path) => symlinkSync(path, path), 'is a symbolic link'],
  'a link to a folder': [(path) => symlinkSync(dirname(path), path), 'is a symbolic link'],
  'a link to a device': [(path) => symlinkSync('/dev/zero', path), 'is a symbolic link'],
  'a folder': [(path) => mkdirSync(path), 'is a folder'],
  'a named pipe': [(path) => void execFileSync('mkfifo', [path]), 'is a named pipe'],
  'a socket': [async (path) => listenAt(path), 'is a socket'],
  'a file with a second name': [(path) => linkSync(fileBeside(path), path), 'has 2 hard links'],
};

function fileBeside(path: string): string {
  const file = `${dirname(path)}/other`;
  writeFileSync(file, '');
  return file;
}

async function listenAt(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  after(() => void server.close());
}

const PLACES = { log: '', head: '.head', lock: '.lock', rotated: '.000000000000007' } as const;

const cases = Object.keys(PLACES).flatMap((place) => Object.keys(KINDS).map((kind) => [kind, place] as const)) as [
  string,
  keyof typeof PLACES,
][];

function openError(path: string): Promise<string> {
  return openedLog({ path, lockWaitMs: 200 }).then(() => 'it was opened', (error: Error) => error.message);
}

function probeError(path: string): string {
  try {
    probeAuditLog(path);
    return 'nothing was found';
  } catch (error) {
    return (error as Error).message;
  }
}

test.each(cases)(
  '%s in place of the %s is refused by serve and by the health check, in the same words',
  async (kind, place) => {
    const path = logPath();
    const at = `${path}${PLACES[place]}`;
    const [make, named] = KINDS[kind]!;
    await make(at);
    const before = readdirSync(dirname(path)).sort();
    const refused = await openError(path);
    expect(refused).toContain(`the audit log ${path} cannot be opened: ${at} ${named}`);
    expect(refused).toContain('remove it, or move it away');
    expect(probeError(path)).toBe(refused);
    expect(readdirSync(dirname(path)).sort()).toEqual(before);
  },
);

// Only root can give a file away.
test.runIf(process.geteuid?.() === 0).each(Object.values(PLACES))(
  'a file audit.jsonl%s of another user is refused',
  async (suffix) => {
    const path = logPath();
    writeFileSync(`${path}${suffix}`, '');
    chownSync(`${path}${suffix}`, 54321, 54321);
    const refused = await openError(path);
    expect(refused).toMatch(/belongs to user 54321, and the gateway runs as user 0; chown it/);
    expect(probeError(path)).toBe(refused);
    // The owner of the folder could replace it anyway; volumes that map users give every file its owner.
    chownSync(dirname(path), 54321, 54321);
    expect(await openError(path)).toBe('it was opened');
  },
);

test.each(Object.values(PLACES))('a file audit.jsonl%s without permissions is refused', async (suffix) => {
  const path = logPath();
  writeFileSync(`${path}${suffix}`, '', { mode: 0 });
  const user = process.geteuid!();
  chmodSync(dirname(path), 0o777);
  // Root is asked for no permission.
  process.seteuid!(user === 0 ? 65534 : user);
  try {
    const refused = await openError(path);
    expect(refused).toContain(
      `the audit log ${path} cannot be opened: EACCES: permission denied, open '${path}${suffix}'`,
    );
    expect(probeError(path)).toBe(refused);
  } finally {
    process.seteuid!(user);
  }
});

describe('while the log is written,', () => {
  const running = cases.filter(([, place]) => place !== 'rotated');

  test.each(running)(
    '%s in place of the %s stops the log, is named, and the log goes on when it is gone',
    async (kind, place) => {
      const path = logPath();
      const at = `${path}${PLACES[place]}`;
      const log = await openedLog({ path });
      await log.append(call());
      renameSync(at, `${at}.away`);
      const [make, named] = KINDS[kind]!;
      await make(at);
      await until(async () =>
        log.append(call()).then(
          () => false,
          () => true,
        ),
      );
      expect(log.problem).toContain(`${at} ${named}`);
      expect(log.healthy).toBe(false);
      rmSync(at, { recursive: true });
      if (place === 'log') {
        renameSync(`${at}.away`, at);
      }
      await until(() => log.healthy);
      await log.append(call());
      expect(readFileSync(path, 'latin1')).toMatch(/"type":"call"[^\n]*\n$/);
      expect(existsSync(`${path}.head`)).toBe(true);
    },
  );
});
