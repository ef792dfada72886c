import { Archive } from './archive';
import { walkXml } from './xml';
import { relativePath } from '../../relative-path';

/** A link from one part of an office document to another, or to something outside it. */
export interface Relationship {
  /** Last segment of the type's URI: image, slide, drawing. */
  readonly type: string;
  /** The part; undefined when it leads outside. */
  readonly part?: string;
  /** The address of what is outside; never fetched. */
  readonly address?: string;
}

/** Relationships of a part by id; empty when it has none. */
export async function relationshipsOf(archive: Archive, part: string): Promise<ReadonlyMap<string, Relationship>> {
  const slash = part.lastIndexOf('/') + 1;
  const name = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
  const found = new Map<string, Relationship>();
  if (!archive.has(name)) {
    return found;
  }
  await walkXml(archive, name, {
    open: (element, attributes) => {
      const id = attributes.get('Id');
      const target = attributes.get('Target');
      if (element !== 'Relationship' || id === undefined || target === undefined) {
        return;
      }
      const type = attributes.get('Type')?.split('/').pop() ?? '';
      found.set(
        id,
        attributes.get('TargetMode') === 'External'
          ? { type, address: target }
          : { type, part: relativePath(part, target) },
      );
    },
  });
  return found;
}
