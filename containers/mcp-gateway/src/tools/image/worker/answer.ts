import { FoundImage, ImageDocument, isWanted, PictureHeader, Wanted, DocumentProblem } from './document';
import { pixelRefusal, refusal } from './picture-header';
import { base64Length, NoRoom, render, RenderLimits } from './render';
import type { DecoderMessage, DecoderRequest, ExtractedImage, ListedImage } from '../protocol';

/** Formats of images inside a PDF, which its own decoder reads. */
const PDF_FORMAT = 'pdf';

/** Sends a message, and the bytes that belong to it. */
export type Send = (message: DecoderMessage, bytes?: Buffer) => Promise<void>;

/** The message after the last image. */
export interface ImagesEnd {
  readonly more?: boolean;
  readonly note?: string;
}

/** Lists the images of a document: headers only, nothing is decoded. */
export async function listImages(document: ImageDocument, request: DecoderRequest, send: Send): Promise<ImagesEnd> {
  const { maxImages, maxPixels } = request.limits;
  const wanted: Wanted = { place: request.place };
  const offset = request.offset ?? 0;
  let [passed, sent] = [0, 0];
  let more = false;
  for await (const image of document.images(wanted)) {
    if (!isWanted(image, wanted) || passed++ < offset) {
      continue;
    }
    if (sent === maxImages) {
      more = true;
      break;
    }
    await send({ type: 'listed', ...await describe(image, document, maxPixels) });
    sent += 1;
  }
  return { more, note: document.cut };
}

async function describe(image: FoundImage, document: ImageDocument, maxPixels: number): Promise<ListedImage> {
  const { id, place, altText, source } = image;
  const { header, problem } = await headerOf(image);
  const { format, width, height, bytes } = header;
  const note = image.listedOnly ?? problem ?? refusalIn(document, header, maxPixels);
  return { id, place, format, width, height, bytes, altText, source, extractable: note === undefined, note };
}

/** Decodes the images that are asked for, as many as the answer has room for. */
export async function extractImages(document: ImageDocument, request: DecoderRequest, send: Send): Promise<ImagesEnd> {
  const { limits } = request;
  const wanted: Wanted = { ids: request.ids === undefined ? undefined : new Set(request.ids), place: request.place };
  const open = new Set(wanted.ids);
  let [given, left] = [0, 0];
  let room = limits.maxAnswerBytes;
  for await (const image of document.images(wanted)) {
    if (!isWanted(image, wanted)) {
      continue;
    }
    open.delete(image.id);
    if (given + left >= limits.maxImages) {
      await send({
        type: 'left',
        id: image.id,
        reason: `an answer holds at most ${limits.maxImages} images; ask for this one by its id`,
      });
      break;
    }
    // Asked for alone, an image is made as small as it must be; among others, one that shrinks too far is left for
    // another call.
    const smallestEdge = Math.min(limits.maxEdge, given === 0 ? 64 : Math.ceil(limits.maxEdge / 2));
    const { picture, reason = '' } = await extractOne(image, document, { ...limits, maxBase64: room, smallestEdge });
    if (picture === undefined) {
      await send({ type: 'left', id: image.id, reason });
      left += 1;
    } else {
      const { data, ...facts } = picture;
      await send({ type: 'extracted', ...facts, size: data.length }, data);
      given += 1;
      room -= base64Length(data);
    }
    if (wanted.ids !== undefined && open.size === 0) {
      break;
    }
  }
  for (const id of open) {
    await send({ type: 'left', id, reason: 'the document has no image with this id' });
  }
  return {};
}

interface Extraction {
  readonly picture?: ExtractedImage & { readonly data: Buffer };
  /** Why there is none. */
  readonly reason?: string;
}

async function extractOne(image: FoundImage, document: ImageDocument, limits: RenderLimits): Promise<Extraction> {
  const { id, place, altText } = image;
  const { header, problem } = await headerOf(image);
  const reason = image.listedOnly ?? problem ?? refusalIn(document, header, limits.maxPixels);
  if (reason !== undefined) {
    return { reason };
  }
  try {
    const rendered = await render(await image.picture(limits.maxEdge), limits);
    const original = {
      originalWidth: header.width ?? rendered.width,
      originalHeight: header.height ?? rendered.height,
    };
    return { picture: { id, place, altText, ...original, ...rendered } };
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
  return header.width === undefined || header.height === undefined
    ? 'its header is damaged'
    : pixelRefusal(header.width, header.height, maxPixels);
}
