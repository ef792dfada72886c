import { ImageSourceFormat } from '../../../manifest/manifest';

/** A document opened for its images. */
export interface ImageDocument {
  readonly format: ImageSourceFormat;
  /** Set once reading stopped at a limit, so that the list is not the whole. */
  readonly cut?: string;
  /** In the order of the document. A reader that can go straight to what is wanted leaves out the rest. */
  images(wanted: Wanted): AsyncIterable<FoundImage>;
}

/** Which images an answer asks for: all, those with an id, or those at a place. */
export interface Wanted {
  readonly ids?: ReadonlySet<string>;
  readonly place?: string;
}

/** An image that was found; its header and its pixels are read when asked for. */
export interface FoundImage {
  readonly id: string;
  readonly place?: string;
  readonly altText?: string;
  /** Where the image is when it is not inside the document: a remote address or a path in the workspace. */
  readonly source?: string;
  /** Why it can never be returned, known without looking at it. */
  readonly listedOnly?: string;
  header(): Promise<PictureHeader>;
  picture(maxEdge: number): Promise<Picture>;
}

/** The header of a picture, before anything is decoded. */
export interface PictureHeader {
  readonly format?: string;
  readonly width?: number;
  readonly height?: number;
  readonly bytes?: number;
}

export type Picture =
  | { readonly kind: 'file'; readonly data: Buffer }
  | {
    readonly kind: 'pixels';
    readonly data: Buffer;
    readonly width: number;
    readonly height: number;
    readonly channels: 1 | 3 | 4;
    readonly lossy: boolean;
  };

/** Whether an image is asked for. */
export function isWanted(image: Pick<FoundImage, 'id' | 'place'>, wanted: Wanted): boolean {
  return (
    (wanted.ids === undefined || wanted.ids.has(image.id)) &&
    (wanted.place === undefined || image.place === wanted.place)
  );
}

/** A problem of the document or the request, with a message for the client. */
export class DocumentProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DocumentProblem';
  }
}
