import { createHash, hash } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzlibSync } from 'fflate';
import { hashBytes, ObjectFormat, ObjectType, Pack } from './pack';
import { ShadowFolder } from './shadow-folder';
import { SyncFile, SyncFolder } from '../../../../workspace/sync-folder';
import { ToolFailure } from '../../../tool';

/** Limits for all loose objects of a repository. */
const MAX_OBJECTS = 150_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** A larger file is linked: it costs a descriptor instead of a copy. */
const MAX_COPIED_BYTES = 4096;

/** What such a file may unpack to. */
const MAX_UNPACKED_BYTES = 256 * 1024;

/** Memory that a pack in the making takes. */
const MAX_PACK_BYTES = 8 * 1024 * 1024;

/** A folder that changed less than this ago may change again within the same tick of its clock. */
const SETTLED_MS = 2000;

const DIGITS = [...'0123456789abcdef'];

/** What became of the objects whose ids begin with one digit. */
interface Group {
  readonly packs: number;
  readonly objects: number;
  readonly bytes: number;
  /** Those that are linked, as `ab/cdef...`. */
  readonly linked: readonly string[];
}

/**
 * Copies loose objects into packs of our own. A descriptor for each would be too many, and a file for each would take a
 * page of memory in a temporary folder that is memory.
 *
 * Packs, one for each first digit, are kept until something is added to or removed from the folders that they were made
 * from. A call that runs out of time leaves what it has done to the next one.
 */
export class LooseObjects {
  private readonly buffer = Buffer.allocUnsafe(MAX_COPIED_BYTES);
  private readonly unpacked = new Uint8Array(MAX_UNPACKED_BYTES);
  private readonly used = new Set<string>();
  private readonly names: RegExp;
  private objects = 0;
  private bytes = 0;

  constructor(
    private readonly folder: SyncFolder,
    private readonly shadow: ShadowFolder,
    private readonly format: ObjectFormat,
    private readonly cache: string,
  ) {
    this.names = new RegExp(`^[0-9a-f]{${2 * hashBytes(format) - 2}}$`);
  }

  /** @throws ToolFailure for too many objects, and for what is not a plain file with one hard link */
  public copy(): void {
    for (const digit of DIGITS) {
      const folders = new Map<string, SyncFolder>();
      try {
        for (const name of DIGITS.map((second) => digit + second)) {
          const folder = this.folder.openFolder(name);
          if (folder !== undefined) {
            folders.set(name, folder);
          }
        }
        if (folders.size > 0) {
          this.copyGroup(digit, folders);
        }
      } finally {
        folders.forEach((folder) => folder.close());
      }
    }
    this.clean();
  }

  private copyGroup(digit: string, folders: ReadonlyMap<string, SyncFolder>): void {
    const key = this.keyOf(folders);
    let group = key === undefined ? undefined : this.take(digit, key);
    if (group === undefined) {
      group = this.pack(digit, folders);
      if (key !== undefined && this.keyOf(folders) === key) {
        this.keep(digit, key, group);
      }
    } else {
      this.count(group.objects, group.bytes);
    }
    for (const path of group.linked) {
      const file = folders.get(path.slice(0, 2))?.openFile(path.slice(3));
      if (file !== undefined) {
        this.shadow.link(`objects/${path}`, file);
      }
    }
  }

  private pack(digit: string, folders: ReadonlyMap<string, SyncFolder>): Group {
    const linked: string[] = [];
    const before = { objects: this.objects, bytes: this.bytes };
    let packs = 0;
    let pack = new Pack(this.format);
    const finish = (): void => {
      if (!pack.isEmpty) {
        const { pack: content, index } = pack.finish();
        this.shadow.write(packFile(digit, packs, 'pack'), content);
        this.shadow.write(packFile(digit, packs, 'idx'), index);
        packs += 1;
        pack = new Pack(this.format);
      }
    };
    for (const [prefix, folder] of folders) {
      for (const { name } of folder.entries()) {
        this.count(1, 0);
        const file = this.names.test(name) ? folder.openFile(name) : undefined;
        if (file === undefined) {
          continue;
        }
        const object = this.unpack(file, prefix + name);
        if (object === undefined) {
          linked.push(`${prefix}/${name}`);
          continue;
        }
        this.count(0, object.content.length);
        pack.add(prefix + name, object.type, object.content);
        if (pack.size > MAX_PACK_BYTES) {
          finish();
        }
      }
    }
    finish();
    return { packs, objects: this.objects - before.objects, bytes: this.bytes - before.bytes, linked };
  }

  private count(objects: number, bytes: number): void {
    this.objects += objects;
    this.bytes += bytes;
    if (this.objects > MAX_OBJECTS) {
      throw new ToolFailure(`the repository has more than ${MAX_OBJECTS} loose objects; run git gc in it`);
    }
    if (this.bytes > MAX_BYTES) {
      throw new ToolFailure(`the repository has loose objects of more than ${MAX_BYTES} bytes; run git gc in it`);
    }
  }

  /** @returns undefined for an object that is large or does not match its name: git decides */
  private unpack(file: SyncFile, id: string): { readonly type: ObjectType; readonly content: Uint8Array } | undefined {
    try {
      if (file.size > MAX_COPIED_BYTES) {
        return undefined;
      }
      const length = file.read(this.buffer.subarray(0, file.size));
      const object = unzlibSync(this.buffer.subarray(0, length), { out: this.unpacked });
      if (hash(this.format, object, 'hex') !== id) {
        return undefined;
      }
      const end = object.indexOf(0);
      const header = Buffer.from(object.subarray(0, end)).toString('latin1');
      const [, type] = /^(commit|tree|blob|tag) \d+$/.exec(header) ?? [];
      return type === undefined ? undefined : { type: type as ObjectType, content: object.subarray(end + 1) };
    } catch {
      return undefined;
    } finally {
      file.close();
    }
  }

  /** What changes with every name in the folders; undefined when one has changed only now. */
  private keyOf(folders: ReadonlyMap<string, SyncFolder>): string | undefined {
    const key = createHash('sha256').update(this.format);
    for (const [name, folder] of folders) {
      const { dev, ino, mtimeMs, mtimeNs, ctimeNs } = folder.stats();
      if (Number(mtimeMs) > Date.now() - SETTLED_MS) {
        return undefined;
      }
      key.update(` ${name} ${dev} ${ino} ${mtimeNs} ${ctimeNs}`);
    }
    return key.digest('hex');
  }

  private keep(digit: string, key: string, group: Group): void {
    const record = this.shadow.place(`loose-${digit}.json`);
    writeFileSync(record, JSON.stringify(group));
    try {
      for (const [name, kept] of packFiles(digit, key, group)) {
        linkSync(this.shadow.place(name), join(this.cache, kept));
      }
      // Comes last: what it speaks of is there.
      linkSync(record, join(this.cache, `${key}.json`));
      this.used.add(key);
    } catch {
      // The next call copies the objects again.
    }
  }

  /** Removes from the cache what this call had no use for. */
  private clean(): void {
    try {
      for (const name of readdirSync(this.cache)) {
        if (!this.used.has(name.slice(0, name.indexOf('.')))) {
          rmSync(join(this.cache, name), { force: true });
        }
      }
    } catch {
      // The cache is gone: nothing is kept any more.
    }
  }

  private take(digit: string, key: string): Group | undefined {
    let group: Group;
    try {
      group = JSON.parse(readFileSync(join(this.cache, `${key}.json`), 'utf8')) as Group;
    } catch {
      return undefined;
    }
    const files = packFiles(digit, key, group);
    try {
      for (const [name, kept] of files) {
        linkSync(join(this.cache, kept), this.shadow.place(name));
      }
      this.used.add(key);
      return group;
    } catch {
      files.forEach(([name]) => rmSync(this.shadow.place(name), { force: true }));
      return undefined;
    }
  }
}

/** The name of a pack or an index in the shadow. */
function packFile(digit: string, number: number, extension: string): string {
  return `objects/pack/pack-loose-${digit}${number}.${extension}`;
}

/** The names of a group's files in the shadow, each with its name in the cache. */
function packFiles(digit: string, key: string, group: Group): [string, string][] {
  return Array.from({ length: group.packs }, (_, number) => number).flatMap((number) => ['pack', 'idx'].map(
    (extension): [string, string] => [packFile(digit, number, extension), `${key}.${number}.${extension}`]));
}
