import { strToU8, zipSync, Zippable } from 'fflate';
import { PDFDocument } from 'pdf-lib';

type Entries = Readonly<Record<string, string | Uint8Array>>;

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const NAMESPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  `xmlns:r="${OFFICE}"`,
].join(' ');

export function zip(entries: Entries | Zippable): Buffer {
  const files = Object.entries(entries).map(([name, value]) => [
    name,
    typeof value === 'string' ? strToU8(value) : value,
  ]);
  return Buffer.from(zipSync(Object.fromEntries(files) as Zippable, { level: 6 }));
}

/** Relationships as [id, type, target], `!` before a target that is outside the document. */
export function rels(...links: readonly (readonly [string, string, string])[]): string {
  const lines = links.map(([id, type, target]) => {
    const [address, mode] = target.startsWith('!') ? [target.slice(1), ' TargetMode="External"'] : [target, ''];
    return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${address}"${mode}/>`;
  });
  return '<?xml version="1.0"?><Relationships ' +
    `xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`;
}

function office(main: string, contentType: string, entries: Entries): Entries {
  return {
    '[Content_Types].xml': `<?xml version="1.0"?><Types><Override PartName="/${main}" ` +
      `ContentType="application/vnd.openxmlformats-officedocument.${contentType}.main+xml"/></Types>`,
    '_rels/.rels': rels(['rId1', 'officeDocument', main]),
    ...entries,
  };
}

const wordPicture = (id: string, description: string): string =>
  '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" ' +
  `descr="${description}"/><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x"/></pic:nvPicPr>` +
  `<pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic></wp:inline></w:drawing></w:r></w:p>`;

/** Two paragraphs of text, a picture with a description, one in the header, one linked from the web. */
export function docxEntries(png: Buffer, jpeg: Buffer): Entries {
  return office('word/document.xml', 'wordprocessingml.document', {
    'word/document.xml':
      '<w:document ' +
      `${NAMESPACES}><w:body><w:p><w:r><w:t>One</w:t></w:r></w:p><w:p/>${wordPicture('rId4', 'A red fox')}` +
      '<w:p><mc:AlternateContent><mc:Choice><a:blip r:embed="rId4"/></mc:Choice><mc:Fallback><v:imagedata ' +
      'r:id="rId5"/></mc:Fallback></mc:AlternateContent></w:p>' +
      '<w:p><a:blip r:link="rId6"/></w:p></w:body></w:document>',
    'word/_rels/document.xml.rels': rels(
      ['rId4', 'image', 'media/image1.png'],
      ['rId5', 'image', 'media/image2.jpg'],
      ['rId6', 'image', '!http://192.0.2.1/t.png'],
      ['rId7', 'header', 'header1.xml'],
    ),
    'word/header1.xml': `<w:hdr ${NAMESPACES}>${wordPicture('rId1', 'Logo')}</w:hdr>`,
    'word/_rels/header1.xml.rels': rels(['rId1', 'image', '/word/media/image2.jpg']),
    'word/media/image1.png': png,
    'word/media/image2.jpg': jpeg,
  });
}

const slidePicture = (id: string, description: string): string =>
  `<p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture" descr="${description}"/></p:nvPicPr><p:blipFill><a:blip ` +
  `r:embed="${id}"/></p:blipFill></p:pic>`;

/** Slides in an order that is not that of their names; a picture on the layout. */
export function pptxEntries(png: Buffer, jpeg: Buffer): Entries {
  return office('ppt/presentation.xml', 'presentationml.presentation', {
    'ppt/presentation.xml': `<p:presentation ${NAMESPACES}><p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId ` +
      'id="257" r:id="rId1"/></p:sldIdLst></p:presentation>',
    'ppt/_rels/presentation.xml.rels': rels(
      ['rId1', 'slide', 'slides/slide1.xml'],
      ['rId2', 'slide', 'slides/slide2.xml'],
    ),
    'ppt/slides/slide1.xml': `<p:sld ${NAMESPACES}>` +
      `${slidePicture('rId1', 'Chart')}${slidePicture('rId1', 'Chart again')}</p:sld>`,
    'ppt/slides/_rels/slide1.xml.rels': rels(['rId1', 'image', '../media/image1.png']),
    'ppt/slides/slide2.xml': `<p:sld ${NAMESPACES}>${slidePicture('rId9', 'Photo')}${slidePicture('rId1', '')}</p:sld>`,
    'ppt/slides/_rels/slide2.xml.rels': rels(
      ['rId1', 'image', '../media/image1.png'],
      ['rId9', 'image', '../media/image2.jpg'],
    ),
    'ppt/media/image1.png': png,
    'ppt/media/image2.jpg': jpeg,
    'ppt/media/image3.png': png,
  });
}

export function xlsxEntries(png: Buffer): Entries {
  return office('xl/workbook.xml', 'spreadsheetml.sheet', {
    'xl/workbook.xml': `<workbook ${NAMESPACES}><sheets><sheet name="Data &amp; more" sheetId="1" ` +
      'r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': rels(['rId1', 'worksheet', 'worksheets/sheet1.xml']),
    'xl/worksheets/sheet1.xml': `<worksheet ${NAMESPACES}><drawing r:id="rId1"/></worksheet>`,
    'xl/worksheets/_rels/sheet1.xml.rels': rels(['rId1', 'drawing', '../drawings/drawing1.xml']),
    'xl/drawings/drawing1.xml': `<xdr:wsDr ${NAMESPACES}><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="x" ` +
      'descr="Plan"/></xdr:nvPicPr><a:blip r:embed="rId1"/></xdr:pic></xdr:wsDr>',
    'xl/drawings/_rels/drawing1.xml.rels': rels(['rId1', 'image', '../media/image1.png']),
    'xl/media/image1.png': png,
  });
}

export function epubEntries(png: Buffer, jpeg: Buffer): Entries {
  return {
    'mimetype': 'application/epub+zip',
    'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
    'OEBPS/content.opf':
      '<package><manifest><item id="cover" href="img/cover.jpg" media-type="image/jpeg"/><item id="fig" ' +
      'href="img/fig%201.png" media-type="image/png"/>' +
      '<item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/><item id="c2" href="text/two.xhtml" ' +
      'media-type="application/xhtml+xml"/></manifest>' +
      '<spine><itemref idref="c1"/><itemref idref="c2"/></spine></package>',
    'OEBPS/one.xhtml': '<html><body><p>Nothing here<br/></p></body></html>',
    'OEBPS/text/two.xhtml':
      '<html><body><p><img src="../img/fig%201.png" alt="Figure 1"/></p><img ' +
      'src="https://192.0.2.1/x.png"/></body></html>',
    'OEBPS/img/fig 1.png': png,
    'OEBPS/img/cover.jpg': jpeg,
  };
}

/** One page for each item; those with a picture show it. */
export async function pdf(pages: readonly (Buffer | undefined)[]): Promise<Buffer> {
  const document = await PDFDocument.create();
  for (const bytes of pages) {
    const page = document.addPage([600, 800]);
    if (bytes !== undefined) {
      const image = bytes[0] === 0x89 ? await document.embedPng(bytes) : await document.embedJpg(bytes);
      page.drawImage(image, { x: 50, y: 50, width: 300, height: 200 });
    }
  }
  return Buffer.from(await document.save());
}

/** A PDF written by hand: the objects from 1 on, the first being the catalog. */
export function rawPdf(objects: readonly string[]): Buffer {
  const offsets: number[] = [];
  let body = '%PDF-1.4\n';
  for (const [index, object] of objects.entries()) {
    offsets.push(body.length);
    body += `${index + 1} 0 obj${object}endobj\n`;
  }
  const count = objects.length + 1;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${body}xref\n0 ${count}\n0000000000 65535 f \n${table}trailer<</Size ${count}/Root 1 0 ` +
    `R>>\nstartxref\n${body.length}\n%%EOF`,
    'latin1',
  );
}

export function pdfStream(dictionary: string, content: string): string {
  return `<<${dictionary}/Length ${content.length}>>stream\n${content}\nendstream`;
}
