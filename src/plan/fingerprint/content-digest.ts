import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, Stats } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../order';

/** More files or bytes than this are not what an image is made from, but what an ignore file forgot. */
const MOST_FILES = 10_000;
const MOST_BYTES = 256 * 1024 * 1024;

/** What a walk leaves out. */
export interface Filter {
  /** Whether a file counts; its path is relative to where the walk began. */
  takes(file: string): boolean;
  /** Whether a folder may hold files that count. */
  enters(folder: string): boolean;
}

const EVERYTHING: Filter = { takes: () => true, enters: () => true };

/**
 * Digest over the names and contents of a file or of all files of a folder, the same whatever made the checkout: line ends, rights and
 * times do not count. A link that is named itself is followed, as builders do; those below are known by where they point.
 *
 * @returns undefined when there is nothing, when it cannot be read, and when it is too large.
 */
export function contentDigest(root: string, filter: Filter = EVERYTHING): string | undefined {
  try {
    return new Walk(realpathSync(root), filter).digest();
  } catch {
    return undefined;
  }
}

class Walk {
  private readonly lines: string[] = [];
  private bytes = 0;

  constructor(private readonly root: string, private readonly filter: Filter) {}

  public digest(): string {
    this.visit('');
    return `sha256:${createHash('sha256').update(this.lines.sort(compareText).join('')).digest('hex')}`;
  }

  private visit(path: string): void {
    const stats = lstatSync(join(this.root, path));
    if (stats.isDirectory()) {
      this.enter(path);
    } else {
      this.count(stats.size);
      this.lines.push(`${JSON.stringify(path)} ${this.describe(path, stats)}\n`);
    }
  }

  /** Pipes and devices are not read: they might have no end. */
  private describe(path: string, stats: Stats): string {
    if (stats.isSymbolicLink()) return `link ${JSON.stringify(readlinkSync(join(this.root, path)))}`;
    return stats.isFile() ? this.hash(path) : 'special';
  }

  private enter(folder: string): void {
    for (const entry of readdirSync(join(this.root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isDirectory()) {
        if (this.filter.takes(path)) this.visit(path);
      } else if (this.filter.enters(path)) {
        this.enter(path);
      }
    }
  }

  private count(size: number): void {
    this.bytes += size;
    if (this.lines.length >= MOST_FILES || this.bytes > MOST_BYTES) {
      throw new RangeError('too large');
    }
  }

  private hash(path: string): string {
    const bytes = readFileSync(join(this.root, path));
    const hash = createHash('sha256');
    const isText = !bytes.includes(0);
    return (isText ? hash.update(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : hash.update(bytes)).digest('hex');
  }
}
