/** How much of a document is looked at. Far above what real documents need, far below what would hurt. */
export const LIMITS = {
  /** Files in a zip archive. */
  archiveEntries: 20_000,
  /** Bytes of one XML part, inflated. */
  partBytes: 32 * 1024 * 1024,
  /** Bytes of one picture, inflated. */
  pictureBytes: 64 * 1024 * 1024,
  /** Bytes inflated from one archive in one call. */
  inflatedBytes: 256 * 1024 * 1024,
  /** Inflated to stored size. Deflate reaches 1032; pictures and office XML stay below 100. */
  inflationRatio: 250,
  /** Below this size the ratio means nothing: an empty table compresses well. */
  ratioFreeBytes: 1024 * 1024,
  /** First bytes of a picture that are read for its header. */
  headerBytes: 256 * 1024,
  /** Markdown or HTML. */
  textBytes: 8 * 1024 * 1024,
  /** Slides, sheets, chapters and the like. */
  parts: 5_000,
  /** Images of one document. */
  images: 20_000,
  pdfPages: 10_000,
  /** Objects on one page, those in nested forms included. */
  pdfPageObjects: 50_000,
  /** Objects on all pages that are looked at. */
  pdfObjects: 500_000,
  pdfFormDepth: 12,
  /** Elements of a page's structure tree that are searched for alternative texts. */
  pdfStructureElements: 5_000,
} as const;
