import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allFiles, call, logPath, openedLog, rawLines, said, verified } from './support';
import { auditCommand } from '../../src/audit/command';
import { encodeRecord } from '../../src/audit/line';
import { CHAIN_START, StopEvent } from '../../src/audit/record';
import { verifyAudit } from '../../src/audit/verify';

const STOP: StopEvent = { type: 'stop', reason: 'test' };

async function closedLog(
  count: number,
  options: { readonly maxBytes?: number; readonly maxFiles?: number } = {},
): Promise<string> {
  const path = logPath();
  const log = await openedLog({ path, ...options });
  for (let index = 1; index < count; index += 50) {
    await Promise.all(
      Array.from({ length: Math.min(50, count - index) }, async () => log.append(call({ tool: 'fs_read' }))),
    );
  }
  await log.append(STOP);
  await log.close();
  return path;
}

/** A log with several rotated files. @returns its files, oldest first */
async function rotatedLog(): Promise<{ readonly path: string; readonly files: readonly string[] }> {
  const path = await closedLog(500, { maxBytes: 65536 });
  const files = allFiles(path);
  expect(files.length).toBeGreaterThan(3);
  return { path, files };
}

function rewrite(path: string, change: (lines: string[]) => string[]): void {
  writeFileSync(path, change(rawLines(path)).map((line) => `${line}\n`).join(''), 'latin1');
}

async function kinds(path: string): Promise<string[]> {
  return (await verified(path)).findings.map(({ kind, line }) => `${kind} ${line ?? '-'}`);
}

describe('verification', () => {
  test('finds nothing in a log as it was written', async () => {
    const path = await closedLog(5);
    expect(await verified(path)).toMatchObject({
      ok: true,
      records: 5,
      firstSeq: 1,
      lastSeq: 5,
      findings: [],
      notes: [],
    });
  });

  test.each([0, 1, 2, 3])('finds an edit of record %i of 5', async (index) => {
    const path = await closedLog(5);
    rewrite(path, (lines) => lines.with(index, (lines[index] ?? '').replace('"success"', '"denied"')));
    expect(await kinds(path)).toEqual([`edited ${index + 1}`]);
  });

  test('finds a record that was edited and given a new hash', async () => {
    const path = await closedLog(5);
    const lines = rawLines(path);
    const before = JSON.parse(lines[1] ?? '') as { seq: number; hash: string };
    rewrite(path, (all) => all.with(2, encodeRecord(call({ outcome: 'error' }), before, new Date()).line));
    expect(await kinds(path)).toEqual(['edited 4']);
  });

  test('finds a last record that was exchanged, by the head', async () => {
    const path = await closedLog(3);
    const before = JSON.parse(rawLines(path)[1] ?? '') as { seq: number; hash: string };
    rewrite(path, (all) => all.with(2, encodeRecord(call({ outcome: 'error' }), before, new Date()).line));
    expect(await kinds(path)).toEqual(['edited 3']);
  });

  test('finds a chain that was written again from the middle on, by an older head', async () => {
    const path = await closedLog(3);
    const head = readFileSync(`${path}.head`);
    const more = await openedLog({ path });
    await more.append(STOP);
    await more.close();
    const first = JSON.parse(rawLines(path)[1] ?? '') as { seq: number; hash: string };
    const third = encodeRecord(call({ client: 'forged' }), first, new Date());
    rewrite(path, (lines) => [...lines.slice(0, 2), third.line, encodeRecord(call(), third.head, new Date()).line]);
    writeFileSync(`${path}.head`, head);
    expect(await kinds(path)).toContain('edited 4');
  });

  test.each([
    ['the first record', [1, 2, 3, 4], ['records-missing 1']],
    ['a record in the middle', [0, 1, 3, 4], ['records-missing 3']],
    ['three records in the middle', [0, 4], ['records-missing 2']],
    ['the last record', [0, 1, 2, 3], ['truncated 4']],
    ['every record', [], ['truncated -']],
  ])('finds that %s was taken out', async (_what, kept, expected) => {
    const path = await closedLog(5);
    rewrite(path, (lines) => kept.map((index) => lines[index] ?? ''));
    expect(await kinds(path)).toEqual(expected);
  });

  test('finds records that were put in, doubled and exchanged', async () => {
    for (const change of [
      (lines: string[]) => [
        ...lines.slice(0, 2),
        encodeRecord(call(), { seq: 0, hash: CHAIN_START }, new Date()).line,
        ...lines.slice(2),
      ],
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
    expect(await kinds(path)).toContain('edited 3');
  });

  test('takes records whose parts are not as the gateway writes them for edits, whatever their hash', async () => {
    const path = await closedLog(3);
    const last = JSON.parse(rawLines(path)[1] ?? '') as { seq: number; hash: string };
    for (const event of [
      { type: 'rotated', previousFile: 7 },
      { type: 'integrity', findings: 'x' },
      { type: 'integrity', findings: [null] },
    ]) {
      rewrite(path, (lines) => [...lines.slice(0, 2), encodeRecord(event as never, last, new Date()).line]);
      expect(await kinds(path)).toContain('edited 3');
    }
  });

  test('follows the chain through rotated files, whichever of them is named', async () => {
    const { path, files } = await rotatedLog();
    for (const names of [
      [path],
      [`${path}.head`],
      [`${path}.lock`],
      [files[1]!],
      [...files].reverse(),
      [...files, `${path}.head`, path, `${dirname(path)}/./${basename(path)}`],
    ]) {
      expect(await verifyAudit(names)).toMatchObject({ ok: true, firstSeq: 1, files, notes: [] });
    }
  });

  test('checks archived files by themselves with --alone', async () => {
    const { files } = await rotatedLog();
    const away = `${logPath()}.000000000000001`;
    copyFileSync(files[1]!, away);
    expect((await verifyAudit([away])).findings.map(({ kind }) => kind)).toEqual([
      'file-missing',
      'log-missing',
      'head-missing',
    ]);
    expect(await verifyAudit([away], { alone: true })).toMatchObject({
      ok: true,
      notes: [{ message: expect.stringContaining('earlier records were rotated away') as string }],
    });
    rewrite(away, (lines) => lines.with(7, (lines[7] ?? '').replace('fs_read', 'fs_list')));
    expect((await verifyAudit([away], { alone: true })).findings).toMatchObject([{ kind: 'edited', line: 8 }]);
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

describe('of a log whose files were tampered with,', () => {
  /** What is done to the files, and what is found. A log of several files, closed in order. */
  const tampering: Readonly<
    Record<string, readonly [(path: string, files: readonly string[]) => void | Promise<void>, readonly string[]]>
  > = {
    'the newest file is deleted': [(path) => unlinkSync(path), ['log-missing']],
    'the newest file and the head are deleted': [
      (path) => [path, `${path}.head`].forEach(unlinkSync),
      ['log-missing', 'head-missing'],
    ],
    'every log is deleted and the head is left': [(_, files) => files.forEach(unlinkSync), ['log-missing']],
    'the newest two files are deleted': [(_, files) => files.slice(-2).forEach(unlinkSync), ['log-missing']],
    'the oldest file is deleted': [(_, files) => unlinkSync(files[0]!), ['file-missing']],
    'a file in the middle is deleted': [(_, files) => unlinkSync(files[1]!), ['file-missing']],
    'two files in the middle are deleted': [(_, files) => [files[1]!, files[2]!].forEach(unlinkSync), ['file-missing']],
    'the head is deleted': [(path) => unlinkSync(`${path}.head`), ['head-missing']],
    'the head is emptied': [(path) => writeFileSync(`${path}.head`, ''), ['head-damaged']],
    'the head is cut off': [
      (path) => writeFileSync(`${path}.head`, readFileSync(`${path}.head`).subarray(0, 40)),
      ['head-damaged'],
    ],
    'the head is no longer one': [(path) => writeFileSync(`${path}.head`, '{"seq":"x"}'), ['head-damaged']],
    'the head is the one of a while ago': [
      (path) => {
        const { seq, hash } = JSON.parse(rawLines(path)[1]!) as { seq: number; hash: string };
        writeFileSync(`${path}.head`, JSON.stringify({ seq, hash }));
      },
      ['head-older'],
    ],
    'the head names a record of its own': [
      (path) => writeFileSync(`${path}.head`, JSON.stringify({ seq: 3, hash: 'a'.repeat(64) })),
      ['edited', 'head-older'],
    ],
    'the head is ahead': [
      (path) => writeFileSync(`${path}.head`, JSON.stringify({ seq: 9000, hash: 'a'.repeat(64) })),
      ['truncated'],
    ],
    'the head is a link': [
      (path) => {
        renameSync(`${path}.head`, `${path}.moved`);
        symlinkSync(`${path}.moved`, `${path}.head`);
      },
      ['not-a-file'],
    ],
    'the head is a pipe': [
      (path) => {
        unlinkSync(`${path}.head`);
        execFileSync('mkfifo', [`${path}.head`]);
      },
      ['not-a-file'],
    ],
    'the newest file is a link': [
      (path) => {
        renameSync(path, `${path}.moved`);
        symlinkSync(`${path}.moved`, path);
      },
      ['not-a-file', 'truncated'],
    ],
    'the newest file is a pipe': [
      (path) => {
        unlinkSync(path);
        execFileSync('mkfifo', [path]);
      },
      ['not-a-file', 'truncated'],
    ],
    'an old file is a folder': [
      (_, files) => {
        unlinkSync(files[1]!);
        mkdirSync(files[1]!);
      },
      ['not-a-file', 'file-missing'],
    ],
    'the newest file is emptied': [(path) => writeFileSync(path, ''), ['truncated']],
    'the newest file and the head are emptied': [
      (path) => [path, `${path}.head`].forEach((file) => writeFileSync(file, '')),
      ['head-damaged'],
    ],
    'the newest file is cut between two records': [
      (path) => rewrite(path, (lines) => lines.slice(0, -2)),
      ['truncated'],
    ],
    'an old file is cut between two records': [
      (_, files) => rewrite(files[1]!, (lines) => lines.slice(0, -2)),
      ['records-missing'],
    ],
    'an old file is cut within a record': [
      (_, files) => writeFileSync(files[1]!, readFileSync(files[1]!).subarray(0, -20)),
      ['edited', 'records-missing'],
    ],
    'an old file is emptied': [(_, files) => writeFileSync(files[1]!, ''), ['records-missing']],
    'an old file is edited': [
      (_, files) => rewrite(files[0]!, (lines) => lines.with(7, (lines[7] ?? '').replace('fs_read', 'fs_list'))),
      ['edited'],
    ],
    'two files change places': [
      (_, files) => {
        renameSync(files[0]!, `${files[0]!}.x`);
        renameSync(files[1]!, files[0]!);
        renameSync(`${files[0]!}.x`, files[1]!);
      },
      [],
    ],
  };

  test.each(Object.keys(tampering))('that is found: %s', async (what) => {
    const { path, files } = await rotatedLog();
    const [tamper, expected] = tampering[what]!;
    await tamper(path, files);
    const report = await verified(path);
    expect(report.findings.map(({ kind }) => kind), said(report).join('\n')).toEqual(expected);
    expect(report.ok).toBe(expected.length === 0);
  });

  test('of a rotated file: a gap names the file that is missing', async () => {
    const { path, files } = await rotatedLog();
    unlinkSync(files[1]!);
    expect((await verified(path)).findings).toMatchObject([
      {
        kind: 'file-missing',
        file: files[2],
        line: 1,
        message: expect.stringContaining(basename(files[1]!)) as string,
      },
    ]);
  });
});

describe('an honest log', () => {
  test('whose old files the gateway deleted itself is whole', async () => {
    for (const maxFiles of [1, 2, 3]) {
      const path = await closedLog(500, { maxBytes: 65536, maxFiles });
      expect(allFiles(path)).toHaveLength(maxFiles);
      expect(await verified(path)).toMatchObject({
        ok: true,
        notes: [{ message: expect.stringContaining('earlier records were rotated away') as string }],
      });
    }
  });

  test('of a gateway that ended right after it put the full file aside is whole', async () => {
    const path = await closedLog(3);
    renameSync(path, `${path}.000000000000003`);
    expect(await verified(path)).toMatchObject({ ok: true, notes: [{ file: path }] });
  });

  test('of a gateway that ended before it wrote the head is whole', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call());
    const head = readFileSync(`${path}.head`);
    await Promise.all(Array.from({ length: 100 }, async () => log.append(call())));
    await log.close();
    writeFileSync(`${path}.head`, head);
    expect(await verified(path)).toMatchObject({ ok: true, notes: [{ file: `${path}.head` }] });
  });

  test('is whole while it is written and rotated', async () => {
    const path = logPath();
    const log = await openedLog({ path, maxBytes: 65536, maxFiles: 4 });
    await log.append(call());
    let writing = true;
    const writer = (async () => {
      while (writing) {
        await Promise.all(Array.from({ length: 40 }, async () => log.append(call())));
      }
    })();
    for (let round = 0; round < 15; round += 1) {
      expect(said(await verified(path)).filter((line) => !line.startsWith('note'))).toEqual([]);
    }
    writing = false;
    await writer;
  });
});

describe('mcp-gateway audit verify', () => {
  async function run(
    ...argv: string[]
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    let out = '';
    let err = '';
    const code = await auditCommand(argv, {
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
    });
    return { code, out, err };
  }

  test('ends with 0 and says how many records there are', async () => {
    const path = await closedLog(3);
    expect(await run('verify', path)).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^ok: 3 records \(1 to 3\) in 1 file, last hash [0-9a-f]{64}\n$/) as string,
    });
  });

  test('ends with 1 and says where the log was edited', async () => {
    const path = await closedLog(3);
    rewrite(path, (lines) => lines.with(1, (lines[1] ?? '').replace('codex', 'xedoc')));
    const { code, out } = await run('verify', path);
    expect(code).toBe(1);
    expect(out).toContain(`edited: ${path}:2: the line is not a record as the gateway wrote it\n`);
  });

  test('ends with 1 when the newest log is gone and its head is not, however the files are named', async () => {
    const { path, files } = await rotatedLog();
    unlinkSync(path);
    for (const names of [[path], [...files.slice(0, -1), `${path}.head`], [files[0]!]]) {
      const { code, out } = await run('verify', ...names);
      expect({ code, out }).toEqual({
        code: 1,
        out: expect.stringMatching(/^log-missing: .*the log in use is gone\nnot ok: /) as string,
      });
    }
  });

  test('recognizes a torn last line, and ends with 0', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call());
    const head = readFileSync(`${path}.head`);
    await log.append(call());
    await log.close();
    writeFileSync(path, readFileSync(path).subarray(0, -40));
    writeFileSync(`${path}.head`, head);
    const { code, out } = await run('verify', path);
    expect(code).toBe(0);
    expect(out).toContain(`note: ${path}:2: the last line is incomplete`);
  });

  test('prints the report as JSON', async () => {
    const path = await closedLog(2);
    const { code, out } = await run('verify', '--json', path);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(await verified(path))));
  });

  test('prints text that moves no terminal, whatever a record says', async () => {
    const path = await closedLog(2);
    const last = JSON.parse(rawLines(path)[0] ?? '') as { seq: number; hash: string };
    const event = { type: 'integrity', findings: [{ kind: 'edited', seq: 1, message: 'x\u001b[2J\u009b' }] } as const;
    rewrite(path, (lines) => [lines[0] ?? '', encodeRecord(event, last, new Date()).line]);
    expect((await run('verify', path)).out).toMatch(/^[\n\x20-\x7e]+$/);
  });

  test('begins with a note where older files were rotated away', async () => {
    const path = await closedLog(300, { maxBytes: 65536, maxFiles: 1 });
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
    [['verify', '/nowhere/audit.jsonl.head']],
    [['verify', '/tmp/no-such-audit.jsonl']],
    [['verify', '/tmp/no-such-audit.jsonl.000000000000001']],
    [['verify', '--alone', '/tmp/no-such-audit.jsonl']],
    [['verify', '--alone', '/tmp/audit.jsonl.head']],
  ])('fails with 2 and says why, given %j', async (argv) => {
    const { code, out, err } = await run(...argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
  });

  test('says how it is used', async () => {
    expect(await run('verify', '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('usage: mcp-gateway audit verify') as string,
    });
  });
});
