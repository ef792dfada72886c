import { Archive } from './archive';
import { Uses } from './uses';
import { walkXml } from './xml';
import { relativePath } from '../../relative-path';
import { ImageDocument, DocumentProblem } from '../document';
import { LIMITS } from '../limits';
import { imageReferences } from '../markup/html';
import { kindOfReference } from '../markup/reference';

interface Item {
  readonly part: string;
  readonly mediaType: string;
}

/** An EPUB book; undefined when the archive is something else. */
export async function openEpub(archive: Archive): Promise<ImageDocument | undefined> {
  if (!archive.has('mimetype') || !archive.has('META-INF/container.xml')) {
    return undefined;
  }
  if ((await archive.head('mimetype', 64)).toString('latin1').trim() !== 'application/epub+zip') {
    return undefined;
  }
  return {
    format: 'epub',
    images: async function* () {
      const uses = new Uses(archive);
      await addChapters(archive, uses);
      yield* uses.images();
    },
  };
}

async function addChapters(archive: Archive, uses: Uses): Promise<void> {
  let packagePart: string | undefined;
  await walkXml(archive, 'META-INF/container.xml', {
    open: (name, attributes) => {
      if (name === 'rootfile') {
        packagePart ??= relativePath('', attributes.get('full-path') ?? '');
      }
    },
  });
  if (packagePart === undefined || !archive.has(packagePart)) {
    throw new DocumentProblem('the list of its chapters is missing');
  }
  const base = packagePart;
  const items = new Map<string, Item>();
  const spine: string[] = [];
  await walkXml(archive, base, {
    open: (name, attributes) => {
      if (name === 'item') {
        const part = relativePath(base, attributes.get('href') ?? '');
        if (part !== undefined) {
          items.set(attributes.get('id') ?? '', { part, mediaType: attributes.get('media-type') ?? '' });
        }
      } else if (name === 'itemref') {
        spine.push(attributes.get('idref') ?? '');
      }
    },
  });
  for (const [index, id] of spine.slice(0, LIMITS.parts).entries()) {
    const item = items.get(id);
    if (item !== undefined && archive.has(item.part)) {
      await addChapter(archive, item.part, `chapter ${index + 1}`, uses);
    }
  }
  const pictures = new Set(
    [...items.values()].filter(({ mediaType }) => mediaType.startsWith('image/')).map(({ part }) => part),
  );
  uses.addUnplaced((name) => pictures.has(name));
}

async function addChapter(archive: Archive, part: string, place: string, uses: Uses): Promise<void> {
  const html = (await archive.read(part, LIMITS.partBytes)).toString('utf8');
  for (const { reference, altText } of imageReferences(html, { xmlMode: true })) {
    const target = kindOfReference(reference);
    if (target === 'remote') {
      uses.add({ address: reference, place, altText });
    } else if (target === 'path') {
      uses.add({ part: relativePath(part, reference), place, altText });
    }
  }
}
