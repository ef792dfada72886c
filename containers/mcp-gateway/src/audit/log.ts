import { closeSync, fdatasync, fstatSync, ftruncateSync, lstatSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { attach, Reason } from './attach';
import { headFile, lockFile, openHead, openLog, pruneRotated, rotateAside, syncFolder, writeHead } from './files';
import { ChainHead, encodeRecord } from './line';
import { FileLock } from './lock';
import { errorCode, NotOwnFile } from './own-file';
import { cannotOpen, checkFiles } from './probe';
import { CHAIN_START, AuditEvent, AuditSink, AuditUnavailable, CallEvent, AuthEvent, InputEvent, LogEvent } from './record';
import { redactSecrets } from './redact';
import { Tally } from './tally';
import { Redact } from './text';

export interface AuditLogOptions {
  /** The log in use. Rotated files, the lock and the head stand beside it, so its folder is writable. */
  readonly path: string;
  /** @default 10485760 */
  readonly maxBytes?: number;
  /** How many files are kept, the one in use included. @default 10 */
  readonly maxFiles?: number;
  /** How long to wait for a gateway that is just ending. @default 5000 */
  readonly lockWaitMs?: number;
  /** Takes out of a record what the gateway itself knows to be secret. @default - only what looks like a secret is taken out */
  readonly redact?: Redact;
  /** For the operator's log: what went wrong with the log itself, and that it works again. */
  readonly onProblem?: (message: string) => void;
}

interface Pending {
  readonly event: AuditEvent;
  readonly resolve: () => void;
  readonly reject: (error: AuditUnavailable) => void;
}

/** One write and one sync for as many records as wait, within bounds. */
const MAX_BATCH = 256;
const RETRY_MS = 500;

const datasync = promisify(fdatasync);

/**
 * The writer. Records that arrive while a sync is under way share the next one; a line is never split over two writes. After any failure the file is
 * opened anew and its end is read, so that there is one way only to find out where the chain stands.
 */
export class AuditLog implements AuditSink {
  /** @throws when the log cannot be written, or another process writes it */
  public static async open(options: AuditLogOptions): Promise<AuditLog> {
    const lock = await explained(options.path, async () => {
      checkFiles(options.path);
      return FileLock.acquire(lockFile(options.path), options.lockWaitMs ?? 5_000);
    });
    const log = new AuditLog(options, lock);
    try {
      await explained(options.path, async () => {
        log.attach();
        await log.write([]);
      });
    } catch (error) {
      log.detach();
      lock.release();
      throw error;
    }
    return log;
  }

  private readonly maxBytes: number;
  private readonly maxFiles: number;
  private readonly redact: Redact;
  private readonly tallied = new Tally((event) => this.append(event));
  private readonly pending: Pending[] = [];
  private preamble: readonly LogEvent[] = [];
  private known: ChainHead | undefined;
  private fd = -1;
  private inode = 0;
  private headFd = -1;
  private headInode = 0;
  private size = 0;
  /** The last line has no end yet. */
  private unterminated = false;
  private draining: Promise<void> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private trouble: string | undefined;
  private refused = 0;
  private closed = false;

  private constructor(private readonly options: AuditLogOptions, private readonly lock: FileLock) {
    this.maxBytes = options.maxBytes ?? 10 * 1024 * 1024;
    this.maxFiles = options.maxFiles ?? 10;
    const { redact = (text) => text } = options;
    this.redact = (text) => redactSecrets(redact(text));
  }

  public get healthy(): boolean {
    return this.problem === undefined;
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
    return new Promise((resolve, reject) => {
      this.pending.push({ event, resolve, reject });
      this.draining ??= this.drain();
    });
  }

  public tally(event: AuthEvent | InputEvent | CallEvent): void {
    this.tallied.add(event);
  }

  public async reopen(): Promise<void> {
    await this.idle();
    if (!this.closed) {
      this.draining = this.guarded(async () => {
        this.attach('signal');
        await this.write([]);
      });
      await this.draining;
    }
  }

  public async close(): Promise<void> {
    await this.tallied.close();
    await this.idle();
    this.closed = true;
    clearTimeout(this.retry);
    this.detach();
    this.lock.release();
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
    const message = `the audit log ${this.options.path} cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    if (this.trouble === undefined) {
      this.options.onProblem?.(message);
    }
    this.trouble = message;
    this.detach();
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
      this.attach();
      await this.write([{ type: 'recovered', reason: 'unavailable', refused }]);
      this.refused -= refused;
    });
    await this.draining;
  }

  private async write(events: readonly (AuditEvent | LogEvent)[]): Promise<void> {
    const { problem } = this.lock;
    if (problem !== undefined) {
      throw new Error(problem);
    }
    this.notice();
    let text = this.encode(events);
    if (text.text === '') {
      return;
    }
    // What has to be said of the end of a file is said in that file.
    const mayRotate = this.size > 0 && this.preamble.length === 0 && !this.unterminated;
    if (mayRotate && this.size + text.text.length > this.maxBytes) {
      this.rotate();
      text = this.encode(events);
    }
    await this.put(text.text);
    if (fstatSync(this.fd).nlink === 0) {
      // Deleted between the look and the write: these records went with it, and are written again.
      this.known = text.head;
      this.attach('missing');
      text = this.encode(events);
      await this.put(text.text);
    }
    this.known = text.head;
    this.preamble = [];
    this.unterminated = false;
    this.size += text.text.length;
    writeHead(this.headFd, text.head);
  }

  /** The paths must still lead to the files that are open, and no one else may have written to the log. */
  private notice(): void {
    this.noticeLog();
    if (lstatSync(headFile(this.options.path), { throwIfNoEntry: false })?.ino !== this.headInode) {
      this.takeHead();
    }
  }

  private noticeLog(): void {
    const found = lstatSync(this.options.path, { throwIfNoEntry: false });
    if (found === undefined) {
      this.attach('missing');
    } else if (found.ino !== this.inode) {
      this.attach('replaced');
    } else if (found.size < this.size) {
      this.attach('truncated');
    } else if (found.size > this.size) {
      this.attach();
    }
  }

  private encode(events: readonly (AuditEvent | LogEvent)[]): { readonly text: string; readonly head: ChainHead } {
    let head = this.known ?? { seq: 0, hash: CHAIN_START };
    let text = this.unterminated ? '\n' : '';
    const time = new Date();
    for (const event of [...this.preamble, ...events]) {
      const record = encodeRecord(event, head, time, this.redact);
      head = record.head;
      text += `${record.line}\n`;
    }
    return { text, head };
  }

  private async put(text: string): Promise<void> {
    try {
      const written = writeSync(this.fd, text, null, 'latin1');
      if (written < text.length) {
        throw new Error(`only ${written} of ${text.length} bytes could be written; free space on its disk`);
      }
      await datasync(this.fd);
    } catch (error) {
      try {
        ftruncateSync(this.fd, this.size);
      } catch {
        // What is left of the line is found, and told of, when the file is opened anew.
      }
      throw error;
    }
  }

  private rotate(): void {
    const previousFile = rotateAside(this.options.path, this.known?.seq ?? 0);
    this.detach();
    this.take(openLog(this.options.path), 0);
    syncFolder(this.options.path);
    this.preamble = [{ type: 'rotated', previousFile }];
    try {
      pruneRotated(this.options.path, this.maxFiles);
    } catch (error) {
      this.options.onProblem?.(`an old audit log could not be deleted: ${String(error)}`);
    }
  }

  private attach(reason?: Reason): void {
    this.detach();
    const attached = attach(this.options.path, this.known, reason);
    this.take(attached.fd, attached.size);
    this.known = attached.known;
    this.unterminated = attached.unterminated;
    this.preamble = attached.preamble;
  }

  private take(fd: number, size: number): void {
    this.fd = fd;
    this.size = size;
    this.inode = fstatSync(fd).ino;
    this.takeHead();
  }

  private takeHead(): void {
    this.headFd = closed(this.headFd);
    this.headFd = openHead(this.options.path);
    this.headInode = fstatSync(this.headFd).ino;
  }

  private detach(): void {
    this.fd = closed(this.fd);
    this.headFd = closed(this.headFd);
  }
}

/** Closes a descriptor, if it is one. @returns what stands for none */
function closed(fd: number): -1 {
  if (fd !== -1) {
    closeSync(fd);
  }
  return -1;
}

async function explained<T>(path: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw error instanceof NotOwnFile || errorCode(error) !== undefined ? cannotOpen(path, error) : error;
  }
}
