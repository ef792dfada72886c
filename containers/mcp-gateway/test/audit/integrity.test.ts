import { renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allFiles, call, logPath, openedLog, rawLines, records, until, verified } from './support';

/** A log with an edited record in an old file, or in the only one. */
async function editedLog(count = 5): Promise<string> {
  const path = logPath();
  const log = await openedLog({ path, maxBytes: 65536 });
  for (let index = 0; index < count; index += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - index) }, async () => log.append(call())));
  }
  await log.close();
  const [oldest = ''] = allFiles(path);
  const lines = rawLines(oldest);
  writeFileSync(
    oldest,
    lines
      .with(2, (lines[2] ?? '').replace('"success"', '"denied"'))
      .map((line) => `${line}\n`)
      .join(''),
  );
  return path;
}

describe('a start on a log that was tampered with', () => {
  test.each([5, 400])('serves, records it first, and says it aloud (%i records)', async (count) => {
    const path = await editedLog(count);
    const problems: string[] = [];
    const log = await openedLog({ path, onProblem: (message) => problems.push(message) });
    await log.append(call());
    expect(records(path).slice(-2)).toMatchObject([
      { type: 'integrity', findings: [{ kind: 'edited', seq: 3 }] },
      { type: 'call' },
    ]);
    expect(problems).toEqual([
      expect.stringMatching(
        /^the audit log is not as the gateway wrote it.*edited: .*audit\.jsonl.*:3: .*`mcp-gateway audit verify`/,
      ),
    ]);
    expect({ healthy: log.healthy, intact: log.intact }).toEqual({ healthy: true, intact: false });
  });

  test('is said at every start and recorded once, as long as the file is there, and kept in mind after', async () => {
    const path = await editedLog(400);
    for (let start = 0; start < 3; start += 1) {
      const problems: string[] = [];
      const log = await openedLog({ path, onProblem: (message) => problems.push(message) });
      expect({ intact: log.intact, problems: problems.length }).toEqual({ intact: false, problems: 1 });
      await log.close();
    }
    expect(records(path).filter(({ type }) => type === 'integrity')).toHaveLength(1);
    expect((await verified(path)).findings).toMatchObject([{ kind: 'edited', seq: 3, visible: true, recorded: true }]);
    unlinkSync(allFiles(path)[0]!);
    expect((await verified(path)).findings).toMatchObject([
      { kind: 'file-missing' },
      { kind: 'edited', seq: 3, visible: false, recorded: true },
    ]);
  });

  test('goes on beside the calls when the check takes long', async () => {
    const path = await editedLog(400);
    const problems: string[] = [];
    const log = await openedLog({
      path,
      checkWaitMs: 0,
      maxBytes: 65536,
      onProblem: (message) => problems.push(message),
    });
    await Promise.all(Array.from({ length: 50 }, async () => log.append(call())));
    await until(() => !log.intact);
    await log.append(call());
    expect(
      allFiles(path)
        .flatMap(records.bind(undefined))
        .filter(({ type }) => type === 'integrity'),
    ).toMatchObject([{ findings: [{ kind: 'edited', seq: 3 }] }]);
    expect(problems).toHaveLength(1);
  });

  test.each(['.head', ''])('says that audit.jsonl%s was deleted', async (suffix) => {
    const path = logPath();
    const first = await openedLog({ path });
    await first.append(call());
    await first.close();
    unlinkSync(`${path}${suffix}`);
    const second = await openedLog({ path });
    expect(second.intact).toBe(false);
    await second.append(call());
    expect((await verified(path)).ok).toBe(false);
  });
});

test('a start on a new log, on a whole one and on one that a crash tore says nothing', async () => {
  const path = logPath();
  const problems: string[] = [];
  for (let start = 0; start < 3; start += 1) {
    const log = await openedLog({ path, onProblem: (message) => problems.push(message) });
    await log.append(call());
    await log.close();
    if (start === 1) {
      writeFileSync(path, '{"schemaVersion":1,"seq":3,', { flag: 'a' });
    }
  }
  expect(problems).toEqual([]);
  expect(await verified(path)).toMatchObject({ ok: true, records: 4 });
});

describe('a log that is tampered with while it is written', () => {
  test('says so when its head is deleted or exchanged, and makes it again', async () => {
    for (const harm of [(head: string) => unlinkSync(head), (head: string) => {
      writeFileSync(`${head}.new`, '{"seq":1}');
      renameSync(`${head}.new`, head);
    }]) {
      const path = logPath();
      const problems: string[] = [];
      const log = await openedLog({ path, onProblem: (message) => problems.push(message) });
      await log.append(call());
      harm(`${path}.head`);
      await log.append(call());
      expect(records(path)).toMatchObject([
        { type: 'call' },
        { type: 'integrity', findings: [{ kind: 'head-missing', seq: 1 }] },
        { type: 'call', seq: 3 },
      ]);
      expect(problems).toEqual([expect.stringContaining('the head was deleted or replaced while the log was written')]);
      expect(log.intact).toBe(false);
      expect((await verified(path)).findings).toMatchObject([{ kind: 'head-missing', visible: false, recorded: true }]);
    }
  });

  test('says so when it is moved, and not when that was announced', async () => {
    const path = logPath();
    const problems: string[] = [];
    const log = await openedLog({ path, onProblem: (message) => problems.push(message) });
    await log.append(call());
    renameSync(path, `${path}.1`);
    await log.reopen();
    await log.append(call());
    expect(problems).toEqual([]);
    renameSync(path, `${path}.2`);
    await log.append(call());
    expect(problems).toEqual([expect.stringContaining('send SIGHUP after moving it')]);
    expect(log.intact).toBe(false);
  });
});
