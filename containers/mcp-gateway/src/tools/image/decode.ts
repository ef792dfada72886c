import { DecoderJob, runDecoder } from './decoder-process';
import { DecoderAnswer, DecoderRequest } from './protocol';
import { OpenedFile } from '../../workspace';
import { bundled } from '../bundled';

const MEBIBYTE = 1024 * 1024;
/** What the decoder takes before it has read anything, with room for parsing. */
const BASE_MEMORY = 256 * MEBIBYTE;
const PDF_BASE_MEMORY = 96 * MEBIBYTE;
/** Two copies of four bytes: the decoded picture and the one being made of it. */
const BYTES_PER_PIXEL = 8;
/** An answer, besides its pixels. */
const REPLY_SLACK = 4 * MEBIBYTE;
/** Room in an answer for the text that identifies the images. */
const TEXT_BYTES = 1024;

/** How much of a document is decoded. */
export interface ImageLimits {
  /** Images in one answer. */
  readonly maxImages: number;
  /** Longer edge of a returned image, in pixels. */
  readonly maxEdge: number;
  /** Largest width times height that is decoded. */
  readonly maxPixels: number;
}

export const DEFAULT_IMAGE_LIMITS: ImageLimits = { maxImages: 20, maxEdge: 1568, maxPixels: 40_000_000 };

export interface DecodeOptions {
  readonly limits: ImageLimits;
  readonly maxOutputBytes: number;
  readonly signal: AbortSignal;
  /** @default none may be had */
  readonly openReference?: DecoderJob['openReference'];
}

/** The bundle of the decoder. */
export const DECODER = 'image-worker.mjs';

/**
 * Has the images of a document listed, or decoded and encoded again, by a decoder process.
 * @throws ToolFailure with a message for the client
 */
export async function decode(
  file: OpenedFile,
  request: Omit<DecoderRequest, 'size' | 'limits'>,
  options: DecodeOptions,
): Promise<DecoderAnswer> {
  const { limits, maxOutputBytes, signal, openReference = async () => undefined } = options;
  const pixelMemory = limits.maxPixels * BYTES_PER_PIXEL;
  return runDecoder({
    decoder: bundled(DECODER),
    fd: file.fd,
    request: {
      ...request,
      size: file.size,
      limits: {
        ...limits,
        maxAnswerBytes: Math.max(0, maxOutputBytes - TEXT_BYTES),
        maxPdfMemory: PDF_BASE_MEMORY + 2 * file.size + pixelMemory,
      },
    },
    maxMemory: BASE_MEMORY + 3 * file.size + pixelMemory,
    maxReplyBytes: maxOutputBytes + REPLY_SLACK,
    signal,
    openReference,
  });
}
