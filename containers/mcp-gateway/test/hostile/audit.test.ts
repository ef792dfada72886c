import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, renameSync, truncateSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { hostile } from './table';
import { AuditLog } from '../../src/audit/log';
import { verifyAudit } from '../../src/audit/verify';
import { CODEX_TOKEN, OTHER_TOKEN, Running } from '../server/running';

const gateway = await Running.start();
const log = join(gateway.folder, 'audit.jsonl');
const session = await gateway.session();
let id = 100;

async function call(name: string, args: unknown): Promise<void> {
  id += 1;
  const { status } = await gateway.send({
    headers: session,
    body: { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } },
  });
  expect([200, 400]).toContain(status);
}

/**
 * Calls with the text as a path, as a name of a parameter and as the name of the tool; gives back what the log says of
 * it, as bytes.
 */
async function recorded(text: string): Promise<string> {
  const before = statSync(log).size;
  await call('read_file', { path: text });
  await call('read_file', { path: 'a', [text]: text });
  await call(text, { path: 'a' });
  const written = readFileSync(log).subarray(before).toString('latin1');
  expect(written).toMatch(/^(?:[\x20-\x7e]+\n){3}$/);
  return written;
}

async function sound(): Promise<void> {
  expect((await verifyAudit([log])).findings).toEqual([]);
}

hostile('audit', {
  'CRLF, TAB, ANSI, BEL, DEL, C1': async ({ path }: { path: string }) => {
    const text = `${path}\u007f\u009b31m`;
    expect(await recorded(text)).toContain(
      JSON.stringify(text).slice(1, -1).replaceAll('\u007f', '\\u007f').replaceAll('\u009b', '\\u009b'),
    );
    await sound();
  },
  'U+2028/2029': async ({ path }: { path: string }) => {
    expect(await recorded(`x\u2028\u2029${path}`)).toContain('x\\u2028\\u2029');
  },
  'lone surrogate': async ({ path }: { path: string }) => {
    const written = await recorded(path);
    expect(written).toContain('"tool":"\\ud800"');
    expect(Buffer.from(written, 'latin1').toString('utf8')).toBe(written);
  },
  'bidi override': async ({ path }: { path: string }) => {
    expect(await recorded(path)).toContain('\\u202e');
  },
  'huge argument': async () => {
    // a body holds it twice and is bounded itself
    const text = 'x'.repeat(100_000);
    const written = await recorded(text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(written).toContain(`"path":{"type":"string","length":100000,"sha256":"${sha256}"}`);
    expect(written).toContain(`[cut: 100000 characters, sha256 ${sha256}]`);
    expect(written.length).toBeLessThan(4_000);
  },
  'secret in argument': async ({ args: [secret] }: { args: [string] }) => {
    expect(await recorded(secret)).not.toContain(secret.slice(4));
  },
  'Authorization header': async () => {
    await gateway.send({
      headers: { Authorization: `Bearer ${CODEX_TOKEN}-wrong` },
      body: { jsonrpc: '2.0', id: 1, method: 'ping' },
    });
    await gateway.send({
      headers: { Authorization: 'Basic dXNlcjpwYXNzd29yZA==' },
      body: { jsonrpc: '2.0', id: 1, method: 'ping' },
    });
    await call('read_file', { path: 'a' });
    const text = readFileSync(log, 'utf8');
    expect(text).toContain('"type":"auth"');
    for (const secret of [CODEX_TOKEN, OTHER_TOKEN, 'dXNlcjpwYXNzd29yZA', 'Bearer', 'Basic']) {
      expect(text).not.toContain(secret);
    }
  },
  'log deleted / rotated while open': async () => {
    renameSync(log, `${log}.moved`);
    await call('read_file', { path: 'after' });
    expect(gateway.audit().map(({ type }) => type)).toEqual(['reopened', 'call']);
    expect((await verifyAudit([`${log}.moved`, log])).findings).toEqual([]);
    renameSync(log, `${log}.moved-2`);
    await gateway.gateway.audit.reopen();
    await call('read_file', { path: 'after' });
    expect(gateway.audit()).toMatchObject([{ type: 'reopened', reason: 'signal' }, { type: 'call' }]);
    expect((await verifyAudit([`${log}.moved`, `${log}.moved-2`, log])).findings).toEqual([]);
  },
  'two processes, one log': async () => {
    await expect(AuditLog.open({ path: log, lockWaitMs: 0 })).rejects.toThrow('one log has one writer');
    await call('read_file', { path: 'still written' });
    await sound();
  },
  'crash mid-write': async () => {
    const copy = join(gateway.folder, 'crashed.jsonl');
    writeFileSync(copy, readFileSync(log));
    truncateSync(copy, statSync(copy).size - 30);
    const report = await verifyAudit([copy], { alone: true });
    expect(report.findings).toEqual([]);
    expect(report.notes.at(-1)?.message).toContain('the last line is incomplete');
    // The head is written after the log.
    writeFileSync(`${copy}.head`, JSON.stringify({ seq: report.lastSeq, hash: report.lastHash }));
    const reopened = await AuditLog.open({ path: copy });
    afterAll(async () => reopened.close());
    await reopened.append({ type: 'stop', reason: 'test' });
    expect((await verifyAudit([copy], { alone: true })).findings).toEqual([]);
  },
  'tamper': async () => {
    await call('read_file', { path: 'a' });
    const copy = join(gateway.folder, 'tampered.jsonl');
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    for (const [index, line] of lines.entries()) {
      const edited = line.replace(/"durationMs":\d/, '"durationMs":9').replace('signal', 'missing');
      writeFileSync(copy, `${lines.with(index, edited).join('\n')}\n`);
      expect((await verifyAudit([copy], { alone: true })).findings).toMatchObject([
        { kind: 'edited', line: index + 1 },
      ]);
    }
    appendFileSync(copy, 'x\n');
    expect((await verifyAudit([copy], { alone: true })).ok).toBe(false);
  },
});
