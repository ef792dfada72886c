import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { rotatedFiles } from '../../src/audit/files';
import { AuditLog, AuditLogOptions } from '../../src/audit/log';
import { AuditRecord, CallEvent } from '../../src/audit/record';
import { shapeOf } from '../../src/audit/shape';
import { AuditReport, verifyAudit } from '../../src/audit/verify';

export const DIGEST = `sha256:${'ab'.repeat(32)}`;

const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

export function after(cleanup: () => void | Promise<void>): void {
  cleanups.push(cleanup);
}

/** A path for a log in a folder of its own, which goes away with the test. */
export function logPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'audit.jsonl');
}

export async function openedLog(options: Partial<AuditLogOptions> & { readonly path: string }): Promise<AuditLog> {
  const log = await AuditLog.open({ lockWaitMs: 0, ...options });
  after(async () => log.close());
  return log;
}

export function call(changes: Partial<CallEvent> = {}): CallEvent {
  return {
    type: 'call',
    client: 'codex',
    tool: 'fs_read',
    arguments: shapeOf({ path: 'notes/a.md' }, ['path']),
    outcome: 'success',
    durationMs: 1.5,
    bytesOut: 120,
    policyDigest: DIGEST,
    ...changes,
  };
}

export function rawLines(path: string): string[] {
  return readFileSync(path, 'latin1').split('\n').slice(0, -1);
}

export function records(path: string): AuditRecord[] {
  return rawLines(path).map((line) => JSON.parse(line) as AuditRecord);
}

/** Every file of a log, oldest first. */
export function allFiles(path: string): string[] {
  return [...rotatedFiles(path), path];
}

export async function verified(path: string): Promise<AuditReport> {
  return verifyAudit([path]);
}

/** The report in a form that reads well in a test that fails. */
export function said(report: AuditReport): string[] {
  return [
    ...report.findings.map(({ kind, line, message }) => `${kind} ${line ?? '-'}: ${message}`),
    ...report.notes.map(({ line, message }) => `note ${line ?? '-'}: ${message}`),
  ];
}

export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) {
      throw new Error(`did not become true within ${timeoutMs} ms: ${condition.toString()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
