import { alternativeTexts } from './alternative-text';
import { Pdfium, PdfiumFailure, startPdfium } from './pdfium';
import { renderedPixels } from './pixels';
import { FoundImage, ImageDocument, Picture, PictureHeader, Wanted, DocumentProblem } from '../document';
import { fieldText } from '../field-text';
import { LIMITS } from '../limits';

/** The value of FPDF_GetLastError if a password is required. */
const WRONG_PASSWORD = 4;
const OBJECT_IMAGE = 3;
const OBJECT_FORM = 5;

/** A PDF and its raster images. Scripts, attachments, forms and links in it are neither run nor opened. */
export async function openPdf(bytes: Buffer, maxMemory: number): Promise<ImageDocument> {
  return guarded(async () => {
    const pdfium = await startPdfium(maxMemory);
    const document = pdfium.api.FPDF_LoadMemDocument(pdfium.keep(bytes), bytes.length, '');
    if (document === 0) {
      throw new DocumentProblem(
        pdfium.api.FPDF_GetLastError() === WRONG_PASSWORD
          ? 'it is protected by a password'
          : 'the PDF is damaged or cut short',
      );
    }
    return new PdfDocument(pdfium, document);
  });
}

class PdfDocument implements ImageDocument {
  public readonly format = 'pdf';
  public cut: string | undefined;
  private objects = 0;

  constructor(
    private readonly pdfium: Pdfium,
    private readonly document: number,
  ) {}

  public async *images(wanted: Wanted): AsyncGenerator<FoundImage> {
    const { api } = this.pdfium;
    for (const index of this.pages(wanted)) {
      const page = await guarded(async () => api.FPDF_LoadPage(this.document, index));
      if (page === 0) {
        continue;
      }
      const found = await guarded(async () => this.imagesOf(page));
      const texts = await guarded(async () =>
        found.length > 0 ? alternativeTexts(this.pdfium, page) : new Map<number, string>(),
      );
      for (const [number, object] of found.entries()) {
        yield this.imageOf(page, index, number, object, texts);
      }
      // What was handed on is used up by now.
      await guarded(async () => api.FPDF_ClosePage(page));
      if (this.objects >= LIMITS.pdfObjects) {
        this.cut = `only the first ${LIMITS.pdfObjects} objects were looked at, up to page ${index + 1}`;
        return;
      }
    }
  }

  /** Indexes of the pages that can hold what is wanted. */
  private pages(wanted: Wanted): readonly number[] {
    const count = this.pdfium.api.FPDF_GetPageCount(this.document);
    const all = Math.min(count, LIMITS.pdfPages);
    const asked =
      wanted.place !== undefined
        ? [numberIn(wanted.place, /^page (\d+)$/)]
        : wanted.ids && [...wanted.ids].map((id) => numberIn(id, /^p(\d+)-\d+$/));
    if (asked !== undefined) {
      const existing = [...new Set(asked)].filter(
        (page): page is number => page !== undefined && page >= 1 && page <= all,
      );
      return existing.sort((a, b) => a - b).map((page) => page - 1);
    }
    if (count > all) {
      this.cut = `only the first ${all} of ${count} pages were looked at`;
    }
    return Array.from({ length: all }, (_, index) => index);
  }

  /** Image objects of a page, those in nested forms included. */
  private imagesOf(page: number): readonly number[] {
    const { api } = this.pdfium;
    const images: number[] = [];
    let looked = 0;
    const visit = (count: number, objectAt: (index: number) => number, depth: number): void => {
      for (let index = 0; index < count && looked < LIMITS.pdfPageObjects; index++) {
        looked++;
        const object = objectAt(index);
        const type = object === 0 ? 0 : api.FPDFPageObj_GetType(object);
        if (type === OBJECT_IMAGE) {
          images.push(object);
        } else if (type === OBJECT_FORM && depth < LIMITS.pdfFormDepth) {
          visit(api.FPDFFormObj_CountObjects(object), (at) => api.FPDFFormObj_GetObject(object, at), depth + 1);
        }
      }
    };
    visit(api.FPDFPage_CountObjects(page), (at) => api.FPDFPage_GetObject(page, at), 0);
    this.objects += looked;
    return images;
  }

  private imageOf(
    page: number,
    pageIndex: number,
    number: number,
    object: number,
    texts: ReadonlyMap<number, string>,
  ): FoundImage {
    const { document, pdfium } = this;
    const filter = (): string => lastFilter(pdfium, object);
    const pixels = (maxEdge: number): Picture =>
      renderedPixels(pdfium, { document, page, object, maxEdge, lossy: isLossy(filter()) });
    return {
      id: `p${pageIndex + 1}-${number + 1}`,
      place: `page ${pageIndex + 1}`,
      altText: fieldText(texts.get(pdfium.api.FPDFPageObj_GetMarkedContentID(object))),
      header: async () => guarded(async () => headerOf(pdfium, object, filter())),
      picture: async (maxEdge) => guarded(async () => pixels(maxEdge)),
    };
  }
}

function headerOf(pdfium: Pdfium, object: number, filter: string): PictureHeader {
  return pdfium.scratch(8, (pointer) => {
    if (!pdfium.api.FPDFImageObj_GetImagePixelSize(object, pointer, pointer + 4)) {
      return {};
    }
    const bytes = pdfium.api.FPDFImageObj_GetImageDataRaw(object, 0, 0);
    const view = pdfium.view();
    const [width, height] = [view.getUint32(pointer, true), view.getUint32(pointer + 4, true)];
    return { format: FILTER_FORMATS[filter] ?? 'bitmap', width, height, bytes };
  });
}

const FILTER_FORMATS: Readonly<Record<string, string>> = {
  DCTDecode: 'jpeg',
  DCT: 'jpeg',
  JPXDecode: 'jp2',
  JBIG2Decode: 'jbig2',
  CCITTFaxDecode: 'ccitt',
  CCF: 'ccitt',
};

function isLossy(filter: string): boolean {
  return FILTER_FORMATS[filter] === 'jpeg' || FILTER_FORMATS[filter] === 'jp2';
}

/** The filter that holds the picture itself; those before it only pack its bytes. */
function lastFilter(pdfium: Pdfium, object: number): string {
  const count = pdfium.api.FPDFImageObj_GetImageFilterCount(object);
  if (count < 1) {
    return '';
  }
  const size = 64;
  return pdfium.scratch(size, (pointer) => {
    const length = pdfium.api.FPDFImageObj_GetImageFilter(object, count - 1, pointer, size);
    return length < 2 || length > size
      ? ''
      : Buffer.from(pdfium.bytes().slice(pointer, pointer + length - 1)).toString('latin1');
  });
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** WebAssembly traps end the reading of this document, with words a client can use. */
async function guarded<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof DocumentProblem) {
      throw error;
    }
    throw new DocumentProblem(
      error instanceof PdfiumFailure
        ? error.message
        : 'the PDF is damaged in a way its decoder cannot read, or needs more memory than a document may',
    );
  }
}
