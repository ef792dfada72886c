import { closeSync, fdatasync, fstatSync, ftruncateSync, lstatSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { attach, Reason } from './attach';
import { headFile, keptFiles, openHead, openLog, pruneRotated, rotateAside, syncFolder, writeHead } from './files';
import { ChainHead, encodeRecord } from './line';
import { AuditEvent, CHAIN_START, LogEvent } from './record';
import { Redact } from './text';

const datasync = promisify(fdatasync);

/** What a writer needs to know. */
export interface ChainWriterOptions {
  readonly path: string;
  readonly maxBytes: number;
  readonly maxFiles: number;
  readonly redact: Redact;
  /** Called with what was seen when someone else changed a file of the log while it was in use. */
  readonly onTampering: (message: string) => void;
  readonly onProblem: (message: string) => void;
}

/**
 * The files of a log that is written. After any failure the file is opened again and its end is read, so that there is
 * one way only to find out where the chain stands.
 */
export class ChainWriter {
  private preamble: readonly LogEvent[] = [];
  private known: ChainHead | undefined;
  private fd = -1;
  private inode = 0;
  private headFd = -1;
  private headInode = 0;
  private size = 0;
  /** The last line has no end yet. */
  private unterminated = false;
  /** A file was rotated, and the record of that is not written yet. */
  private pruneDue = false;

  constructor(private readonly options: ChainWriterOptions) {}

  /** Opens the files and finds out where the chain stands. @param reason why files that were in use are opened again */
  public attach(reason?: Reason): void {
    const { path } = this.options;
    this.detach();
    // The head first: a log without one looks as if someone had deleted it.
    this.openHead();
    const attached = attach(path, this.known, reason);
    this.take(attached.fd, attached.size);
    this.known = attached.known;
    this.unterminated = attached.unterminated;
    this.preamble = attached.preamble.map((event) =>
      event.type === 'rotated' ? this.rotated(event.previousFile) : event,
    );
    this.fillHead();
  }

  public detach(): void {
    this.fd = closed(this.fd);
    this.headFd = closed(this.headFd);
  }

  /** Writes records to disk, after records about the files themselves. */
  public async write(events: readonly (AuditEvent | LogEvent)[]): Promise<void> {
    this.notice();
    let text = this.encode(events);
    if (text.text === '') {
      return;
    }
    // Records about the end of a file go to that file.
    const mayRotate = this.size > 0 && this.preamble.length === 0 && !this.unterminated;
    if (mayRotate && this.size + text.text.length > this.options.maxBytes) {
      this.rotate();
      text = this.encode(events);
    }
    await this.put(text.text);
    if (fstatSync(this.fd).nlink === 0) {
      // Deleted between the look and the write: these records went with it, and are written again.
      this.known = text.head;
      this.reattach('missing');
      text = this.encode(events);
      await this.put(text.text);
    }
    this.known = text.head;
    this.preamble = [];
    this.unterminated = false;
    this.size += text.text.length;
    writeHead(this.headFd, text.head);
    this.prune();
  }

  /** The paths must still lead to the files that are open, and no one else may have written to the log. */
  private notice(): void {
    const { path, onTampering } = this.options;
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) {
      this.reattach('missing');
    } else if (found.ino !== this.inode) {
      this.reattach('replaced');
    } else if (found.size < this.size) {
      this.reattach('truncated');
    } else if (found.size > this.size) {
      this.reattach();
    }
    if (lstatSync(headFile(path), { throwIfNoEntry: false })?.ino !== this.headInode) {
      this.openHead();
      this.fillHead();
      const message = 'the head was deleted or replaced while the log was written';
      this.preamble = [
        ...this.preamble,
        { type: 'integrity', findings: [{ kind: 'head-missing', seq: this.seq, message }] },
      ];
      onTampering(message);
    }
  }

  /** Opens the files again after another program changed the log; the first record states it. */
  private reattach(reason?: Exclude<Reason, 'signal'>): void {
    this.attach(reason);
    this.options.onTampering(TAMPERING[reason ?? 'written']);
  }

  private get seq(): number {
    return this.known?.seq ?? 0;
  }

  private encode(events: readonly (AuditEvent | LogEvent)[]): { readonly text: string; readonly head: ChainHead } {
    let head = this.known ?? START;
    let text = this.unterminated ? '\n' : '';
    const time = new Date();
    for (const event of [...this.preamble, ...events]) {
      const record = encodeRecord(event, head, time, this.options.redact);
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
        // What is left of the line is found, and reported, when the file is opened again.
      }
      throw error;
    }
  }

  private rotate(): void {
    const { path } = this.options;
    const previousFile = rotateAside(path, this.seq);
    this.fd = closed(this.fd);
    this.take(openLog(path), 0);
    syncFolder(path);
    this.preamble = [this.rotated(previousFile)];
  }

  private rotated(previousFile: string): LogEvent {
    this.pruneDue = true;
    const [oldest] = keptFiles(this.options.path, this.options.maxFiles);
    return { type: 'rotated', previousFile, ...(oldest === undefined ? {} : { oldestFile: basename(oldest) }) };
  }

  private prune(): void {
    if (!this.pruneDue) {
      return;
    }
    this.pruneDue = false;
    try {
      pruneRotated(this.options.path, this.options.maxFiles);
    } catch (error) {
      this.options.onProblem(`an old audit log could not be deleted: ${String(error)}`);
    }
  }

  private take(fd: number, size: number): void {
    this.fd = fd;
    this.size = size;
    this.inode = fstatSync(fd).ino;
  }

  private openHead(): void {
    this.headFd = closed(this.headFd);
    this.headFd = openHead(this.options.path);
    this.headInode = fstatSync(this.headFd).ino;
  }

  private fillHead(): void {
    if (fstatSync(this.headFd).size === 0) {
      writeHead(this.headFd, this.known ?? START);
    }
  }
}

const START: ChainHead = { seq: 0, hash: CHAIN_START };

const TAMPERING = {
  missing: 'the log was deleted or moved while it was written; send SIGHUP after moving it',
  replaced: 'the log was replaced by another file while it was written',
  truncated: 'the log was cut off while it was written',
  written: 'another program wrote to the log',
} as const;

/** Closes a descriptor, if it is one. @returns the value for no descriptor */
function closed(fd: number): -1 {
  if (fd !== -1) {
    closeSync(fd);
  }
  return -1;
}
