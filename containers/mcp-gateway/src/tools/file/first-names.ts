import { FolderEntry } from '../../workspace';

/** Names that are sorted in one go: some milliseconds of work. */
const BATCH = 2048;

/** What an entry takes beside its name. */
const ENTRY_BYTES = 64;

/** Keeps the first names of a folder in their order, as many as fit into a number of bytes and of entries. */
export class FirstNames {
  private kept: FolderEntry[] = [];
  private batch: FolderEntry[] = [];
  private bytes = 0;
  private cut = false;

  constructor(private readonly maxBytes: number, private readonly maxEntries = Infinity) {}

  /** False for a name behind those that fit. */
  public mayTake(name: string): boolean {
    return !this.cut || name < this.kept[this.kept.length - 1].name;
  }

  public add(entry: FolderEntry): void {
    if (!this.mayTake(entry.name)) {
      return;
    }
    this.batch.push(entry);
    if (this.batch.length >= Math.min(BATCH, this.maxEntries)) {
      this.merge();
    }
  }

  /** Returns the names in order. `cut` means that the folder has more. */
  public sorted(): { readonly entries: FolderEntry[]; readonly bytes: number; readonly cut: boolean } {
    this.merge();
    return { entries: this.kept, bytes: this.bytes, cut: this.cut };
  }

  private merge(): void {
    const batch = this.batch.sort((a, b) => (a.name < b.name ? -1 : 1));
    const merged: FolderEntry[] = [];
    let next = 0;
    for (const entry of this.kept) {
      while (next < batch.length && batch[next].name < entry.name) {
        merged.push(batch[next]);
        next += 1;
      }
      merged.push(entry);
    }
    this.kept = merged.concat(batch.slice(next));
    this.bytes += batch.reduce((sum, entry) => sum + costOf(entry), 0);
    this.batch = [];
    while ((this.bytes > this.maxBytes || this.kept.length > this.maxEntries) && this.kept.length > 1) {
      this.bytes -= costOf(this.kept.pop());
      this.cut = true;
    }
  }
}

/** Bytes of memory that an entry takes, about. */
export function costOf(entry: FolderEntry | undefined): number {
  return entry === undefined ? 0 : ENTRY_BYTES + Buffer.byteLength(entry.name);
}
