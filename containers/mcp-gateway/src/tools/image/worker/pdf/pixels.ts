import { Pdfium } from './pdfium';
import { Picture, DocumentProblem } from '../document';

const FORMAT_GRAY = 1;
const FORMAT_BGR = 2;
const FORMAT_BGRX = 3;
const FORMAT_BGRA = 4;
const BYTES_PER_PIXEL: Readonly<Record<number, number>> = {
  [FORMAT_GRAY]: 1,
  [FORMAT_BGR]: 3,
  [FORMAT_BGRX]: 4,
  [FORMAT_BGRA]: 4,
};

export interface ImageObject {
  readonly document: number;
  readonly page: number;
  readonly object: number;
  readonly maxEdge: number;
  readonly lossy: boolean;
}

/** Decodes an image with its mask and colour space applied, as large as it is or as `maxEdge` allows. */
export function renderedPixels(pdfium: Pdfium, { document, page, object, maxEdge, lossy }: ImageObject): Picture {
  const { api } = pdfium;
  pdfium.scratch(24, (pointer) => {
    api.FPDFImageObj_GetImagePixelSize(object, pointer, pointer + 4);
    const view = pdfium.view();
    const width = view.getUint32(pointer, true);
    const height = view.getUint32(pointer + 4, true);
    const scale = Math.min(1, maxEdge / Math.max(width, height, 1));
    // The page draws it at some size in points; what is wanted is its own pixels.
    const matrix = [Math.max(1, Math.round(width * scale)), 0, 0, Math.max(1, Math.round(height * scale)), 0, 0];
    matrix.forEach((value, index) => view.setFloat32(pointer + index * 4, value, true));
    api.FPDFPageObj_SetMatrix(object, pointer);
  });
  const bitmap = api.FPDFImageObj_GetRenderedBitmap(document, page, object);
  if (bitmap === 0) {
    throw new DocumentProblem('it could not be decoded');
  }
  try {
    return toPicture(pdfium, bitmap, lossy);
  } finally {
    api.FPDFBitmap_Destroy(bitmap);
  }
}

function toPicture(pdfium: Pdfium, bitmap: number, lossy: boolean): Picture {
  const { api } = pdfium;
  const width = api.FPDFBitmap_GetWidth(bitmap);
  const height = api.FPDFBitmap_GetHeight(bitmap);
  const stride = api.FPDFBitmap_GetStride(bitmap);
  const format = api.FPDFBitmap_GetFormat(bitmap);
  const size = BYTES_PER_PIXEL[format];
  if (size === undefined) {
    throw new DocumentProblem('it could not be decoded');
  }
  const start = api.FPDFBitmap_GetBuffer(bitmap);
  const source = pdfium.bytes().subarray(start, start + stride * height);
  if (format === FORMAT_GRAY) {
    const gray = Buffer.alloc(width * height);
    for (let y = 0; y < height; y++) {
      gray.set(source.subarray(y * stride, y * stride + width), y * width);
    }
    return { kind: 'pixels', data: gray, width, height, channels: 1, lossy };
  }
  const opaque = format !== FORMAT_BGRA || isOpaque(source, width, height, stride);
  const channels = opaque ? 3 : 4;
  const data = Buffer.alloc(width * height * channels);
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let from = y * stride, end = from + width * size; from < end; from += size, to += channels) {
      data[to] = source[from + 2] ?? 0;
      data[to + 1] = source[from + 1] ?? 0;
      data[to + 2] = source[from] ?? 0;
      if (!opaque) {
        data[to + 3] = source[from + 3] ?? 0;
      }
    }
  }
  return { kind: 'pixels', data, width, height, channels, lossy };
}

function isOpaque(source: Uint8Array, width: number, height: number, stride: number): boolean {
  for (let y = 0; y < height; y++) {
    for (let at = y * stride + 3, end = y * stride + width * 4; at < end; at += 4) {
      if (source[at] !== 0xff) {
        return false;
      }
    }
  }
  return true;
}
