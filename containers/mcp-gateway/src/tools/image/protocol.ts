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
const id = z.string().max(40);
const reason = z.string().max(400);

const listedImage = {
  id,
  place: text.optional(),
  format: z.string().max(20).optional(),
  width: count.optional(),
  height: count.optional(),
  bytes: count.optional(),
  altText: text.optional(),
  source: text.optional(),
  extractable: z.boolean(),
  note: reason.optional(),
};

const extractedImage = {
  id,
  place: text.optional(),
  altText: text.optional(),
  originalWidth: count,
  originalHeight: count,
  width: count,
  height: count,
  mimeType: z.enum(['image/png', 'image/jpeg', 'image/webp']),
};

/**
 * The messages of the decoder process: a line for each image, so that no line is long. It has read a document that may
 * be hostile, so its messages are checked like input from outside: JSON with these members and no others.
 */
export const decoderMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), reference: z.string().max(4096) }),
  z.strictObject({ type: z.literal('failed'), message: z.string().max(500) }),
  z.strictObject({ type: z.literal('listed'), ...listedImage }),
  /** So many bytes of a picture follow. */
  z.strictObject({ type: z.literal('extracted'), ...extractedImage, size: count }),
  /** An image that was asked for and is not given. */
  z.strictObject({ type: z.literal('left'), id, reason }),
  z.strictObject({
    type: z.literal('end'),
    format: z.enum(['pdf', 'docx', 'pptx', 'xlsx', 'epub', 'markdown', 'html', 'image']),
    more: z.boolean().optional(),
    note: reason.optional(),
    /** Most resident memory the decoder had, in bytes. */
    memory: count,
  }),
]);

export type DecoderMessage = z.infer<typeof decoderMessage>;
type Message<Type extends DecoderMessage['type']> = Omit<Extract<DecoderMessage, { type: Type }>, 'type'>;

export type ListedImage = Message<'listed'>;
export type LeftImage = Message<'left'>;
export type ExtractedImage = Omit<Message<'extracted'>, 'size'>;

/** What a decoder found in a document. */
export interface DecoderAnswer extends Message<'end'> {
  readonly listed: readonly ListedImage[];
  /** Pictures as base64. */
  readonly extracted: readonly (ExtractedImage & { readonly data: string })[];
  readonly left: readonly LeftImage[];
}

/** The gateway's answer to `open`: how many bytes of the file follow; nothing when it may not be had. */
export interface OpenedMessage {
  readonly type: 'opened';
  readonly size?: number;
}
