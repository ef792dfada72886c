import { LooseObjects } from './loose-objects';
import { hashBytes, ObjectFormat } from './pack';
import { ShadowFolder } from './shadow-folder';
import { SyncFile, SyncFolder } from '../../../../workspace/sync-folder';
import { ToolFailure } from '../../../tool';

/** How often the packs are listed when one is gone: a repack writes the new pack before it removes the old ones. */
const MAX_ATTEMPTS = 4;

/** Most names that are looked at in the folder of packs. */
const MAX_PACK_NAMES = 20_000;

/**
 * Gives the shadow the objects of a repository: packs and their indexes as links to descriptors, loose objects as packs
 * of our own. Nothing that lies beside them is passed on: git would obey an alternates file or a multi-pack-index,
 * which name other files.
 *
 * Loose objects come first: those that are packed in the meantime are then found in a pack.
 */
export function copyObjects(objects: SyncFolder, shadow: ShadowFolder, format: ObjectFormat, cache: string): void {
  new LooseObjects(objects, shadow, format, cache).copy();
  const packs = objects.openFolder('pack');
  try {
    if (packs !== undefined) {
      linkPacks(packs, shadow, format);
    }
  } finally {
    packs?.close();
  }
}

function linkPacks(folder: SyncFolder, shadow: ShadowFolder, format: ObjectFormat): void {
  const linked = new Set<string>();
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    let gone = false;
    for (const name of packNames(folder, format)) {
      if (!linked.has(name)) {
        const pair = openPair(folder, name);
        gone ||= pair === undefined;
        if (pair !== undefined) {
          linked.add(name);
          shadow.link(`objects/pack/${name}.pack`, pair.pack);
          shadow.link(`objects/pack/${name}.idx`, pair.index);
        }
      }
    }
    if (!gone) {
      return;
    }
  }
  throw new ToolFailure('the repository is being repacked; try again');
}

/** Packs that have an index; one without is still being written. */
function packNames(folder: SyncFolder, format: ObjectFormat): string[] {
  const packFile = new RegExp(`^(pack-[0-9a-f]{${2 * hashBytes(format)}})\\.(pack|idx)$`);
  const extensions = new Map<string, number>();
  let count = 0;
  for (const { name } of folder.entries()) {
    count += 1;
    if (count > MAX_PACK_NAMES) {
      throw new ToolFailure(`${folder.path} holds more than ${MAX_PACK_NAMES} names; run git gc in the repository`);
    }
    const [, stem] = packFile.exec(name) ?? [];
    if (stem !== undefined) {
      extensions.set(stem, (extensions.get(stem) ?? 0) + 1);
    }
  }
  return [...extensions].filter(([, found]) => found === 2).map(([stem]) => stem);
}

function openPair(folder: SyncFolder, name: string): { readonly pack: SyncFile; readonly index: SyncFile } | undefined {
  const pack = folder.openFile(`${name}.pack`);
  const index = folder.openFile(`${name}.idx`);
  if (pack !== undefined && index !== undefined) {
    return { pack, index };
  }
  pack?.close();
  index?.close();
  return undefined;
}
