import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { SyncFile, SyncFolder } from '../../../../workspace/sync-folder';
import { ToolFailure } from '../../../tool';
import { isId } from '../revisions';
import { ShadowFolder } from './shadow-folder';

const MAX_LOOSE = 20_000;
const MAX_SYMBOLIC = 1_000;
const MAX_DEPTH = 16;
const MAX_REFERENCE_BYTES = 4096;
const MAX_PACKED_BYTES = 32 * 1024 * 1024;
const MAX_SHALLOW_BYTES = 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** Of one length: the second takes the place of the first when the names turn out not to be sorted. */
const SORTED = '# pack-refs with: sorted \n';
const UNSORTED = '# pack-refs with:        \n';

/**
 * Copies where branches and tags point, as data: only names and ids of the form git writes get through.
 *
 * @returns the id of some object, which shows how long ids are; undefined for a repository without refs
 * @throws ToolFailure for what cannot be read as git writes it
 */
export function copyReferences(repository: SyncFolder, shadow: ShadowFolder): string | undefined {
  const head = readWhole(repository, 'HEAD').trim();
  const branch = head.startsWith('ref: ') ? head.slice(5) : undefined;
  if (branch === undefined ? !isId(head) : !isName(branch)) {
    throw new ToolFailure('the workspace holds no git repository that can be read: HEAD is missing or broken');
  }
  shadow.write('HEAD', `${head}\n`);
  const shallow = readWhole(repository, 'shallow', MAX_SHALLOW_BYTES).split('\n').filter(isId);
  if (shallow.length > 0) {
    shadow.write('shallow', shallow.map((id) => `${id}\n`).join(''));
  }
  const loose = readLoose(repository, shadow);
  const sample = new PackedRefs(shadow.place('packed-refs'), loose).copy(repository.openFile('packed-refs'));
  return sample ?? (branch === undefined ? head : undefined);
}

/** Ids by name. A symbolic ref, such as refs/remotes/origin/HEAD, is written as git writes it. */
function readLoose(repository: SyncFolder, shadow: ShadowFolder): Map<string, string> {
  const ids = new Map<string, string>();
  let entries = 0;
  let symbolic = 0;
  const read = (folder: SyncFolder, prefix: string, depth: number): void => {
    for (const entry of folder.entries()) {
      const name = `${prefix}/${entry.name}`;
      entries += 1;
      if (entries > MAX_LOOSE) {
        throw new ToolFailure(`the repository has more than ${MAX_LOOSE} loose refs; run git pack-refs --all in it`);
      }
      if (entry.kind === 'folder' && depth < MAX_DEPTH) {
        within(folder.openFolder(entry.name), (below) => read(below, name, depth + 1));
      } else if (entry.kind === 'file' && isName(name)) {
        const target = readWhole(folder, entry.name).trim();
        if (isId(target)) {
          ids.set(name, target);
        } else if (target.startsWith('ref: ') && isName(target.slice(5))) {
          symbolic += 1;
          if (symbolic > MAX_SYMBOLIC) {
            throw new ToolFailure(
              `the repository has more than ${MAX_SYMBOLIC} symbolic refs; delete those that are not needed`);
          }
          shadow.write(name, `${target}\n`);
        }
      }
    }
  };
  within(repository.openFolder('refs'), (folder) => read(folder, 'refs', 1));
  return ids;
}

function within(folder: SyncFolder | undefined, work: (folder: SyncFolder) => void): void {
  try {
    if (folder !== undefined) {
      work(folder);
    }
  } finally {
    folder?.close();
  }
}

/** Writes the packed refs of the shadow: those of the repository, with its loose ones in their place. */
class PackedRefs {
  private readonly fd: number;
  private readonly loose: readonly string[];
  private next = 0;
  private last = '';
  private sorted = true;
  private sample: string | undefined;
  private pending: string[] = [];

  constructor(path: string, private readonly ids: ReadonlyMap<string, string>) {
    this.fd = openSync(path, 'wx');
    this.loose = [...ids.keys()].sort();
  }

  /** @returns one of the ids */
  public copy(packed: SyncFile | undefined): string | undefined {
    try {
      writeFileSync(this.fd, SORTED);
      if (packed !== undefined) {
        this.copyLines(packed);
      }
      this.addLooseBefore(undefined);
      this.flush();
      if (!this.sorted) {
        writeSync(this.fd, UNSORTED, 0);
      }
      return this.sample;
    } finally {
      closeSync(this.fd);
      packed?.close();
    }
  }

  private copyLines(packed: SyncFile): void {
    if (packed.size > MAX_PACKED_BYTES) {
      throw new ToolFailure(
        `${packed.path} has ${packed.size} bytes; at most ${MAX_PACKED_BYTES} are read. Delete refs.`);
    }
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, packed.size));
    let rest = '';
    for (let at = 0; at < packed.size;) {
      const count = packed.read(buffer, at);
      if (count === 0) {
        break;
      }
      at += count;
      const lines = (rest + buffer.toString('latin1', 0, count)).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_REFERENCE_BYTES) {
        throw new ToolFailure(`${packed.path} has a line of more than ${MAX_REFERENCE_BYTES} bytes`);
      }
      for (const line of lines) {
        this.copyLine(line);
      }
      this.flush();
    }
    this.copyLine(rest);
  }

  private copyLine(line: string): void {
    const space = line.indexOf(' ');
    if (space < 0) {
      return;
    }
    const [id, name] = [line.slice(0, space), line.slice(space + 1)];
    if (isId(id) && isName(name)) {
      this.addLooseBefore(name);
      if (!this.ids.has(name)) {
        this.add(id, name);
      }
    }
  }

  private addLooseBefore(name: string | undefined): void {
    for (; this.next < this.loose.length && (name === undefined || this.loose[this.next] <= name); this.next += 1) {
      const ours = this.loose[this.next];
      this.add(this.ids.get(ours) ?? '', ours);
    }
  }

  private add(id: string, name: string): void {
    this.sorted &&= this.last < name;
    this.last = name;
    this.sample ??= id;
    this.pending.push(`${id} ${name}\n`);
  }

  private flush(): void {
    writeFileSync(this.fd, this.pending.join(''), 'latin1');
    this.pending = [];
  }
}

/** The whole file; empty when there is none. */
function readWhole(folder: SyncFolder, name: string, maxBytes = MAX_REFERENCE_BYTES): string {
  const file = folder.openFile(name);
  try {
    if (file === undefined) {
      return '';
    }
    if (file.size > maxBytes) {
      throw new ToolFailure(`${file.path} has ${file.size} bytes; at most ${maxBytes} are expected`);
    }
    const buffer = Buffer.allocUnsafe(file.size);
    return buffer.toString('latin1', 0, file.read(buffer));
  } finally {
    file?.close();
  }
}

/** A name below refs/, as git allows it. Replacements are left out: they show other objects than were asked for. */
function isName(text: string): boolean {
  return /^refs\/[^\u0000-\u0020\u007f~^:?*[\\]+$/.test(text) && !text.startsWith('refs/replace/')
    && !/(^|\/)\.|\.\.|@\{|\/\/|\.lock(\/|$)|[./]$/.test(text);
}
