import { createHash } from 'node:crypto';
import { ArgumentShape } from './shape';

/** The session's id in a record: enough to distinguish sessions, and of no use to take one over. */
export function sessionHash(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 16);
}

/** Version of the record format; the same number is in `schema/audit.schema.json` and in every record. */
export const AUDIT_SCHEMA_VERSION = 1;

/** `prevHash` of the very first record of a chain. */
export const CHAIN_START = '0'.repeat(64);

/** How a call ended: it ran, policy refused it, a limit on calls refused it, or it was allowed and failed. */
export type CallOutcome = 'success' | 'denied' | 'limited' | 'error';

/** Ties a record to the client's own log. */
export interface Correlation {
  /** Id of the JSON-RPC request, as the client chose it. */
  readonly request?: string | number;
  /** `sessionHash` of the session's id, which is a secret itself. */
  readonly session?: string;
}

/** One tool call, allowed or not. */
export interface CallEvent extends Correlation {
  readonly type: 'call';
  /** Name from the manifest; `anonymous` when the gateway asks for no token. */
  readonly client: string;
  /** The name as called, which need not be a tool of the manifest. */
  readonly tool: string;
  readonly transport?: Transport;
  /** The result of `shapeOf` for the arguments. */
  readonly arguments: ArgumentShape;
  /** Which files it was about; only when the manifest asks for it. */
  readonly paths?: CallPaths;
  readonly outcome: CallOutcome;
  /** Which rule decided; asked for when the outcome is `denied` or `limited`. */
  readonly rule?: string;
  readonly durationMs: number;
  /** Bytes of content given back to the client. */
  readonly bytesOut: number;
  /** `sha256:` and 64 hex digits: the manifest in force. */
  readonly policyDigest: string;
  /** How many calls this record counts, if several were counted together. */
  readonly count?: number;
}

/** Which files a call was about. */
export interface CallPaths {
  /** Values of the tool's path arguments, as the client wrote them. */
  readonly named: readonly string[];
  /** Files whose content was opened, where they really are, relative to the workspace. */
  readonly opened: readonly string[];
  /** How many files were opened beyond these. */
  readonly openedMore?: number;
}

export type MessageMethod =
  'initialize' | 'notifications' | 'ping' | 'server/discover' | 'subscriptions/listen' | 'tools/list' | 'other';

/** A message other than a tool call: passed on to be answered, or refused by a rate limit. */
export interface MessageEvent extends Correlation {
  readonly type: 'message';
  readonly client: string;
  readonly method: MessageMethod;
  readonly transport: Transport;
  readonly outcome: 'success' | 'limited';
  readonly rule?: string;
  readonly count?: number;
}

/** The gateway began to serve. */
export interface StartEvent {
  readonly type: 'start';
  readonly version: string;
  readonly transport: Transport;
  readonly tools: number;
  readonly policyDigest: string;
}

/** The gateway ended in an orderly way. A chain that ends without one was cut short by a crash, or is still written. */
export interface StopEvent {
  readonly type: 'stop';
  readonly reason: string;
}

/** A request that did not show a valid token, or came from a host or origin that is not allowed. */
export interface AuthEvent {
  readonly type: 'auth';
  readonly outcome: 'denied';
  readonly rule: string;
  readonly remote?: string;
  readonly count?: number;
}

/**
 * Input that was refused before it became a call: a line or a body that is too long, a message that is not JSON-RPC.
 */
export interface InputEvent extends Correlation {
  readonly type: 'input';
  readonly outcome: 'denied';
  readonly rule: string;
  readonly transport: Transport;
  readonly client?: string;
  /** How much was read before it was refused. */
  readonly bytes?: number;
  readonly count?: number;
}

/** The policy was loaded again while the gateway ran. */
export interface PolicyEvent {
  readonly type: 'policy';
  readonly outcome: 'success' | 'error';
  readonly policyDigest: string;
}

export type Transport = 'http' | 'stdio';

/** An event that the gateway writes to the log. */
export type AuditEvent = CallEvent | MessageEvent | StartEvent | StopEvent | AuthEvent | InputEvent | PolicyEvent;

/** Events that are counted when they are frequent. */
export type CountedEvent = AuthEvent | InputEvent | CallEvent | MessageEvent;

/** The first record of a file that follows a full one. */
export interface RotatedEvent {
  readonly type: 'rotated';
  /** Name, without folder, of the file that holds the record before this one. */
  readonly previousFile: string;
  /** The oldest file that was kept then. Absent when none is kept. */
  readonly oldestFile?: string;
}

/** The first record of a file that was opened because the one in use was gone, or on SIGHUP. */
export interface ReopenedEvent {
  readonly type: 'reopened';
  /**
   * `signal`: asked for; `missing`, `replaced`, `truncated`: the file in use was deleted or moved, exchanged,
   * shortened.
   */
  readonly reason: 'signal' | 'missing' | 'replaced' | 'truncated';
}

/** Written after records were lost or could not be written. */
export interface RecoveredEvent {
  readonly type: 'recovered';
  /**
   * `torn`: the record before was written in part, its bytes stand on the line before this one; `damaged`: the end of
   * the file was not written by this log; `cut`: records known to have been written are gone; `unavailable`: the log
   * could not be written for a while.
   */
  readonly reason: 'torn' | 'damaged' | 'cut' | 'unavailable';
  /** Length of what stands between the last good record and this one. */
  readonly bytes?: number;
  readonly sha256?: string;
  /** Highest sequence number known to have been written. */
  readonly lastSeq?: number;
  /** Appends that were refused meanwhile. */
  readonly refused?: number;
}

/** What can be wrong with a log. */
export const FINDING_KINDS = [
  /** A line is not as the gateway wrote it, or a record was exchanged, put in or moved. */
  'edited',
  /** Records are missing between two others, or at the beginning. */
  'records-missing',
  /** A whole rotated file is missing. */
  'file-missing',
  /** Records are missing at the end. */
  'truncated',
  /** The log in use is gone, and what it keeps beside itself is not. */
  'log-missing',
  /** No head lies beside the log, so a cut at its end cannot be seen. */
  'head-missing',
  /** The head cannot be read. */
  'head-damaged',
  /** The head is further behind the log than a crash leaves it. */
  'head-older',
  /** A link, a folder, a pipe or a device stands where a file of the log belongs. */
  'not-a-file',
] as const;
export type FindingKind = typeof FINDING_KINDS[number];

/** What is wrong with a log, and where. */
export interface LogFinding {
  readonly kind: FindingKind;
  /** Number of the record concerned, or of the last one before it. */
  readonly seq: number;
  readonly message: string;
}

/** Written when the files of the log are not as the gateway wrote them. */
export interface IntegrityEvent {
  readonly type: 'integrity';
  readonly findings: readonly LogFinding[];
  /** How many findings there are beyond these. */
  readonly more?: number;
}

/** An event that the log writes about itself. */
export type LogEvent = RotatedEvent | ReopenedEvent | RecoveredEvent | IntegrityEvent;

/** What every record carries besides the event. */
export interface Chained {
  readonly schemaVersion: typeof AUDIT_SCHEMA_VERSION;
  readonly seq: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly time: string;
  readonly prevHash: string;
  readonly hash: string;
}

/** One line of the log. */
export type AuditRecord = (AuditEvent | LogEvent) & Chained;

/** The audit as the rest of the gateway sees it. */
export interface AuditSink {
  /** False from the first record that could not be written until one can be written again: refuse calls meanwhile. */
  readonly healthy: boolean;
  /** False once files of the log were found to be other than the gateway wrote them. */
  readonly intact: boolean;
  /** Why it is not healthy: for `/readyz` and the operator's log. */
  readonly problem: string | undefined;
  /**
   * Writes one record.
   *
   * @returns when the record is on disk; an answer may go to the client only then
   * @throws AuditUnavailable when it could not be written
   */
  append(event: AuditEvent): Promise<void>;
  /**
   * For what can be caused at will (failed authentication, calls over a limit, messages that are no calls): the first
   * of a kind is written at once, the ones that follow within 10 s become one record with a `count`, so
   * that a flood cannot push real records out of the log.
   */
  count(event: CountedEvent): void;
  /** For SIGHUP: closes the file and opens its path again. */
  reopen(): Promise<void>;
  /** Writes what is waiting, frees the lock. Appends fail afterwards. */
  close(): Promise<void>;
}

/** The record is not in the log. Its call must not be answered with its result. */
export class AuditUnavailable extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'AuditUnavailable';
  }
}
