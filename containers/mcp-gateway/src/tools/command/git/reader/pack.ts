import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Types of objects in a pack. */
const TYPES = { commit: 1, tree: 2, blob: 3, tag: 4 } as const;

export type ObjectType = keyof typeof TYPES;

/** How a repository hashes its objects. */
export type ObjectFormat = 'sha1' | 'sha256';

/** Bytes of content a deflate block without compression can hold. */
const MAX_STORED_BYTES = 0xffff;

/** Room for the type and a size below 2^32. */
const MAX_HEADER_BYTES = 5;

interface PackedObject {
  readonly id: Buffer;
  readonly crc: number;
  readonly offset: number;
}

/**
 * Packs objects, uncompressed, by `gitformat-pack(5)`: version 2 of packs and of indexes. Setting up one of Node's
 * compressors takes many times longer than copying a small object.
 */
export class Pack {
  /** Bytes so far. */
  public size = 12;
  private readonly parts: Buffer[] = [];
  private readonly objects: PackedObject[] = [];

  constructor(private readonly format: ObjectFormat) {}

  public get isEmpty(): boolean {
    return this.objects.length === 0;
  }

  public add(id: string, type: ObjectType, content: Uint8Array): void {
    const entry = entryOf(type, content);
    this.objects.push({ id: Buffer.from(id, 'hex'), crc: crc32(entry), offset: this.size });
    this.parts.push(entry);
    this.size += entry.length;
  }

  /** The bytes of the pack and of its index. */
  public finish(): { readonly pack: Buffer; readonly index: Buffer } {
    const header = Buffer.concat([Buffer.from('PACK'), numbers([2, this.objects.length])]);
    const pack = sealed([header, ...this.parts], this.format);
    const objects = this.objects.sort((a, b) => a.id.compare(b.id));
    const upTo = new Array<number>(256).fill(0);
    for (const { id } of objects) {
      upTo[id[0]] += 1;
    }
    for (let byte = 1; byte < 256; byte += 1) {
      upTo[byte] += upTo[byte - 1];
    }
    const index = sealed([
      Buffer.from([0xff, 0x74, 0x4f, 0x63]),
      numbers([2, ...upTo]),
      ...objects.map(({ id }) => id),
      numbers(objects.map(({ crc }) => crc)),
      numbers(objects.map(({ offset }) => offset)),
      pack.subarray(-hashBytes(this.format)),
    ], this.format);
    return { pack, index };
  }
}

export function hashBytes(format: ObjectFormat): number {
  return format === 'sha1' ? 20 : 32;
}

function sealed(parts: readonly Buffer[], format: ObjectFormat): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([content, createHash(format).update(content).digest()]);
}

function numbers(values: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(4 * values.length);
  values.forEach((value, index) => buffer.writeUInt32BE(value, 4 * index));
  return buffer;
}

/** Type and size, then a zlib stream of blocks that are not compressed. */
function entryOf(type: ObjectType, content: Uint8Array): Buffer {
  const blocks = Math.max(1, Math.ceil(content.length / MAX_STORED_BYTES));
  const entry = Buffer.allocUnsafe(MAX_HEADER_BYTES + 2 + blocks * 5 + content.length + 4);
  // Four bits of the size in the first byte, seven in each that follows.
  let at = entry.writeUInt8(TYPES[type] * 16 + (content.length % 16));
  for (let rest = Math.floor(content.length / 16); rest > 0; rest = Math.floor(rest / 128)) {
    entry[at - 1] += 128;
    at = entry.writeUInt8(rest % 128, at);
  }
  at = entry.writeUInt16BE(0x7801, at);
  for (let block = 0; block < blocks; block += 1) {
    const part = content.subarray(block * MAX_STORED_BYTES, (block + 1) * MAX_STORED_BYTES);
    at = entry.writeUInt8(block === blocks - 1 ? 1 : 0, at);
    at = entry.writeUInt16LE(part.length, at);
    at = entry.writeUInt16LE(0xffff - part.length, at);
    entry.set(part, at);
    at += part.length;
  }
  return entry.subarray(0, entry.writeUInt32BE(adler32(content), at));
}

const ADLER_MODULUS = 65521;

/** Bytes after which the sums must be reduced to stay exact in 32 bits. */
const ADLER_BYTES = 3800;

function adler32(content: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let at = 0; at < content.length;) {
    const end = Math.min(at + ADLER_BYTES, content.length);
    for (; at < end; at += 1) {
      low += content[at];
      high += low;
    }
    low %= ADLER_MODULUS;
    high %= ADLER_MODULUS;
  }
  return high * 65536 + low;
}
