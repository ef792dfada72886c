import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allFiles, call, logPath, openedLog, rawLines, verified } from './support';
import { auditCommand } from '../../src/audit/command';
import { encodeRecord } from '../../src/audit/line';
import { CHAIN_START } from '../../src/audit/record';
import { verifyAudit } from '../../src/audit/verify';

async function closedLog(count: number, options: { readonly maxBytes?: number } = {}): Promise<string> {
  const path = logPath();
  const log = await openedLog({ path, ...options });
  for (let index = 0; index < count; index += 1) {
    await log.append(call({ durationMs: index, tool: 'fs_read' }));
  }
  await log.close();
  return path;
}

function rewrite(path: string, change: (lines: string[]) => string[]): void {
  writeFileSync(path, change(rawLines(path)).map((line) => `${line}\n`).join(''), 'latin1');
}

async function kinds(path: string): Promise<string[]> {
  return (await verified(path)).findings.map(({ kind, line }) => `${kind} ${line}`);
}

describe('verification', () => {
  test('finds nothing in a log as it was written', async () => {
    const path = await closedLog(5);
    expect(await verified(path)).toMatchObject({ ok: true, records: 5, firstSeq: 1, lastSeq: 5, findings: [], notes: [] });
  });

  test.each([0, 1, 2, 3, 4])('finds a change in record %i of 5', async (index) => {
    const path = await closedLog(5);
    rewrite(path, (lines) => lines.with(index, (lines[index] ?? '').replace('"success"', '"denied"')));
    expect(await kinds(path)).toEqual([`changed ${index + 1}`]);
  });

  test('finds a record that was changed and given a new hash', async () => {
    const path = await closedLog(5);
    const lines = rawLines(path);
    const before = JSON.parse(lines[1] ?? '') as { seq: number; hash: string };
    rewrite(path, (all) => all.with(2, encodeRecord(call({ outcome: 'error' }), before, new Date()).line));
    expect(await kinds(path)).toEqual(['changed 4']);
  });

  test('finds a last record that was exchanged, by the head file', async () => {
    const path = await closedLog(3);
    const before = JSON.parse(rawLines(path)[1] ?? '') as { seq: number; hash: string };
    rewrite(path, (all) => all.with(2, encodeRecord(call({ outcome: 'error' }), before, new Date()).line));
    expect(await kinds(path)).toEqual(['changed 3']);
  });

  test.each([
    ['the first record', [1, 2, 3, 4], ['gap 1']],
    ['a record in the middle', [0, 1, 3, 4], ['gap 3']],
    ['three records in the middle', [0, 4], ['gap 2']],
    ['the last record', [0, 1, 2, 3], ['cut 4']],
    ['every record', [], ['cut 1']],
  ])('finds that %s was taken out', async (_what, kept, expected) => {
    const path = await closedLog(5);
    rewrite(path, (lines) => kept.map((index) => lines[index] ?? ''));
    expect(await kinds(path)).toEqual(expected);
  });

  test('finds records that were put in, doubled and exchanged', async () => {
    for (const change of [
      (lines: string[]) => [...lines.slice(0, 2), encodeRecord(call(), { seq: 0, hash: CHAIN_START }, new Date()).line, ...lines.slice(2)],
      (lines: string[]) => [...lines.slice(0, 2), lines[1] ?? '', ...lines.slice(2)],
      (lines: string[]) => [lines[0] ?? '', lines[2] ?? '', lines[1] ?? '', ...lines.slice(3)],
      (lines: string[]) => [...lines.slice(0, 2), '', ...lines.slice(2)],
      (lines: string[]) => [...lines.slice(0, 2), '{"not":"a record"}', ...lines.slice(2)],
    ]) {
      const path = await closedLog(5);
      rewrite(path, change);
      expect((await verified(path)).ok, change.toString()).toBe(false);
    }
  });

  test('finds half a line in the middle, which no crash leaves without a word', async () => {
    const path = await closedLog(5);
    rewrite(path, (lines) => lines.with(2, (lines[2] ?? '').slice(0, 80)));
    expect(await kinds(path)).toContain('changed 3');
  });

  test('follows the chain through rotated files, in whatever order they are given', async () => {
    const path = await closedLog(600, { maxBytes: 65536 });
    const files = allFiles(path);
    expect(files.length).toBeGreaterThan(3);
    expect(await verifyAudit([...files].reverse())).toMatchObject({ ok: true, lastSeq: 600 + files.length - 1, files, notes: [] });
    expect(await verifyAudit([...files, `${path}.head`, `${path}.lock`, path])).toMatchObject({ ok: true, files });
  });

  test('finds that a whole file of several is missing, and a change in an old one', async () => {
    const path = await closedLog(600, { maxBytes: 65536 });
    const files = allFiles(path);
    const without = files.filter((_, index) => index !== 1);
    expect((await verifyAudit(without)).findings).toMatchObject([{ kind: 'gap', line: 1, file: files[2] }]);
    rewrite(files[0] ?? '', (lines) => lines.with(7, (lines[7] ?? '').replace('fs_read', 'fs_list')));
    expect((await verifyAudit(files)).findings).toMatchObject([{ kind: 'changed', line: 8, file: files[0] }]);
  });

  test('finds half a line at the end of a file that is not the last', async () => {
    const path = await closedLog(600, { maxBytes: 65536 });
    const [first = ''] = allFiles(path);
    writeFileSync(first, readFileSync(first).subarray(0, -20));
    expect((await verified(path)).ok).toBe(false);
  });

  test('reads a file of one endless line in bounded memory', async () => {
    const path = logPath();
    writeFileSync(path, Buffer.alloc(64 * 1024 * 1024, 0x61));
    const before = process.memoryUsage().rss;
    const report = await verifyAudit([path]);
    expect(report.records).toBe(0);
    expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024);
  });
});

describe('mcp-gateway audit verify', () => {
  async function run(...argv: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    let out = '';
    let err = '';
    const code = await auditCommand(argv, { stdout: { write: (text) => (out += text) }, stderr: { write: (text) => (err += text) } });
    return { code, out, err };
  }

  test('ends with 0 and says how many records there are', async () => {
    const path = await closedLog(3);
    expect(await run('verify', path)).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^ok: 3 records \(1 to 3\) in 1 file, last hash [0-9a-f]{64}\n$/) as string });
  });

  test('ends with 1 and says where the log was changed', async () => {
    const path = await closedLog(3);
    rewrite(path, (lines) => lines.with(1, (lines[1] ?? '').replace('codex', 'xedoc')));
    const { code, out } = await run('verify', path);
    expect(code).toBe(1);
    expect(out).toContain(`changed: ${path}:2: the line is not a record as the gateway wrote it\n`);
  });

  test('tells a torn last line apart, and ends with 0', async () => {
    const path = await closedLog(3);
    const text = readFileSync(path);
    unlinkSync(`${path}.head`);
    writeFileSync(path, text.subarray(0, -40));
    const { code, out } = await run('verify', path);
    expect(code).toBe(0);
    expect(out).toContain(`note: ${path}:3: the last line is incomplete`);
  });

  test('prints the report as JSON', async () => {
    const path = await closedLog(2);
    const { code, out } = await run('verify', '--json', path);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(await verified(path))));
  });

  test('begins with a note where older files were rotated away', async () => {
    const path = logPath();
    const log = await openedLog({ path, maxBytes: 65536, maxFiles: 1 });
    await Promise.all(Array.from({ length: 300 }, async () => log.append(call())));
    await log.close();
    const { code, out } = await run('verify', path);
    expect(code).toBe(0);
    expect(out).toMatch(/^note: .*earlier records were rotated away/);
  });

  test.each([
    [['verify']],
    [[]],
    [['varify', 'x']],
    [['verify', '--jsno', 'x']],
    [['verify', '/nowhere/audit.jsonl']],
    [['verify', '/tmp']],
    [['verify', '/nowhere/audit.jsonl.head']],
  ])('fails with 2 and says why, given %j', async (argv) => {
    const { code, out, err } = await run(...argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
  });

  test('says how it is used', async () => {
    expect(await run('verify', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('usage: mcp-gateway audit verify') as string });
  });
});
