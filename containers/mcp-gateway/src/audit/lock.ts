/* eslint-disable no-bitwise -- the flags of open(2) are bits */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  lutimesSync,
  readFileSync,
  readlinkSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, NotOwnFile, openOwn, readOwn, SmallFile } from './own-file';

/** The holder of the lock; enough to find out, from this or another container, whether it still runs. */
interface Owner {
  readonly token: string;
  readonly pid: number;
  /** Ticks since boot: distinguishes a process from a later one with the same number. */
  readonly startTicks?: string;
  /** Boot and process-number space in which `pid` means something. */
  readonly space?: string;
}

const BEAT_MS = 500;
/** A holder in another container or on another host is dead when it did not beat for this long. */
const SILENT_MS = 3_000;
/** An owner is far shorter. */
const MAX_LOCK_BYTES = 4096;

/**
 * One writer for a log. Node has no flock, so this is a lock file made with O_EXCL. A holder that can be looked up
 * (same boot, same process-number space) is judged by its process, at once; any other by its heartbeat, of which only
 * changes count, so clocks that differ do not matter. A process that finds its lock gone stops writing.
 */
export class FileLock {
  /** @throws when another process holds it and keeps it for `waitMs` */
  public static async acquire(path: string, waitMs: number): Promise<FileLock> {
    const owner: Owner = {
      token: randomBytes(12).toString('hex'),
      pid: process.pid,
      startTicks: startTicks(process.pid),
      space: pidSpace(),
    };
    const giveUpAt = performance.now() + Math.max(0, waitMs);
    let watched: { readonly beat: string; readonly since: number } | undefined;
    for (;;) {
      if (create(path, owner)) {
        return new FileLock(path, owner);
      }
      const held = look(path);
      if (held === undefined) {
        // It was released in between.
        await sleep(1);
        continue;
      }
      const now = performance.now();
      if (watched?.beat !== held.beat) {
        if (watched !== undefined && now >= giveUpAt) {
          throw heldError(path, held.owner);
        }
        watched = { beat: held.beat, since: now };
      }
      const alive = processAlive(held.owner, owner.space);
      if (alive === false || (alive === undefined && now - watched.since > SILENT_MS)) {
        takeAway(path, held.text);
        continue;
      }
      if (alive === true && now >= giveUpAt) {
        throw heldError(path, held.owner);
      }
      await sleep(50);
    }
  }

  private readonly timer: NodeJS.Timeout;
  private lost: string | undefined;
  /** It was released, or another process took it: it is not looked at again. */
  private ended = false;
  private beatAt = performance.now();

  private constructor(private readonly path: string, private readonly owner: Owner) {
    this.timer = setInterval(() => this.beat(), BEAT_MS);
    this.timer.unref();
  }

  /** Why the log must not be written: another process took the lock, or its path holds something else. */
  public get problem(): string | undefined {
    // A process that was stopped for a while looks before it writes again.
    if (!this.ended && performance.now() - this.beatAt > 2 * BEAT_MS) {
      this.beat();
    }
    return this.lost;
  }

  public release(): void {
    this.end('the lock was released');
    try {
      if (this.own()) {
        unlinkSync(this.path);
      }
    } catch {
      // What is left behind is found to be stale by the next one.
    }
  }

  private beat(): void {
    this.beatAt = performance.now();
    try {
      // A deleted lock is made again, unless another process was faster.
      if (!this.own() && !create(this.path, this.owner)) {
        this.end(TAKEN);
        return;
      }
      const now = new Date();
      lutimesSync(this.path, now, now);
      this.lost = undefined;
    } catch (error) {
      // A disk that is full or gone shows itself in the log; the next beat looks again.
      if (error instanceof NotOwnFile) {
        this.lost = `the lock was replaced: ${error.message}`;
      }
    }
  }

  private end(reason: string): void {
    this.ended = true;
    this.lost = reason;
    clearInterval(this.timer);
  }

  private own(): boolean {
    return parseOwner(read(this.path)?.text ?? '')?.token === this.owner.token;
  }
}

const TAKEN =
  'another process took the audit log over; end one of the two, or give this gateway an audit path of its own';

function create(path: string, owner: Owner): boolean {
  let fd: number;
  try {
    fd = openOwn(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      return false;
    }
    throw error;
  }
  try {
    writeFileSync(fd, JSON.stringify(owner));
  } catch (error) {
    unlinkSync(path);
    throw error;
  } finally {
    closeSync(fd);
  }
  return true;
}

/** @throws NotOwnFile when something else than a lock file is there */
function look(
  path: string,
): { readonly text: string; readonly owner: Owner | undefined; readonly beat: string } | undefined {
  const found = read(path);
  return (
    found && {
      text: found.text,
      owner: parseOwner(found.text),
      beat: `${found.stats.ino} ${found.stats.mtimeMs} ${found.text}`,
    }
  );
}

/** @returns undefined when there is no file */
function read(path: string): SmallFile | undefined {
  try {
    return readOwn(path, MAX_LOCK_BYTES);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Owner;
    return typeof owner.pid === 'number' ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** @returns undefined when that cannot be determined from here */
function processAlive(owner: Owner | undefined, space: string | undefined): boolean | undefined {
  if (owner?.space === undefined || owner.space !== space || owner.startTicks === undefined) {
    return undefined;
  }
  return startTicks(owner.pid) === owner.startTicks;
}

/** Two that find the same dead holder must not both win: only the one whose rename moved what it judged goes on. */
function takeAway(path: string, judged: string): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    if (read(path)?.text !== judged) {
      return;
    }
    renameSync(path, aside);
    if (read(aside)?.text === judged) {
      unlinkSync(aside);
    } else {
      renameSync(aside, path);
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') {
      throw error;
    }
  }
}

function heldError(path: string, owner: Owner | undefined): Error {
  const who =
    owner === undefined
      ? 'another process'
      : `process ${owner.pid}${owner.space === pidSpace() ? '' : ' of another container or host'}`;
  return new Error(
    `the audit log is in use by ${who} (${path}); one log has one writer: end that process, or give this gateway an ` +
    'audit path of its own',
  );
}

function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name and may hold blanks and parentheses; the 22nd is the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function pidSpace(): string | undefined {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}
