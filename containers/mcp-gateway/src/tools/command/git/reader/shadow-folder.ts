import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SyncFile } from '../../../../workspace/sync-folder';
import { ToolFailure } from '../../../tool';
import { descriptorLink } from '../../stage';

/** Most files that are handed to git as descriptors. */
export const MAX_LINKED = 4096;

/** The bare repository that git runs on: files that the gateway wrote, and links to descriptors that it opened. */
export class ShadowFolder {
  /** The descriptors behind the links, in the order in which git must get them. */
  public readonly descriptors: number[] = [];

  constructor(private readonly folder: string) {
    mkdirSync(join(folder, 'objects', 'pack'), { recursive: true });
    mkdirSync(join(folder, 'refs'));
  }

  /** The absolute path of a file that is to be written, in a folder that is there. */
  public place(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  public write(name: string, content: string | Buffer): void {
    writeFileSync(this.place(name), content, 'latin1');
  }

  /** Takes over an opened file, which git will open again from its descriptor, never by its name. */
  public link(name: string, file: SyncFile): void {
    if (this.descriptors.length >= MAX_LINKED) {
      throw new ToolFailure(
        `the repository has more than ${MAX_LINKED} files of packs and large loose objects; run git gc in it`);
    }
    symlinkSync(descriptorLink(this.descriptors.length), this.place(name));
    this.descriptors.push(file.fd);
  }
}
