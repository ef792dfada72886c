import { Readable } from 'node:stream';
import { Entry, fromBufferPromise, getFileNameLowLevel, parseExtraFields, validateFileName, ZipFile } from 'yauzl';
import { DocumentProblem } from '../document';
import { LIMITS } from '../limits';

/** A zip archive as a map from names to bytes. Sizes are judged before anything is inflated. */
export class Archive {
  /** @throws DocumentProblem when it is no archive, damaged, or larger inside than any document is */
  public static async open(bytes: Buffer): Promise<Archive> {
    try {
      // Names are decoded here: yauzl would give up on the whole archive at the first name it does not like.
      const zip = await fromBufferPromise(bytes, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true });
      if (zip.entryCount > LIMITS.archiveEntries) {
        throw new DocumentProblem(
          `the archive has ${zip.entryCount} entries; at most ${LIMITS.archiveEntries} are read`,
        );
      }
      // Where the central directory begins. The types have it as a boolean, wrongly.
      const directory = Number(zip.readEntryCursor);
      const all: Entry[] = [];
      for await (const entry of zip.eachEntry()) {
        all.push(entry);
      }
      refuseDuplicates(all);
      refuseOverlaps(bytes, all, directory);
      const named = all.map((entry) => [safeName(entry), entry] as const);
      return new Archive(zip, new Map(named.filter((pair): pair is readonly [string, Entry] => pair[0] !== undefined)));
    } catch (error) {
      throw asProblem(error);
    }
  }

  private inflated = 0;

  private constructor(private readonly zip: ZipFile, private readonly entries: ReadonlyMap<string, Entry>) {}

  public get names(): IterableIterator<string> {
    return this.entries.keys();
  }

  public has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Bytes once inflated, as the archive claims; reading more than that fails. */
  public size(name: string): number {
    return this.entry(name).uncompressedSize;
  }

  /** @throws DocumentProblem when it is missing, damaged or too large */
  public async read(name: string, most: number): Promise<Buffer> {
    const entry = this.entry(name);
    if (entry.uncompressedSize > most) {
      throw new DocumentProblem(`a part of the archive has ${entry.uncompressedSize} bytes; at most ${most} are read`);
    }
    return this.inflate(entry, entry.uncompressedSize);
  }

  /** The first bytes of an entry; the rest is not inflated. */
  public async head(name: string, most: number): Promise<Buffer> {
    const entry = this.entry(name);
    return this.inflate(entry, Math.min(most, entry.uncompressedSize));
  }

  private entry(name: string): Entry {
    const entry = this.entries.get(name);
    if (entry === undefined) {
      throw new DocumentProblem('a part that the document names is missing');
    }
    return entry;
  }

  private async inflate(entry: Entry, most: number): Promise<Buffer> {
    if (
      entry.uncompressedSize > LIMITS.ratioFreeBytes &&
      entry.uncompressedSize > entry.compressedSize * LIMITS.inflationRatio
    ) {
      throw new DocumentProblem(
        `a part of the archive claims to grow more than ${LIMITS.inflationRatio} times when inflated`,
      );
    }
    if (this.inflated + most > LIMITS.inflatedBytes) {
      throw new DocumentProblem(`the parts of the archive have more than ${LIMITS.inflatedBytes} bytes together`);
    }
    this.inflated += most;
    try {
      return await firstBytes(await this.zip.openReadStreamPromise(entry), most);
    } catch (error) {
      throw asProblem(error);
    }
  }
}

async function firstBytes(stream: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let filled = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    filled += chunk.length;
    if (filled >= most) {
      break;
    }
  }
  return Buffer.concat(chunks).subarray(0, most);
}

/** Readers differ in which of two entries they take, so one of them would show what another did not see. */
function refuseDuplicates(entries: readonly Entry[]): void {
  const names = new Set<string>();
  for (const entry of entries) {
    // as office formats and EPUB compare names
    const name = nameOf(entry).normalize('NFC').toLowerCase();
    if (names.has(name)) {
      throw new DocumentProblem('the archive has two entries with one name');
    }
    names.add(name);
  }
}

const LOCAL_HEADER_BYTES = 30;

/**
 * Refuses bytes that belong to two entries, or to an entry and the central directory: they let a small archive grow
 * beyond all limits, and hide one entry in another.
 */
function refuseOverlaps(bytes: Buffer, entries: readonly Entry[], directory: number): void {
  let end = 0;
  const inOrder = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const { relativeOffsetOfLocalHeader: start, compressedSize } of inOrder) {
    if (start < end) {
      throw new DocumentProblem('the archive has entries that overlap');
    }
    // an entry whose header is cut off has no bytes, and fails when it is read
    const isWhole = start + LOCAL_HEADER_BYTES <= bytes.length;
    end =
      start +
      LOCAL_HEADER_BYTES +
      (isWhole ? bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28) : 0) +
      compressedSize;
    if (isWhole && end > directory) {
      throw new DocumentProblem('the archive has an entry that overlaps its central directory');
    }
  }
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileNameRaw,
    parseExtraFields(entry.extraFieldRaw),
    false,
  );
}

const SYMBOLIC_LINK = 0o12;

/** The name of an entry that is a plain file inside the archive; undefined for what is ignored. */
function safeName(entry: Entry): string | undefined {
  // The upper half holds the Unix mode, whose highest four bits are the kind of file.
  const kind = Math.floor(entry.externalFileAttributes / 0x1000_0000) % 0x10;
  if (kind === SYMBOLIC_LINK || entry.isEncrypted()) {
    return undefined;
  }
  const name = nameOf(entry);
  return name.endsWith('/') || name.includes('\0') || validateFileName(name) !== null ? undefined : name;
}

function asProblem(error: unknown): DocumentProblem {
  return error instanceof DocumentProblem ? error : new DocumentProblem('the archive is damaged or cut short');
}
