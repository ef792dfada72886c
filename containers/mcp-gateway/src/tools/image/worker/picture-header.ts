import { disableTypes, imageSize } from 'image-size';
import { PictureHeader } from './document';

// Recognised by so little that any file could be one.
disableTypes(['tga', 'pnm', 'ktx', 'dds', 'icns', 'cur']);

/** What sharp decodes here; everything else is listed only. */
const DECODED: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif']);

const NAMES: Readonly<Record<string, string>> = { 'jpg': 'jpeg', 'heif': 'heic', 'jxl-stream': 'jxl' };

/**
 * Reads the header of a picture, judged by its content. Nothing is decoded.
 *
 * @param head its first bytes
 * @param bytes how many it has in all
 */
export function pictureHeader(head: Uint8Array, bytes: number): PictureHeader {
  const metafile = metafileFormat(head);
  if (metafile !== undefined) {
    return { format: metafile, bytes };
  }
  try {
    const { width, height, type, orientation } = imageSize(head);
    if (
      !Number.isSafeInteger(Math.round(width)) ||
      !Number.isSafeInteger(Math.round(height)) ||
      width < 0 ||
      height < 0 ||
      type === undefined
    ) {
      return { bytes };
    }
    // EXIF orientations from 5 on lie on their side, and the picture is returned upright.
    const [across, down] = orientation !== undefined && orientation >= 5 ? [height, width] : [width, height];
    return { format: NAMES[type] ?? type, width: Math.round(across), height: Math.round(down), bytes };
  } catch {
    return { format: knownFormat(head), bytes };
  }
}

/** Why a picture with this header is not decoded; undefined when it may be. */
export function refusal(header: PictureHeader, maxPixels: number): string | undefined {
  if (header.format === undefined) {
    return 'its format is not known';
  }
  if (header.format === 'svg') {
    return 'svg is listed only: it is text, and drawing it would run what it contains';
  }
  if (!DECODED.has(header.format)) {
    return `${header.format} is listed only; png, jpeg, webp, gif, tiff and avif can be extracted`;
  }
  if (header.width === undefined || header.height === undefined) {
    return 'its header is damaged';
  }
  return pixelRefusal(header.width, header.height, maxPixels);
}

export function pixelRefusal(width: number, height: number, maxPixels: number): string | undefined {
  if (width < 1 || height < 1) {
    return 'it has no pixels';
  }
  return width * height > maxPixels
    ? `${width} x ${height} are more than ${maxPixels} pixels, the most that is decoded`
    : undefined;
}

function metafileFormat(head: Uint8Array): string | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length >= 44 && view.getUint32(0, true) === 1 && view.getUint32(40, true) === 0x464d4520) {
    return 'emf';
  }
  return head.length >= 4 && view.getUint32(0, true) === 0x9ac6cdd7 ? 'wmf' : undefined;
}

/** The format of a picture whose header is cut or damaged. */
function knownFormat(head: Uint8Array): string | undefined {
  const start = Buffer.from(head.subarray(0, 12)).toString('latin1');
  if (start.startsWith('\x89PNG\r\n\x1a\n')) {
    return 'png';
  }
  if (start.startsWith('\xff\xd8\xff')) {
    return 'jpeg';
  }
  if (start.startsWith('GIF8')) {
    return 'gif';
  }
  if (start.startsWith('RIFF') && start.slice(8) === 'WEBP') {
    return 'webp';
  }
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) {
    return 'tiff';
  }
  return undefined;
}
