import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, readlinkSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who holds the lock; enough to tell, from the same or another container, whether it still runs. */
interface Owner {
  readonly token: string;
  readonly pid: number;
  /** Ticks since boot: tells a process from a later one with the same number. */
  readonly startTicks?: string;
  /** Boot and process-number space in which `pid` means something. */
  readonly space?: string;
}

const BEAT_MS = 500;
/** A holder in another container or on another host is dead when it did not beat for this long. */
const SILENT_MS = 3_000;

/**
 * One writer for a log. Node has no flock, so this is a lock file made with O_EXCL. A holder that can be looked up (same boot, same
 * process-number space) is judged by its process, at once; any other by its heartbeat, of which only changes count, so clocks that differ do not
 * matter. Whoever finds its lock gone stops writing.
 */
export class FileLock {
  /** @throws when another process holds it and keeps it for `waitMs` */
  public static async acquire(path: string, waitMs: number): Promise<FileLock> {
    const owner: Owner = { token: randomBytes(12).toString('hex'), pid: process.pid, startTicks: startTicks(process.pid), space: pidSpace() };
    const giveUpAt = performance.now() + Math.max(0, waitMs);
    let watched: { readonly beat: string; readonly since: number } | undefined;
    for (;;) {
      if (create(path, owner)) {
        return new FileLock(path, owner);
      }
      const held = look(path);
      if (held === undefined) {
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
  private lost = false;
  private beatAt = performance.now();

  private constructor(private readonly path: string, private readonly owner: Owner) {
    this.timer = setInterval(() => this.beat(), BEAT_MS);
    this.timer.unref();
  }

  /** False once another process took the lock. */
  public get held(): boolean {
    // A process that was stopped for a while looks before it writes again.
    if (!this.lost && performance.now() - this.beatAt > 2 * BEAT_MS) {
      this.beat();
    }
    return !this.lost;
  }

  public release(): void {
    clearInterval(this.timer);
    this.lost = true;
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
      // A lock that somebody deleted is made again, unless another process was faster.
      if (!this.own() && !create(this.path, this.owner)) {
        this.lost = true;
        clearInterval(this.timer);
        return;
      }
      const now = new Date();
      utimesSync(this.path, now, now);
    } catch {
      // A disk that is full or gone shows itself in the log; the next beat looks again.
    }
  }

  private own(): boolean {
    try {
      return parseOwner(readFileSync(this.path, 'utf8'))?.token === this.owner.token;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return false;
      }
      throw error;
    }
  }
}

function create(path: string, owner: Owner): boolean {
  let fd: number;
  try {
    fd = openSync(path, 'wx', 0o640);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
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

function look(path: string): { readonly text: string; readonly owner: Owner | undefined; readonly beat: string } | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const { mtimeMs, ino } = statSync(path);
    return { text, owner: parseOwner(text), beat: `${ino} ${mtimeMs} ${text}` };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
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

/** @returns undefined when that cannot be told from here */
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
    if (readFileSync(path, 'utf8') !== judged) {
      return;
    }
    renameSync(path, aside);
    const moved = readFileSync(aside, 'utf8');
    if (moved === judged) {
      unlinkSync(aside);
    } else {
      renameSync(aside, path);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
  }
}

function heldError(path: string, owner: Owner | undefined): Error {
  const who = owner === undefined ? 'another process' : `process ${owner.pid}${owner.space === pidSpace() ? '' : ' of another container or host'}`;
  return new Error(
    `the audit log is in use by ${who} (${path}); one log has one writer: end that process, or give this gateway an audit path of its own`,
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
