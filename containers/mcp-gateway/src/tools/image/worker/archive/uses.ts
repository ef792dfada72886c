import { Archive } from './archive';
import { FoundImage, Picture, PictureHeader, DocumentProblem } from '../document';
import { fieldText } from '../field-text';
import { LIMITS } from '../limits';
import { pictureHeader } from '../picture-header';

/** One place where a document shows an image. */
export interface Use {
  /** The entry that holds it; undefined when it is outside the document. */
  readonly part?: string;
  readonly address?: string;
  readonly place?: string;
  readonly altText?: string;
}

/** The uses of images in one archive, in the order of the document. */
export class Uses {
  private readonly found: Use[] = [];
  private readonly seen = new Set<string>();
  private readonly parts = new Set<string>();

  constructor(private readonly archive: Archive) {}

  /** Twice the same image at one place is one use. */
  public add(use: Use): void {
    const key = JSON.stringify([use.part, use.address, use.place]);
    if (
      this.found.length >= LIMITS.images ||
      this.seen.has(key) ||
      (use.part !== undefined && !this.archive.has(use.part))
    ) {
      return;
    }
    this.seen.add(key);
    if (use.part !== undefined) {
      this.parts.add(use.part);
    }
    this.found.push({ ...use, place: fieldText(use.place), altText: fieldText(use.altText) });
  }

  /** Pictures the archive holds and no place was found for: layouts, covers, leftovers. */
  public addUnplaced(isPicture: (name: string) => boolean): void {
    for (const name of this.archive.names) {
      if (isPicture(name) && !this.parts.has(name)) {
        this.add({ part: name });
      }
    }
  }

  public async *images(): AsyncGenerator<FoundImage> {
    for (const [index, use] of this.found.entries()) {
      yield imageOf(this.archive, `i${index + 1}`, use);
    }
  }
}

function imageOf(archive: Archive, id: string, use: Use): FoundImage {
  const { part, place, altText } = use;
  if (part === undefined) {
    return outsideImage({ id, place, altText, source: fieldText(use.address) });
  }
  return {
    id,
    place,
    altText,
    header: async () => headerOf(archive, part),
    picture: async (): Promise<Picture> => ({ kind: 'file', data: await archive.read(part, LIMITS.pictureBytes) }),
  };
}

/** An image that the document only names. It is listed and never fetched. */
export function outsideImage(image: Pick<FoundImage, 'id' | 'place' | 'altText' | 'source'>): FoundImage {
  const listedOnly = 'it is not in the document, and nothing is fetched';
  return {
    ...image,
    listedOnly,
    header: async () => ({}),
    picture: async () => {
      throw new DocumentProblem(listedOnly);
    },
  };
}

async function headerOf(archive: Archive, part: string): Promise<PictureHeader> {
  const bytes = archive.size(part);
  const header = pictureHeader(await archive.head(part, LIMITS.headerBytes), bytes);
  // Some formats keep their measures at the end.
  return header.width === undefined && header.format !== undefined && bytes > LIMITS.headerBytes
    ? pictureHeader(await archive.read(part, LIMITS.pictureBytes), bytes)
    : header;
}
