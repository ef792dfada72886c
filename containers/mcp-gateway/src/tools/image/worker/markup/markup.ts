import { imageReferences, ImageReference } from './html';
import { markdownReferences } from './markdown';
import { dataBytes, kindOfReference } from './reference';
import { outsideImage } from '../archive/uses';
import { FoundImage, ImageDocument, DocumentProblem } from '../document';
import { fieldText } from '../field-text';
import { LIMITS } from '../limits';
import { pictureHeader } from '../picture-header';

/** Asks the gateway for a file the text names; undefined when it may not be had, for whatever reason. */
export type OpenReference = (reference: string) => Promise<Buffer | undefined>;

/** Longest path a text may name. */
const MAX_REFERENCE = 1024;

/** A Markdown or HTML text and the images it shows: data URIs, and files that the gateway opens for it. */
export function openMarkup(format: 'markdown' | 'html', text: string, openReference: OpenReference): ImageDocument {
  if (text.length > LIMITS.textBytes) {
    throw new DocumentProblem(`the text is longer than ${LIMITS.textBytes} characters, the most that is read`);
  }
  return {
    format,
    images: async function* () {
      const references = format === 'html' ? imageReferences(text) : markdownReferences(text);
      let line = 1;
      let counted = 0;
      for (const [index, reference] of references.slice(0, LIMITS.images).entries()) {
        for (; counted < reference.offset; counted++) {
          if (text[counted] === '\n') {
            line++;
          }
        }
        yield imageOf(`i${index + 1}`, `line ${line}`, reference, openReference);
      }
    },
  };
}

function imageOf(
  id: string,
  place: string,
  { reference, altText }: ImageReference,
  openReference: OpenReference,
): FoundImage {
  const described = { id, place, altText: fieldText(altText) };
  const kind = kindOfReference(reference);
  if (kind === 'data') {
    return held({ ...described }, async () => dataBytes(reference), 'its data URI is broken');
  }
  if (kind === 'remote' || reference.length > MAX_REFERENCE) {
    return outsideImage({ ...described, source: fieldText(reference) });
  }
  return held(
    { ...described, source: fieldText(reference) },
    async () => openReference(reference),
    'its file is not available',
  );
}

function held(
  described: Pick<FoundImage, 'id' | 'place' | 'altText' | 'source'>,
  bytes: () => Promise<Buffer | undefined>,
  missing: string,
): FoundImage {
  let read: Promise<Buffer | undefined> | undefined;
  const data = async (): Promise<Buffer> => {
    read ??= bytes();
    const found = await read;
    if (found === undefined) {
      throw new DocumentProblem(missing);
    }
    return found;
  };
  return {
    ...described,
    header: async () => {
      const found = await data();
      return pictureHeader(found, found.length);
    },
    picture: async () => ({ kind: 'file', data: await data() }),
  };
}
