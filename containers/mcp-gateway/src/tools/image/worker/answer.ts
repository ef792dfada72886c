import { FoundImage, ImageDocument, isWanted, PictureHeader, Wanted } from './document';
import { pixelRefusal, refusal } from './picture-header';
import { DocumentProblem } from './problem';
import { NoRoom, render, RenderLimits } from './render';
import type { DecoderRequest, ExtractedAnswer, ExtractedImage, ListedAnswer, ListedImage } from '../protocol';

/** Formats of images inside a PDF, which its own decoder reads. */
const PDF_FORMAT = 'pdf';

/** Lists the images of a document: headers only, nothing is decoded. */
export async function listed(document: ImageDocument, request: DecoderRequest): Promise<Omit<ListedAnswer, 'memory'>> {
  const { maxImages, maxPixels } = request.limits;
  const wanted: Wanted = { place: request.place };
  const offset = request.offset ?? 0;
  const images: ListedImage[] = [];
  let passed = 0;
  let more = false;
  for await (const image of document.images(wanted)) {
    if (!isWanted(image, wanted) || passed++ < offset) {
      continue;
    }
    if (images.length === maxImages) {
      more = true;
      break;
    }
    images.push(await describe(image, document, maxPixels));
  }
  return withoutUndefined({ type: 'listed' as const, format: document.format, images, more, note: document.cut });
}

async function describe(image: FoundImage, document: ImageDocument, maxPixels: number): Promise<ListedImage> {
  const { id, place, altText, source } = image;
  const { header, problem } = await headerOf(image);
  const { format, width, height, bytes } = header;
  const note = image.listedOnly ?? problem ?? refusalIn(document, header, maxPixels);
  return withoutUndefined({ id, place, format, width, height, bytes, altText, source, extractable: note === undefined, note });
}

/** Decodes the images that are asked for, as many as the answer has room for. */
export async function extracted(document: ImageDocument, request: DecoderRequest): Promise<Omit<ExtractedAnswer, 'memory'>> {
  const { limits } = request;
  const wanted: Wanted = { ids: request.ids === undefined ? undefined : new Set(request.ids), place: request.place };
  const open = new Set(wanted.ids);
  const images: ExtractedImage[] = [];
  const left: { id: string; reason: string }[] = [];
  let room = limits.maxAnswerBytes;
  for await (const image of document.images(wanted)) {
    if (!isWanted(image, wanted)) {
      continue;
    }
    open.delete(image.id);
    if (images.length + left.length >= limits.maxImages) {
      left.push({ id: image.id, reason: `an answer holds at most ${limits.maxImages} images; ask for this one by its id` });
      break;
    }
    // Asked for alone, an image is made as small as it must be; among others, one that shrinks too far is left for another call.
    const smallestEdge = Math.min(limits.maxEdge, images.length === 0 ? 64 : Math.ceil(limits.maxEdge / 2));
    const result = await extractOne(image, document, { ...limits, maxBase64: room, smallestEdge });
    if ('reason' in result) {
      left.push({ id: image.id, reason: result.reason });
    } else {
      images.push(result);
      room -= result.data.length;
    }
    if (wanted.ids !== undefined && open.size === 0) {
      break;
    }
  }
  left.push(...[...open].map(id => ({ id, reason: 'the document has no image with this id' })));
  return { type: 'extracted', format: document.format, images, left };
}

type Extraction = ExtractedImage | { readonly reason: string };

async function extractOne(image: FoundImage, document: ImageDocument, limits: RenderLimits): Promise<Extraction> {
  const { id, place, altText } = image;
  const { header, problem } = await headerOf(image);
  const reason = image.listedOnly ?? problem ?? refusalIn(document, header, limits.maxPixels);
  if (reason !== undefined) {
    return { reason };
  }
  try {
    const rendered = await render(await image.picture(limits.maxEdge), limits);
    const original = { originalWidth: header.width ?? rendered.width, originalHeight: header.height ?? rendered.height };
    return withoutUndefined({ id, place, altText, ...original, ...rendered });
  } catch (error) {
    if (error instanceof NoRoom) {
      return { reason: 'the answer has no room left for it; ask for it alone' };
    }
    if (error instanceof DocumentProblem) {
      return { reason: error.message };
    }
    throw error;
  }
}

/** One damaged image does not spoil the others. */
async function headerOf(image: FoundImage): Promise<{ readonly header: PictureHeader; readonly problem?: string }> {
  try {
    return { header: await image.header() };
  } catch (error) {
    if (error instanceof DocumentProblem) {
      return { header: {}, problem: error.message };
    }
    throw error;
  }
}

function refusalIn(document: ImageDocument, header: PictureHeader, maxPixels: number): string | undefined {
  if (document.format !== PDF_FORMAT) {
    return refusal(header, maxPixels);
  }
  return header.width === undefined || header.height === undefined ? 'its header is damaged' : pixelRefusal(header.width, header.height, maxPixels);
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
