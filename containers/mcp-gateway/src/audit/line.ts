import { createHash } from 'node:crypto';
import { AUDIT_SCHEMA_VERSION, AuditEvent, AuditRecord, FINDING_KINDS, LogEvent, LogFinding } from './record';
import { redactSecrets } from './redact';
import { asciiJson, auditText, Redact } from './text';

/** Where a chain stands: the number and the hash of its last record. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** No record is longer; a reader may give up on a line beyond it. */
export const MAX_LINE_BYTES = 256 * 1024;

const HASH_MEMBER = /,"hash":"([0-9a-f]{64})"\}$/;
const HASH_MEMBER_LENGTH = ',"hash":""}'.length + 64;

/**
 * @param redact applied to every text that the gateway did not write itself
 * @returns the line, without its end, and the head of the chain after it
 */
export function encodeRecord(
  event: AuditEvent | LogEvent, after: ChainHead, time: Date, redact: Redact = redactSecrets,
): { readonly line: string; readonly head: ChainHead } {
  const seq = after.seq + 1;
  const { type, ...rest } = event;
  const body = asciiJson({
    schemaVersion: AUDIT_SCHEMA_VERSION,
    seq,
    time: time.toISOString(),
    type,
    ...(withAuditText(rest, redact) as object),
    prevHash: after.hash,
  });
  const hash = sha256(body);
  return { line: `${body.slice(0, -1)},"hash":"${hash}"}`, head: { seq, hash } };
}

/** @returns undefined when the line is not a record as this gateway writes one, or was changed */
export function decodeRecord(line: string): AuditRecord | undefined {
  const claimed = HASH_MEMBER.exec(line)?.[1];
  if (claimed === undefined || sha256(`${line.slice(0, -HASH_MEMBER_LENGTH)}}`) !== claimed) {
    return undefined;
  }
  try {
    const record = JSON.parse(line) as Partial<AuditRecord> | null;
    return isRecord(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** The place in the chain that a faulty line claims. It is not trustworthy. */
export function claimedHead(line: string): ChainHead | undefined {
  const seq = /^\{"schemaVersion":\d+,"seq":(\d{1,15}),/.exec(line)?.[1];
  const hash = HASH_MEMBER.exec(line)?.[1];
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash };
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function isRecord(record: Partial<AuditRecord> | null): record is AuditRecord {
  return (
    typeof record === 'object' &&
    record !== null &&
    Number.isSafeInteger(record.seq) &&
    typeof record.prevHash === 'string' &&
    typeof record.type === 'string' &&
    hasParts(record)
  );
}

/** Whether the parts are there that the reading of a log relies on: anyone can give a line a hash that fits. */
function hasParts(record: Partial<AuditRecord>): boolean {
  switch (record.type) {
    case 'rotated': {
      const { previousFile, oldestFile = '' } = record;
      return typeof previousFile === 'string' && typeof oldestFile === 'string';
    }
    case 'integrity': {
      const { findings } = record;
      return Array.isArray(findings) && findings.every(isFinding);
    }
    default: return true;
  }
}

function isFinding(finding: Partial<LogFinding> | null): boolean {
  return (
    (FINDING_KINDS as readonly unknown[]).includes(finding?.kind) &&
    Number.isSafeInteger(finding?.seq) &&
    typeof finding?.message === 'string'
  );
}

/**
 * Texts that come from the gateway or its manifest, never from a client. Digests and generated names look like secrets.
 */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'client',
  'oldestFile',
  'policyDigest',
  'previousFile',
  'session',
  'sha256',
]);

function withAuditText(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') {
    return auditText(value, redact);
  }
  if (Array.isArray(value)) {
    return value.map((item) => withAuditText(item, redact));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => (
      [name, withAuditText(member, OWN_FIELDS.has(name) ? (text) => text : redact)])));
  }
  return value;
}
