import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docxEntries, zip } from './documents';
import { ImageBench } from './harness';
import { picture } from './pictures';

let bench: ImageBench;
let document: Buffer;

beforeAll(async () => {
  bench = await ImageBench.create();
  document = Buffer.from(zip(docxEntries(await picture('png'), await picture('jpeg'))));
});

afterAll(async () => bench.dispose());

interface CentralEntry {
  readonly at: number;
  readonly end: number;
  readonly name: string;
}

const END_BYTES = 22;

/** The list of entries at the end of an archive. */
function centralEntries(archive: Buffer): CentralEntry[] {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const entries: CentralEntry[] = [];
  for (let at = archive.readUInt32LE(end + 16); at < end;) {
    const lengths = [28, 30, 32].map((field) => archive.readUInt16LE(at + field));
    const next = at + 46 + lengths.reduce((sum, length) => sum + length, 0);
    entries.push({ at, end: next, name: archive.toString('utf8', at + 46, at + 46 + lengths[0]!) });
    at = next;
  }
  return entries;
}

/** Writes the list of entries again, with the end that goes with it. */
function withEntries(archive: Buffer, entries: readonly Buffer[]): Buffer {
  const start = centralEntries(archive)[0]!.at;
  const list = Buffer.concat(entries);
  const end = Buffer.from(archive.subarray(archive.length - END_BYTES));
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([archive.subarray(0, start), list, end]);
}

function listOf(archive: Buffer): Buffer[] {
  return centralEntries(archive).map(({ at, end }) => Buffer.from(archive.subarray(at, end)));
}

async function refusal(archive: Buffer): Promise<string> {
  await bench.write('x.docx', archive);
  return bench.list({ path: 'x.docx' }).then(
    ({ images }) => `read: ${images.length} images`,
    (error: Error) => error.message,
  );
}

describe('an archive', () => {
  test('is read when each entry has a name and bytes of its own', async () => {
    expect(await refusal(withEntries(document, listOf(document)))).toBe('read: 4 images');
    // whatever their order
    expect(await refusal(withEntries(document, listOf(document).reverse()))).toBe('read: 4 images');
  });

  test('is refused when an entry is named twice', async () => {
    const entries = listOf(document);
    expect(await refusal(withEntries(document, [...entries, entries[0]!]))).toBe(
      'the archive has two entries with one name',
    );
  });

  test.each(['WORD/MEDIA/IMAGE1.PNG', 'Word/media/image1.png'])(
    'is refused when readers may take one name, %s, for another',
    async (name) => {
      const entries = zip({ 'word/media/image1.png': await picture('png'), [name]: 'x' });
      expect(await refusal(Buffer.from(entries))).toBe('the archive has two entries with one name');
    },
  );

  test('is refused when entries share their bytes', async () => {
    const entries = listOf(document);
    const copy = Buffer.from(entries[0]!);
    copy.write('y', 46);
    expect(await refusal(withEntries(document, [...entries, copy]))).toBe('the archive has entries that overlap');
  });

  test('is refused when an entry reaches into the central directory', async () => {
    const entries = listOf(document);
    const last = entries.reduce((a, b) => (a.readUInt32LE(42) > b.readUInt32LE(42) ? a : b));
    // sizes of a stored entry agree, so that nothing but its place is wrong
    const longer = last.readUInt32LE(20) + 1;
    last.writeUInt16LE(0, 10);
    last.writeUInt32LE(longer, 20);
    last.writeUInt32LE(longer, 24);
    expect(await refusal(withEntries(document, entries))).toBe(
      'the archive has an entry that overlaps its central directory',
    );
  });

  test('is refused when an entry lies within another', async () => {
    const entries = listOf(document);
    const first = entries[0]!;
    const inside = Buffer.from(first);
    inside.write('y', 46);
    inside.writeUInt32LE(first.readUInt32LE(42) + 5, 42);
    expect(await refusal(withEntries(document, [...entries, inside]))).toBe('the archive has entries that overlap');
  });
});
