import { Archive } from './archive/archive';
import { openEpub } from './archive/epub';
import { openOffice } from './archive/office';
import { ImageDocument, DocumentProblem } from './document';
import { openMarkup, OpenReference } from './markup/markup';
import { pictureHeader } from './picture-header';
import { contentKind } from './sniff';
import { ImageSourceFormat } from '../../../manifest/manifest';

export interface OpenOptions {
  /** Formats that are accepted; the tool's policy. */
  readonly formats: readonly ImageSourceFormat[];
  readonly maxPdfMemory: number;
  readonly openReference: OpenReference;
}

/**
 * Opens a document by what it contains. A format that is not accepted is refused before its reader sees it.
 *
 * @throws DocumentProblem when it is damaged, of no known format, or of one that is not accepted
 */
export async function openDocument(bytes: Buffer, options: OpenOptions): Promise<ImageDocument> {
  const accepted = (...formats: readonly ImageSourceFormat[]): boolean =>
    formats.some((format) => options.formats.includes(format));
  const content = contentKind(bytes);
  switch (content?.kind) {
    case 'picture':
      if (accepted('image')) {
        return pictureFile(bytes);
      }
      break;
    case 'pdf':
      if (accepted('pdf')) {
        return (await import('./pdf/pdf')).openPdf(bytes, options.maxPdfMemory);
      }
      break;
    case 'html':
    case 'markdown':
      if (accepted(content.kind)) {
        return openMarkup(content.kind, content.text, options.openReference);
      }
      break;
    case 'archive': {
      const archive = await Archive.open(bytes);
      const document = await openEpub(archive) ?? await openOffice(archive);
      if (document !== undefined && accepted(document.format)) {
        return document;
      }
      break;
    }
  }
  throw new DocumentProblem(
    `the file is of no format this tool reads, judged by its content; it reads ${options.formats.join(', ')}`,
  );
}

function pictureFile(bytes: Buffer): ImageDocument {
  return {
    format: 'image',
    images: async function* () {
      yield {
        id: 'i1',
        place: 'file',
        header: async () => pictureHeader(bytes, bytes.length),
        picture: async () => ({ kind: 'file', data: bytes }),
      };
    },
  };
}
