import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allFiles, call, logPath, openedLog, rawLines, records, said, verified } from './support';
import { verifyAudit } from '../../src/audit/verify';

describe('the log', () => {
  test('has a record when its append resolves', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call({ tool: 'first' }));
    expect(records(path).map((record) => [record.seq, record.type])).toEqual([[1, 'call']]);
    expect(log.healthy).toBe(true);
  });

  test('keeps the order of appends and shares syncs between those that wait', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await Promise.all(Array.from({ length: 500 }, async (_, index) => log.append(call({ durationMs: index }))));
    expect(records(path).map((record) => (record as { durationMs?: number }).durationMs)).toEqual(
      Array.from({ length: 500 }, (_, index) => index),
    );
    expect(said(await verified(path))).toEqual([]);
  });

  test('continues its chain after a restart', async () => {
    const path = logPath();
    for (let run = 0; run < 3; run += 1) {
      const log = await openedLog({ path });
      await log.append(call());
      await log.close();
    }
    expect(records(path).map((record) => record.seq)).toEqual([1, 2, 3]);
    expect(await verified(path)).toMatchObject({ ok: true, records: 3, notes: [] });
  });

  test('rotates by size, keeps no more than its files, and the chain goes on', async () => {
    const path = logPath();
    const log = await openedLog({ path, maxBytes: 65536, maxFiles: 3 });
    for (let index = 0; index < 60; index += 1) {
      await Promise.all(Array.from({ length: 20 }, async () => log.append(call())));
    }
    expect(allFiles(path)).toHaveLength(3);
    for (const file of allFiles(path)) {
      expect(readFileSync(file).length).toBeLessThanOrEqual(65536);
      expect(records(file)[0]?.type).toBe('rotated');
    }
    const report = await verified(path);
    expect(report).toMatchObject({ ok: true, findings: [] });
    expect(report.notes).toMatchObject([
      { line: 1, message: expect.stringContaining('earlier records were rotated away') as string },
    ]);
  });

  test('continues its chain when the process ended in the middle of a rotation', async () => {
    const path = logPath();
    const first = await openedLog({ path });
    await first.append(call());
    await first.close();
    renameSync(path, `${path}.000000000000001`);
    const second = await openedLog({ path });
    await second.append(call());
    expect(records(path).map((record) => record.type)).toEqual(['rotated', 'call']);
    expect(said(await verified(path))).toEqual([]);
  });
});

describe('a log that is not where it was', () => {
  test('is made again when it was deleted, and says so', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call());
    unlinkSync(path);
    await log.append(call());
    expect(records(path)).toMatchObject([{ type: 'reopened', reason: 'missing', seq: 2 }, { type: 'call', seq: 3 }]);
    expect(said(await verified(path))).toEqual(['records-missing 1: record 1 is missing at the beginning']);
  });

  test('is made again when it was moved; with the moved file the chain is whole', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call());
    renameSync(path, `${path}.old`);
    await log.append(call());
    expect((await verified(path)).ok).toBe(false);
    expect(said(await verifyAudit([path, `${path}.old`]))).toEqual([]);
  });

  test('is opened again on a signal, as other programs that rotate logs ask for', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call());
    renameSync(path, `${path}.old`);
    await log.reopen();
    await log.append(call());
    expect(records(path)).toMatchObject([{ type: 'reopened', reason: 'signal', seq: 2 }, { type: 'call', seq: 3 }]);
    expect(said(await verifyAudit([`${path}.old`, path]))).toEqual([]);
  });

  test('reports nothing when it is opened again and was not moved', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call());
    const waiting = log.append(call());
    await Promise.all([log.reopen(), log.reopen(), waiting]);
    await log.append(call());
    expect(records(path).map((record) => record.type)).toEqual(['call', 'call', 'call']);
    expect(said(await verified(path))).toEqual([]);
  });

  test('reports records that were cut off while it was open', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    for (let index = 0; index < 3; index += 1) {
      await log.append(call());
    }
    truncateSync(path, (rawLines(path)[0] ?? '').length + 1);
    await log.append(call());
    expect(records(path)).toMatchObject([
      { seq: 1 },
      { type: 'recovered', reason: 'cut', lastSeq: 3, seq: 4 },
      { type: 'call', seq: 5 },
    ]);
    expect((await verified(path)).findings.map(({ kind }) => kind)).toEqual(['records-missing', 'truncated']);
  });

  test('reports being emptied while it was open', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call());
    truncateSync(path, 0);
    await log.append(call());
    expect(records(path)).toMatchObject([{ type: 'reopened', reason: 'truncated', seq: 2 }, { type: 'call', seq: 3 }]);
    expect((await verified(path)).ok).toBe(false);
  });

  test('reports records that were cut off, or its loss, while the gateway did not run', async () => {
    for (const harm of ['cut', 'delete'] as const) {
      const path = logPath();
      const first = await openedLog({ path });
      await Promise.all([first.append(call()), first.append(call())]);
      await first.close();
      if (harm === 'cut') {
        truncateSync(path, (rawLines(path)[0] ?? '').length + 1);
      } else {
        unlinkSync(path);
      }
      const second = await openedLog({ path });
      await second.append(call());
      expect(records(path).slice(-3)).toMatchObject([
        harm === 'cut'
          ? { type: 'recovered', reason: 'cut', lastSeq: 2, seq: 3 }
          : { type: 'reopened', reason: 'missing', seq: 3 },
        { type: 'integrity', findings: [{ kind: harm === 'cut' ? 'truncated' : 'log-missing', seq: 2 }] },
        { type: 'call' },
      ]);
      expect((await verified(path)).ok).toBe(false);
    }
  });

  test('reports what another program wrote to it', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call());
    appendFileSync(path, 'a line of another program\n');
    await log.append(call());
    expect(linesOf(path)).toMatchObject([
      { seq: 1 },
      'a line of another program',
      { type: 'recovered', reason: 'damaged' },
      { seq: 3 },
    ]);
    expect((await verified(path)).findings.map(({ kind }) => kind)).toContain('edited');
  });
});

describe('a log that cannot be written', () => {
  test('fails to open where it is not a file of its own, and says what is wrong', async () => {
    const folder = logPath();
    mkdirSync(folder);
    await expect(openedLog({ path: folder })).rejects.toThrow(/audit log .* regular file/s);
    const link = logPath();
    writeFileSync(`${link}.target`, '');
    symlinkSync(`${link}.target`, link);
    await expect(openedLog({ path: link })).rejects.toThrow(/audit log .* regular file/s);
    const fifo = logPath();
    execFileSync('mkfifo', [fifo]);
    await expect(openedLog({ path: fifo })).rejects.toThrow(/audit log .* regular file/s);
    await expect(openedLog({ path: `${logPath()}/missing/audit.jsonl` })).rejects.toThrow(
      /audit log .* cannot be opened/s,
    );
    expect(existsSync(`${fifo}.lock`)).toBe(false);
  });

  test('refuses with the reason, works again when it can, and reports how much was refused', async () => {
    const path = logPath();
    const problems: string[] = [];
    const log = await openedLog({ path, onProblem: (message) => problems.push(message) });
    await log.append(call());
    renameSync(dirname(path), `${dirname(path)}.away`);
    try {
      await expect(log.append(call())).rejects.toThrow(/cannot be written/);
      expect(log.healthy).toBe(false);
      expect(log.problem).toContain('cannot be written');
      await expect(log.append(call())).rejects.toThrow(/cannot be written/);
    } finally {
      renameSync(`${dirname(path)}.away`, dirname(path));
    }
    await expect.poll(() => log.healthy).toBe(true);
    await log.append(call());
    expect(records(path)).toMatchObject([
      { type: 'call' },
      { type: 'recovered', reason: 'unavailable', refused: 2 },
      { type: 'call', seq: 3 },
    ]);
    expect(problems).toMatchObject([
      expect.stringContaining('cannot be written'),
      expect.stringContaining('can be written again'),
    ]);
    expect(await verified(path)).toMatchObject({ ok: true, records: 3 });
  });

  test('fails appends after it was closed', async () => {
    const log = await openedLog({ path: logPath() });
    await log.close();
    await expect(log.append(call())).rejects.toThrow('closed');
    expect(log.healthy).toBe(false);
  });
});

function linesOf(path: string): unknown[] {
  return rawLines(path).map((line) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      return line;
    }
  });
}
