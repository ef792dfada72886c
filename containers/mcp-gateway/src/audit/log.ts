import { EventCounter } from './event-counter';
import { lockFile } from './files';
import { FileLock } from './lock';
import { errorCode, NotOwnFile } from './own-file';
import { cannotOpen, checkFiles } from './probe';
import { AuditEvent, AuditSink, AuditUnavailable, LogEvent, CountedEvent } from './record';
import { redactSecrets } from './redact';
import { NoAuditLog } from './snapshot';
import { Redact } from './text';
import { AuditFinding, verifyAudit } from './verify';
import { ChainWriter } from './writer';
import { within } from '../within';

export interface AuditLogOptions {
  /** The log in use. Rotated files, the lock and the head stand beside it, so its folder is writable. */
  readonly path: string;
  /** @default 10485760 */
  readonly maxBytes?: number;
  /** How many files are kept, the one in use included. @default 10 */
  readonly maxFiles?: number;
  /** How long to wait for a gateway that is just ending. @default 5000 */
  readonly lockWaitMs?: number;
  /**
   * How long a start waits for the check of the log that it finds; a longer check goes on beside the calls. @default
   * 1000
   */
  readonly checkWaitMs?: number;
  /**
   * Takes out of a record what the gateway itself knows to be secret. @default - only what looks like a secret is taken
   * out
   */
  readonly redact?: Redact;
  /** For the operator's log: what went wrong with the log itself, and that it works again. */
  readonly onProblem?: (message: string) => void;
}

interface Pending {
  readonly event: AuditEvent | LogEvent;
  readonly resolve: () => void;
  readonly reject: (error: AuditUnavailable) => void;
}

/** One write and one sync for as many records as wait, within bounds. */
const MAX_BATCH = 256;
const RETRY_MS = 500;

/**
 * The log of a gateway that runs. Records that arrive while a sync is under way share the next one; a line is never
 * split over two writes. A log that is found changed does not keep the gateway from starting: that would take the tools
 * away for a flipped bit, and lead people to delete the evidence. It is recorded, reported and shown by the readiness
 * instead.
 */
export class AuditLog implements AuditSink {
  /** @throws when the log cannot be written, or another process writes it */
  public static async open(options: AuditLogOptions): Promise<AuditLog> {
    const lock = await explained(options.path, async () => {
      checkFiles(options.path);
      return FileLock.acquire(lockFile(options.path), options.lockWaitMs ?? 5_000);
    });
    const log = new AuditLog(options, lock);
    const check = log.check();
    const early = await within(options.checkWaitMs ?? 1_000, check);
    try {
      await explained(options.path, async () => {
        log.writer.attach();
        await log.write([]);
      });
    } catch (error) {
      log.writer.detach();
      lock.release();
      throw error;
    }
    if (early === undefined) {
      void check.then((findings) => log.report(findings));
    } else {
      log.report(early);
      await log.idle();
    }
    return log;
  }

  private readonly writer: ChainWriter;
  private readonly counter = new EventCounter((event) => this.append(event));
  private readonly pending: Pending[] = [];
  private draining: Promise<void> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private trouble: string | undefined;
  private refused = 0;
  private changed = false;
  private closed = false;

  private constructor(private readonly options: AuditLogOptions, private readonly lock: FileLock) {
    const { path, maxBytes = 10 * 1024 * 1024, maxFiles = 10, redact = (text) => text, onProblem } = options;
    this.writer = new ChainWriter({
      path,
      maxBytes,
      maxFiles,
      redact: (text) => redactSecrets(redact(text)),
      onTampering: (message) => {
        this.changed = true;
        onProblem?.(`${message} (${path}); the readiness is degraded`);
      },
      onProblem: (message) => onProblem?.(message),
    });
  }

  public get healthy(): boolean {
    return this.problem === undefined;
  }

  public get intact(): boolean {
    return !this.changed;
  }

  public get problem(): string | undefined {
    if (this.closed) {
      return 'the audit log is closed';
    }
    return this.trouble ?? this.lock.problem;
  }

  public append(event: AuditEvent): Promise<void> {
    const problem = this.problem;
    if (problem !== undefined) {
      this.refused += 1;
      return Promise.reject(new AuditUnavailable(problem));
    }
    return this.enqueue(event);
  }

  public count(event: CountedEvent): void {
    this.counter.add(event);
  }

  public async reopen(): Promise<void> {
    await this.idle();
    if (!this.closed) {
      this.draining = this.guarded(async () => {
        this.writer.attach('signal');
        await this.write([]);
      });
      await this.draining;
    }
  }

  public async close(): Promise<void> {
    await this.counter.close();
    await this.idle();
    this.closed = true;
    clearTimeout(this.retry);
    this.writer.detach();
    this.lock.release();
  }

  private async enqueue(event: AuditEvent | LogEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      this.pending.push({ event, resolve, reject });
      this.draining ??= this.drain();
    });
  }

  /** Checks the files that are found at the start. */
  private async check(): Promise<readonly AuditFinding[]> {
    try {
      return (await verifyAudit([this.options.path])).findings;
    } catch (error) {
      if (!(error instanceof NoAuditLog)) {
        this.options.onProblem?.(`the audit log could not be checked: ${String(error)}`);
      }
      return [];
    }
  }

  private async write(events: readonly (AuditEvent | LogEvent)[]): Promise<void> {
    const { problem } = this.lock;
    if (problem !== undefined) {
      throw new Error(problem);
    }
    await this.writer.write(events);
  }

  private async drain(): Promise<void> {
    while (this.pending.length > 0) {
      const batch = this.pending.splice(0, MAX_BATCH);
      const failure =
        this.trouble === undefined
          ? await this.attempt(async () => this.write(batch.map((entry) => entry.event)))
          : new AuditUnavailable(this.trouble);
      for (const entry of batch) {
        if (failure === undefined) {
          entry.resolve();
        } else {
          this.refused += 1;
          entry.reject(failure);
        }
      }
    }
    this.draining = undefined;
  }

  private async idle(): Promise<void> {
    while (this.draining !== undefined) {
      await this.draining;
    }
  }

  /** Runs the one task that touches the file, then whatever was appended meanwhile. */
  private async guarded(task: () => Promise<void>): Promise<void> {
    await this.attempt(task);
    await this.drain();
  }

  private async attempt(task: () => Promise<void>): Promise<AuditUnavailable | undefined> {
    try {
      await task();
    } catch (error) {
      return this.fail(error);
    }
    if (this.trouble !== undefined) {
      this.trouble = undefined;
      this.options.onProblem?.('the audit log can be written again');
    }
    return undefined;
  }

  private fail(error: unknown): AuditUnavailable {
    const message = `the audit log ${this.options.path} cannot be written: ` +
      `${error instanceof Error ? error.message : String(error)}`;
    if (this.trouble === undefined) {
      this.options.onProblem?.(message);
    }
    this.trouble = message;
    this.writer.detach();
    this.retry ??= setTimeout(() => {
      this.retry = undefined;
      void this.recover();
    }, RETRY_MS).unref();
    return new AuditUnavailable(message, { cause: error });
  }

  private async recover(): Promise<void> {
    await this.idle();
    if (this.closed || this.trouble === undefined) {
      return;
    }
    this.draining = this.guarded(async () => {
      const refused = this.refused;
      this.writer.attach();
      await this.write([{ type: 'recovered', reason: 'unavailable', refused }]);
      this.refused -= refused;
    });
    await this.draining;
  }

  /** Stores the findings of a check of the files, and records those that no record states yet. */
  private report(findings: readonly AuditFinding[]): void {
    const visible = findings.filter((finding) => finding.visible);
    if (visible.length === 0 || this.closed) {
      return;
    }
    this.changed = true;
    const messages = visible
      .slice(0, MAX_FINDINGS)
      .map(({ kind, file, line, message }) => `${kind}: ${file}${line === undefined ? '' : `:${line}`}: ${message}`);
    this.options.onProblem?.(
      `the audit log is not as the gateway wrote it, and its readiness is degraded: ${messages.join('; ')}. ${FIX}`,
    );
    const fresh = visible.filter(({ recorded }) => !recorded).map(({ kind, seq, message }) => ({ kind, seq, message }));
    if (fresh.length > 0) {
      const more = fresh.length - MAX_FINDINGS;
      this.enqueue({ type: 'integrity', findings: fresh.slice(0, MAX_FINDINGS), ...(more > 0 ? { more } : {}) }).catch(
        () => undefined,
      );
    }
  }
}

/** Most findings that a record and a message name. */
const MAX_FINDINGS = 8;

const FIX =
  '`mcp-gateway audit verify` names everything; move the files of the log away to keep them as evidence, and start ' +
  'again';

async function explained<T>(path: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw error instanceof NotOwnFile || errorCode(error) !== undefined ? cannotOpen(path, error) : error;
  }
}
