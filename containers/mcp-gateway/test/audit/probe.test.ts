import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { call, logPath, openedLog } from './support';
import { probeAuditLog } from '../../src/audit/probe';

test('a probe of a log that does not exist yet leaves nothing behind', () => {
  const path = logPath();
  probeAuditLog(path);
  expect(readdirSync(dirname(path))).toEqual([]);
});

test('a probe of a log in use changes nothing and does not wait for its lock', async () => {
  const path = logPath();
  const log = await openedLog({ path });
  await log.append(call());
  const [files, text] = [readdirSync(dirname(path)), readFileSync(path, 'utf8')];
  probeAuditLog(path);
  expect(readdirSync(dirname(path))).toEqual(files);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(log.healthy).toBe(true);
});

test('fails where no log could be written, and says why', () => {
  const folder = logPath();
  mkdirSync(folder);
  expect(() => probeAuditLog(folder)).toThrow(/cannot be opened: .* is a folder/);
  expect(() => probeAuditLog(`${logPath()}/missing/audit.jsonl`)).toThrow(/cannot be opened: .*ENOENT/);
  const file = logPath();
  writeFileSync(file, '');
  expect(() => probeAuditLog(`${file}/audit.jsonl`)).toThrow(/cannot be opened: .*ENOTDIR/);
  expect(existsSync(`${file}/audit.jsonl`)).toBe(false);
});
