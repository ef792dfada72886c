import { hash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, Stats } from 'node:fs';
import { sep } from 'node:path';
import { compareText } from '../collections';

/** More files or bytes than this are not what an image is made from, but what an ignore file forgot. */
const MOST_FILES = 10_000;
const MOST_BYTES = 256 * 1024 * 1024;

/** Files and folders that a walk leaves out. */
export interface Filter {
  /** Whether a file counts; its path is relative to where the walk began. */
  takes(file: string): boolean;
  /** Which part of a folder counts: everything below it, nothing, or whatever each of its entries decides. */
  below(folder: string): 'all' | 'none' | 'ask';
}

/** Hashes of files by their real path: one file may belong to several contexts. */
export type KnownHashes = Map<string, string>;

const EVERYTHING: Filter = { takes: () => true, below: () => 'all' };

/**
 * Digest over the names and contents of a file or of all files of a folder, the same whatever made the checkout: line
 * ends, rights and times do not count. A link that is named itself is followed, as builders do; those below are known
 * by where they point.
 *
 * @param known hashes of files that were read before; what is read now is added.
 * @returns undefined when there is nothing, when it cannot be read, and when it is too large.
 */
export function contentDigest(
  root: string,
  filter: Filter = EVERYTHING,
  known: KnownHashes = new Map(),
): string | undefined {
  try {
    return new Walk(realpathSync(root), filter, known).digest();
  } catch {
    return undefined;
  }
}

class Walk {
  private readonly lines: string[] = [];
  private bytes = 0;

  constructor(private readonly root: string, private readonly filter: Filter, private readonly known: KnownHashes) {}

  public digest(): string {
    this.visit('');
    return `sha256:${hash('sha256', this.lines.sort(compareText).join(''), 'hex')}`;
  }

  private visit(path: string): void {
    const stats = lstatSync(this.at(path));
    if (stats.isDirectory()) {
      this.enter(path, this.filter);
    } else {
      this.count(stats.size);
      this.lines.push(`${JSON.stringify(path)} ${this.describe(path, stats)}\n`);
    }
  }

  /** Pipes and devices are not read: they might have no end. */
  private describe(path: string, stats: Stats): string {
    if (stats.isSymbolicLink()) { return `link ${JSON.stringify(readlinkSync(this.at(path)))}`; }
    return stats.isFile() ? this.hashOf(this.at(path)) : 'special';
  }

  private enter(folder: string, filter: Filter): void {
    for (const entry of readdirSync(this.at(folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isDirectory()) {
        if (filter.takes(path)) { this.visit(path); }
      } else {
        const below = filter.below(path);
        if (below !== 'none') { this.enter(path, below === 'all' ? EVERYTHING : filter); }
      }
    }
  }

  private count(size: number): void {
    this.bytes += size;
    if (this.lines.length >= MOST_FILES || this.bytes > MOST_BYTES) {
      throw new RangeError('too large');
    }
  }

  /** Joined by hand: it is done for every file, and there is nothing to normalise. */
  private at(path: string): string {
    return path === '' ? this.root : `${this.root}${sep}${path}`;
  }

  private hashOf(file: string): string {
    const found = this.known.get(file) ?? hashOfContent(readFileSync(file));
    this.known.set(file, found);
    return found;
  }
}

function hashOfContent(bytes: Buffer): string {
  const isConverted = bytes.includes('\r\n') && !bytes.includes(0);
  return hash(
    'sha256',
    isConverted ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : bytes,
    'hex',
  );
}
