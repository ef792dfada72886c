import { fileTypeFromBuffer } from 'file-type';

/** Bytes at the beginning of a file that tell what it is. */
export const SAMPLE_BYTES = 4100;

/** Formats that are found by their first bytes and are text all the same. */
const TEXT_TYPES = /^(text\/|application\/(xml|rtf|postscript|eps)|image\/svg\+xml)/;

export type Content =
  | { readonly kind: 'text' }
  | { readonly kind: 'image' | 'audio'; readonly mimeType: string }
  | { readonly kind: 'binary'; readonly mimeType: string | undefined };

/** What a file is, by its first bytes: its name says nothing. */
export async function contentOf(sample: Buffer): Promise<Content> {
  const type = await fileTypeFromBuffer(sample);
  if (type !== undefined && !TEXT_TYPES.test(type.mime)) {
    const [family] = type.mime.split('/');
    return family === 'image' || family === 'audio' ? { kind: family, mimeType: type.mime } : { kind: 'binary', mimeType: type.mime };
  }
  return sample.includes(0) ? { kind: 'binary', mimeType: undefined } : { kind: 'text' };
}
