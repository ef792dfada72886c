import { z } from 'zod';
import { MAX_TEXT } from './bounds';
import { ImageSourceFormat } from '../../manifest/manifest';

/** What the gateway asks of the decoder process. The document itself is an open descriptor, never a path. */
export interface DecoderRequest {
  readonly operation: 'list' | 'extract';
  /** Bytes of the document, as judged when it was opened. */
  readonly size: number;
  readonly formats: readonly ImageSourceFormat[];
  readonly limits: DecoderLimits;
  /** list: how many images to pass over. */
  readonly offset?: number;
  /** extract: which images, by id. */
  readonly ids?: readonly string[];
  /** list and extract: only the images at this place. */
  readonly place?: string;
}

export interface DecoderLimits {
  readonly maxPixels: number;
  readonly maxEdge: number;
  readonly maxImages: number;
  /** Bytes of all images of an answer, as base64. */
  readonly maxAnswerBytes: number;
  /** Memory of the PDF decoder. */
  readonly maxPdfMemory: number;
}

const text = z.string().max(MAX_TEXT + 1);
const count = z.number().int().nonnegative();

const listedImage = z.strictObject({
  id: z.string().max(40),
  place: text.optional(),
  format: z.string().max(20).optional(),
  width: count.optional(),
  height: count.optional(),
  bytes: count.optional(),
  altText: text.optional(),
  source: text.optional(),
  extractable: z.boolean(),
  note: z.string().max(400).optional(),
});

const extractedImage = z.strictObject({
  id: z.string().max(40),
  place: text.optional(),
  altText: text.optional(),
  originalWidth: count,
  originalHeight: count,
  width: count,
  height: count,
  mimeType: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  data: z.string(),
});

const format = z.enum(['pdf', 'docx', 'pptx', 'xlsx', 'epub', 'markdown', 'html', 'image']);

/**
 * What the decoder process may say. It has read a document that may be hostile, so what it says is judged like input from
 * outside: JSON with these members and no others.
 */
export const decoderMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), reference: z.string().max(4096) }),
  z.strictObject({ type: z.literal('failed'), message: z.string().max(500) }),
  z.strictObject({
    type: z.literal('listed'),
    format,
    images: z.array(listedImage).max(1000),
    more: z.boolean(),
    note: z.string().max(400).optional(),
    /** Most resident memory the decoder had, in bytes. */
    memory: count,
  }),
  z.strictObject({
    type: z.literal('extracted'),
    format,
    images: z.array(extractedImage).max(1000),
    left: z.array(z.strictObject({ id: z.string().max(40), reason: z.string().max(400) })).max(1000),
    memory: count,
  }),
]);

export type DecoderMessage = z.infer<typeof decoderMessage>;
export type ListedImage = z.infer<typeof listedImage>;
export type ExtractedImage = z.infer<typeof extractedImage>;
export type ListedAnswer = Extract<DecoderMessage, { type: 'listed' }>;
export type ExtractedAnswer = Extract<DecoderMessage, { type: 'extracted' }>;

/** The gateway's answer to `open`: the bytes of a file the document names, or nothing when it may not be had. */
export interface OpenedMessage {
  readonly type: 'opened';
  readonly data?: string;
}
