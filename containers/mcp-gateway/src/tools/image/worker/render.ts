import type { Sharp } from 'sharp';
import { Picture, DocumentProblem } from './document';

export interface RenderLimits {
  readonly maxPixels: number;
  readonly maxEdge: number;
  /** Most characters of base64 this picture may take. */
  readonly maxBase64: number;
  /** How small it may become to fit; smaller, and it is left out. */
  readonly smallestEdge: number;
}

export interface Rendered {
  readonly data: Buffer;
  readonly mimeType: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** Too large for what is left of the answer, even small; another answer may have room for it. */
export class NoRoom extends Error {}

/**
 * Decodes a picture (its first frame), turns it upright, scales it to the limit and encodes it again, so that nothing
 * of the original but its pixels is passed on: no EXIF, no comments, no colour profile, no trailing bytes.
 *
 * @throws DocumentProblem when it cannot be decoded
 * @throws NoRoom when it does not fit the answer
 */
export async function render(picture: Picture, limits: RenderLimits): Promise<Rendered> {
  const sharp = await loadSharp();
  const open = (): Sharp =>
    picture.kind === 'file'
      ? // pages: 1 is the first frame of an animation
      sharp(picture.data, { limitInputPixels: limits.maxPixels, failOn: 'error', pages: 1, sequentialRead: true })
      : sharp(picture.data, {
        limitInputPixels: limits.maxPixels,
        raw: { width: picture.width, height: picture.height, channels: picture.channels },
      });
  const output = await chooseOutput(picture, open);
  let edge = limits.maxEdge;
  for (let attempt = 0; ; attempt++) {
    const { data, info } = await encode(open(), edge, attempt === 0 ? output : smaller(output)).catch(
      (error: unknown) => {
        throw new DocumentProblem(`it could not be decoded: ${reasonOf(error)}`);
      },
    );
    const base64 = base64Length(data);
    if (base64 <= limits.maxBase64) {
      return { data, mimeType: MIME[info.format as Output] ?? 'image/png', width: info.width, height: info.height };
    }
    const longest = Math.max(info.width, info.height);
    if (attempt > 0 && longest <= limits.smallestEdge) {
      throw new NoRoom();
    }
    // The first retry changes the encoding alone; bytes then go with the area.
    if (attempt > 0 || smaller(output) === output) {
      const fitting = Math.floor(longest * Math.sqrt(limits.maxBase64 / base64) * 0.9);
      edge = Math.max(limits.smallestEdge, Math.min(fitting, Math.floor(longest * 0.9)));
    }
  }
}

/** Returns the characters that bytes take as base64. */
export function base64Length(data: Buffer): number {
  return Math.ceil(data.length / 3) * 4;
}

type Output = 'png' | 'jpeg' | 'webp';

const MIME: Readonly<Record<Output, Rendered['mimeType']>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
};

/** Photographs stay JPEG or WebP; drawings and screen shots stay sharp as PNG. */
async function chooseOutput(picture: Picture, open: () => Sharp): Promise<Output> {
  if (picture.kind === 'pixels') {
    return picture.lossy && picture.channels !== 4 ? 'jpeg' : 'png';
  }
  const { format, hasAlpha } = await open().metadata().catch((error: unknown) => {
    throw new DocumentProblem(`it could not be decoded: ${reasonOf(error)}`);
  });
  if (format === 'jpeg' && !hasAlpha) {
    return 'jpeg';
  }
  return format === 'webp' || format === 'heif' ? 'webp' : 'png';
}

/** What takes the place of a PNG that does not fit: WebP keeps its transparency. */
function smaller(output: Output): Output {
  return output === 'png' ? 'webp' : output;
}

async function encode(image: Sharp, edge: number, output: Output): ReturnType<typeof resolved> {
  const scaled = image
    .autoOrient()
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  switch (output) {
    case 'png': return resolved(scaled.png({ compressionLevel: 6 }));
    case 'jpeg': return resolved(scaled.jpeg({ quality: 85 }));
    case 'webp': return resolved(scaled.webp({ quality: 85 }));
  }
}

async function resolved(image: Sharp) {
  return image.toBuffer({ resolveWithObject: true });
}

let loaded: Promise<typeof import('sharp')['default']> | undefined;

/** Loaded with the first picture. Only the decoders named here can be reached, whatever the bytes claim to be. */
async function loadSharp() {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`),
    });
    return sharp;
  });
  return loaded;
}

/** The decoder's own words are about bytes, not about the machine; only the first line is passed on. */
function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/[^\x20-\x7e]/g, '?').slice(0, 120) || 'damaged';
}
