import { Archive } from './archive';
import { addDrawings } from './drawing';
import { relationshipsOf } from './relationships';
import { Uses } from './uses';
import { prefixed, walkXml } from './xml';
import { ImageDocument, DocumentProblem } from '../document';
import { LIMITS } from '../limits';

type OfficeFormat = 'docx' | 'pptx' | 'xlsx';

const FAMILIES: readonly (readonly [string, OfficeFormat])[] = [
  ['wordprocessingml', 'docx'],
  ['presentationml', 'pptx'],
  ['spreadsheetml', 'xlsx'],
];
type Reader = (archive: Archive, main: string, uses: Uses) => Promise<void>;

const READERS: Readonly<Record<OfficeFormat, Reader>> = { docx: addWord, pptx: addSlides, xlsx: addSheets };

/**
 * An office document; undefined when the archive is something else. Its list of content types decides which one it is.
 */
export async function openOffice(archive: Archive): Promise<ImageDocument | undefined> {
  if (!archive.has('[Content_Types].xml') || !archive.has('_rels/.rels')) {
    return undefined;
  }
  const main = [...(await relationshipsOf(archive, '')).values()].find(({ type }) => type === 'officeDocument')?.part;
  if (main === undefined) {
    return undefined;
  }
  let format: OfficeFormat | undefined;
  await walkXml(archive, '[Content_Types].xml', {
    open: (name, attributes) => {
      if (name === 'Override' && attributes.get('PartName') === `/${main}`) {
        format = FAMILIES.find(([family]) => attributes.get('ContentType')?.includes(family))?.[1];
      }
    },
  });
  if (format === undefined) {
    return undefined;
  }
  const read = READERS[format];
  return {
    format,
    images: async function* () {
      const uses = new Uses(archive);
      if (!archive.has(main)) {
        throw new DocumentProblem('its main part is missing');
      }
      await read(archive, main, uses);
      uses.addUnplaced((name) => /(^|\/)media\/[^/]+$/.test(name));
      yield* uses.images();
    },
  };
}

const WORD_PARTS: ReadonlySet<string> = new Set(['header', 'footer', 'footnotes', 'endnotes', 'comments']);

async function addWord(archive: Archive, main: string, uses: Uses): Promise<void> {
  let paragraph = 0;
  await addDrawings(archive, main, uses, {
    open: (name) => {
      if (name === 'p') {
        paragraph++;
      }
    },
    place: () => `paragraph ${paragraph}`,
  });
  const counts = new Map<string, number>();
  for (const { type, part } of [...(await relationshipsOf(archive, main)).values()].slice(0, LIMITS.parts)) {
    if (part !== undefined && WORD_PARTS.has(type)) {
      const number = (counts.get(type) ?? 0) + 1;
      counts.set(type, number);
      await addDrawings(archive, part, uses, {
        place: () => (type === 'header' || type === 'footer' ? `${type} ${number}` : type),
      });
    }
  }
}

async function addSlides(archive: Archive, main: string, uses: Uses): Promise<void> {
  const relationships = await relationshipsOf(archive, main);
  const slides: string[] = [];
  await walkXml(archive, main, {
    open: (name, attributes) => {
      const part = name === 'sldId' ? relationships.get(prefixed(attributes, 'id') ?? '')?.part : undefined;
      if (part !== undefined) {
        slides.push(part);
      }
    },
  });
  for (const [index, slide] of slides.slice(0, LIMITS.parts).entries()) {
    await addDrawings(archive, slide, uses, { place: () => `slide ${index + 1}` });
    const notes = [...(await relationshipsOf(archive, slide)).values()].find(({ type }) => type === 'notesSlide')?.part;
    if (notes !== undefined) {
      await addDrawings(archive, notes, uses, { place: () => `notes of slide ${index + 1}` });
    }
  }
}

async function addSheets(archive: Archive, main: string, uses: Uses): Promise<void> {
  const relationships = await relationshipsOf(archive, main);
  const sheets: { readonly name: string; readonly part: string }[] = [];
  await walkXml(archive, main, {
    open: (name, attributes) => {
      const part = name === 'sheet' ? relationships.get(prefixed(attributes, 'id') ?? '')?.part : undefined;
      if (part !== undefined) {
        sheets.push({ name: attributes.get('name') ?? '', part });
      }
    },
  });
  for (const { name, part } of sheets.slice(0, LIMITS.parts)) {
    for (const [, relationship] of await relationshipsOf(archive, part)) {
      if (relationship.part !== undefined && (relationship.type === 'drawing' || relationship.type === 'vmlDrawing')) {
        await addDrawings(archive, relationship.part, uses, { place: () => `sheet ${name}` });
      } else if (relationship.type === 'image') {
        uses.add({ part: relationship.part, address: relationship.address, place: `sheet ${name}` });
      }
    }
  }
}
