import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docxEntries, epubEntries, pdf, pdfStream, pptxEntries, rawPdf, xlsxEntries, zip } from './documents';
import { ImageBench } from './harness';
import { picture } from './pictures';

let bench: ImageBench;
let png: Buffer;
let jpeg: Buffer;

beforeAll(async () => {
  bench = await ImageBench.create();
  png = await picture('png', 40, 30, true);
  jpeg = await picture('jpeg', 64, 48);
});

afterAll(async () => bench.dispose());

const PNG_FACTS = { format: 'png', width: 40, height: 30, extractable: true };
const JPEG_FACTS = { format: 'jpeg', width: 64, height: 48, extractable: true };

describe('a Word document', () => {
  beforeAll(async () => bench.write('report.docx', zip(docxEntries(png, jpeg))));

  test('reports paragraph, header, description and linked images', async () => {
    const { format, images } = await bench.list({ path: 'report.docx' });
    expect(format).toBe('docx');
    expect(images).toEqual([
      { id: 'i1', place: 'paragraph 3', altText: 'A red fox', bytes: png.length, ...PNG_FACTS },
      { id: 'i2', place: 'paragraph 4', bytes: png.length, ...PNG_FACTS },
      {
        id: 'i3',
        place: 'paragraph 5',
        source: 'http://192.0.2.1/t.png',
        extractable: false,
        note: 'it is not in the document, and nothing is fetched',
      },
      { id: 'i4', place: 'header 1', altText: 'Logo', bytes: jpeg.length, ...JPEG_FACTS },
    ]);
  });

  test('gives the image at a place', async () => {
    const { description, pictures } = await bench.extract({ path: 'report.docx', place: 'header 1' });
    expect(description.images).toEqual([
      {
        id: 'i4',
        place: 'header 1',
        altText: 'Logo',
        originalWidth: 64,
        originalHeight: 48,
        width: 64,
        height: 48,
        mimeType: 'image/jpeg',
      },
    ]);
    expect((await sharp(pictures[0]?.bytes).metadata()).format).toBe('jpeg');
  });
});

describe('a presentation', () => {
  beforeAll(async () => bench.write('talk.pptx', zip(pptxEntries(png, jpeg))));

  test('numbers slides as they are shown, and lists what no slide shows', async () => {
    const { format, images } = await bench.list({ path: 'talk.pptx' });
    expect(format).toBe('pptx');
    expect(images.map(({ id, place, altText, format: kind }) => [id, place, altText, kind])).toEqual([
      ['i1', 'slide 1', 'Photo', 'jpeg'],
      ['i2', 'slide 1', undefined, 'png'],
      ['i3', 'slide 2', 'Chart', 'png'],
      ['i4', undefined, undefined, 'png'],
    ]);
  });
});

describe('a workbook', () => {
  test('names the sheet', async () => {
    await bench.write('book.xlsx', zip(xlsxEntries(png)));
    const { format, images } = await bench.list({ path: 'book.xlsx' });
    expect(format).toBe('xlsx');
    expect(images).toEqual([
      { id: 'i1', place: 'sheet Data & more', altText: 'Plan', bytes: png.length, ...PNG_FACTS },
    ]);
    expect((await bench.extract({ path: 'book.xlsx', place: 'sheet Data & more' })).pictures).toHaveLength(1);
  });
});

describe('a book', () => {
  test('numbers chapters by the spine and finds the cover', async () => {
    await bench.write('novel.epub', zip(epubEntries(png, jpeg)));
    const { format, images } = await bench.list({ path: 'novel.epub' });
    expect(format).toBe('epub');
    expect(images).toEqual([
      { id: 'i1', place: 'chapter 2', altText: 'Figure 1', bytes: png.length, ...PNG_FACTS },
      {
        id: 'i2',
        place: 'chapter 2',
        source: 'https://192.0.2.1/x.png',
        extractable: false,
        note: 'it is not in the document, and nothing is fetched',
      },
      { id: 'i3', bytes: jpeg.length, ...JPEG_FACTS },
    ]);
  });
});

describe('a PDF', () => {
  beforeAll(async () => bench.write('paper.pdf', await pdf([jpeg, undefined, png])));

  test('numbers pages', async () => {
    const { format, images } = await bench.list({ path: 'paper.pdf' });
    expect(format).toBe('pdf');
    expect(images).toEqual([
      { id: 'p1-1', place: 'page 1', bytes: jpeg.length, ...JPEG_FACTS },
      { id: 'p3-1', place: 'page 3', bytes: expect.any(Number), ...PNG_FACTS, format: 'bitmap' },
    ]);
  });

  test('gives pixels with their transparency', async () => {
    const { description, pictures } = await bench.extract({ path: 'paper.pdf', ids: ['p3-1'] });
    expect(description.images).toMatchObject([
      { id: 'p3-1', place: 'page 3', width: 40, height: 30, mimeType: 'image/png' },
    ]);
    const expected = await sharp(png).raw().toBuffer();
    const seen = await sharp(pictures[0]?.bytes).raw().toBuffer();
    expect(seen).toEqual(expected);
  });

  test('reads only the page that is asked for', async () => {
    const { description } = await bench.extract({ path: 'paper.pdf', place: 'page 1' });
    expect(description.images).toMatchObject([{ id: 'p1-1', mimeType: 'image/jpeg' }]);
  });

  test('finds images in forms and in the page itself, with the alternative texts of a tagged page', async () => {
    const gray = 'Type/XObject/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray';
    await bench.write(
      'tagged.pdf',
      rawPdf([
        '<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 7 0 R>>',
        '<</Type/Pages/Kids[3 0 R]/Count 1>>',
        '<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/StructParents 0/Resources<</XObject<</Im 5 0 ' +
        'R/Fm 6 0 R>>>>>>',
        pdfStream(
          '',
          '/Figure<</MCID 0>>BDC q 9 0 0 9 0 0 cm /Im Do Q EMC /Fm Do q 3 0 0 3 0 0 cm BI /W 3 /H 1 /BPC 8 /CS /G ID ' +
          'abc EI Q',
        ),
        pdfStream(`/${gray}`, '\x00\xff'),
        pdfStream(
          '/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</In 5 0 R>>>>',
          'q 9 0 0 9 20 20 cm /In Do Q',
        ),
        '<</Type/StructTreeRoot/K[8 0 R]/ParentTree 9 0 R>>',
        '<</Type/StructElem/S/Figure/P 7 0 R/Pg 3 0 R/Alt(A map of \\(old\\) roads)/K[0]>>',
        '<</Nums[0[8 0 R]]>>',
      ]),
    );
    const { images } = await bench.list({ path: 'tagged.pdf' });
    expect(images.map(({ id, width, altText }) => [id, width, altText])).toEqual([
      ['p1-1', 2, 'A map of (old) roads'],
      ['p1-2', 2, undefined],
      ['p1-3', 3, undefined],
    ]);
    const { pictures } = await bench.extract({ path: 'tagged.pdf', ids: ['p1-1', 'p1-2', 'p1-3'] });
    expect([...await sharp(pictures[0]?.bytes).greyscale().raw().toBuffer()]).toEqual([0, 255]);
    expect([...await sharp(pictures[1]?.bytes).greyscale().raw().toBuffer()]).toEqual([0, 255]);
    expect([...await sharp(pictures[2]?.bytes).greyscale().raw().toBuffer()]).toEqual([97, 98, 99]);
  });

  test('fails with words on a password', async () => {
    // a standard security handler with an unknown user password
    const body = (await pdf([jpeg])).toString('latin1');
    const locked = `${body}\n1000 0 obj\n<</Filter/Standard/V 1/R 2/O(${'x'.repeat(32)})/U(${'y'.repeat(32)})/P ` +
      '-4>>\nendobj\n';
    const start = Buffer.byteLength(locked, 'latin1');
    const root = /\/Root (\d+ \d+ R)/.exec(body)?.[1] ?? '2 0 R';
    await bench.write(
      'locked.pdf',
      Buffer.from(
        `${locked}xref\n1000 1\n${String(locked.indexOf('1000 0 obj')).padStart(10, '0')} 00000 n \ntrailer\n<</Size ` +
        `1001/Root ${root}/Prev ${/startxref\s+(\d+)/.exec(body)?.[1]}/Encrypt 1000 0 ` +
        `R/ID[(a)(a)]>>\nstartxref\n${start}\n%%EOF\n`,
        'latin1',
      ),
    );
    await expect(bench.list({ path: 'locked.pdf' })).rejects.toThrow('it is protected by a password');
  });
});

describe('a Markdown text', () => {
  test('reports lines, data URIs, files beside it, remote addresses and HTML inside', async () => {
    await bench.write('docs/img/a b.png', png);
    await bench.write('top.jpg', jpeg);
    await bench.write(
      'docs/guide.txt',
      [
        '# Title',
        '',
        '![first](img/a%20b.png "t")',
        '',
        '<p><img src="../top.jpg" alt="second"></p>',
        '',
        `Inline ![third](data:text/plain;base64,${png.toString('base64')}) and ![fourth][ref]`,
        '',
        '[ref]: https://192.0.2.1/x.png',
        '',
        '![gone](missing.png) ![above](../../outside.png)',
        '',
        '`![code](img/a.png)`',
      ].join('\n'),
    );
    const { format, images } = await bench.list({ path: 'docs/guide.txt' });
    expect(format).toBe('markdown');
    expect(images).toEqual([
      { id: 'i1', place: 'line 3', altText: 'first', source: 'img/a%20b.png', bytes: png.length, ...PNG_FACTS },
      { id: 'i2', place: 'line 5', altText: 'second', source: '../top.jpg', bytes: jpeg.length, ...JPEG_FACTS },
      { id: 'i3', place: 'line 7', altText: 'third', bytes: png.length, ...PNG_FACTS },
      {
        id: 'i4',
        place: 'line 7',
        altText: 'fourth',
        source: 'https://192.0.2.1/x.png',
        extractable: false,
        note: 'it is not in the document, and nothing is fetched',
      },
      {
        id: 'i5',
        place: 'line 11',
        altText: 'gone',
        source: 'missing.png',
        extractable: false,
        note: 'its file is not available',
      },
      {
        id: 'i6',
        place: 'line 11',
        altText: 'above',
        source: '../../outside.png',
        extractable: false,
        note: 'its file is not available',
      },
    ]);
    expect((await bench.extract({ path: 'docs/guide.txt', ids: ['i2', 'i3'] })).pictures).toHaveLength(2);
  });

  test('a file it names is judged by the policy of the tool', async () => {
    await bench.write('docs/public.md', '![a](../private/secret.png)\n![b](img/a%20b.png)');
    await bench.write('private/secret.png', png);
    const { images } = await bench.list({ path: 'docs/public.md' }, { paths: { allow: ['**'], deny: ['private'] } });
    expect(images.map(({ extractable, note }) => [extractable, note])).toEqual([
      [false, 'its file is not available'],
      [true, undefined],
    ]);
  });
});

describe('an HTML page', () => {
  test('lists img, picture, poster and SVG images, and no scripts', async () => {
    await bench.write(
      'page',
      [
        '<!-- made by hand -->',
        '<!DOCTYPE html>',
        '<html><body>',
        `<img src="data:image/png;base64,${png.toString('base64')}" alt="one">`,
        '<picture><source srcset="https://192.0.2.1/a.webp 1x, https://192.0.2.1/b.webp 2x"></picture>',
        '<video poster="//192.0.2.1/p.jpg"></video>',
        '<svg><image href="file:///etc/passwd"/></svg>',
        '<script>"<img src=evil.png>"</script>',
        '</body></html>',
      ].join('\n'),
    );
    const { format, images } = await bench.list({ path: 'page' });
    expect(format).toBe('html');
    expect(images.map(({ place, source, extractable }) => [place, source, extractable])).toEqual([
      ['line 4', undefined, true],
      ['line 5', 'https://192.0.2.1/a.webp', false],
      ['line 5', 'https://192.0.2.1/b.webp', false],
      ['line 6', '//192.0.2.1/p.jpg', false],
      ['line 7', 'file:///etc/passwd', false],
    ]);
  });
});

describe('a picture file', () => {
  test.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)('%s is listed and given', async (format) => {
    const bytes = await picture(format, 80, 20);
    await bench.write(`pictures/${format}.bin`, bytes);
    expect(await bench.list({ path: `pictures/${format}.bin` })).toMatchObject({
      format: 'image',
      images: [{ id: 'i1', place: 'file', format, width: 80, height: 20, bytes: bytes.length, extractable: true }],
    });
    const { pictures } = await bench.extract({ path: `pictures/${format}.bin` });
    expect(await sharp(pictures[0]?.bytes).metadata()).toMatchObject({ width: 80, height: 20 });
  });

  test('SVG is listed and never drawn', async () => {
    const svg =
      '<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><image ' +
      'href="file:///etc/passwd"/></svg>';
    await bench.write('drawing.png', svg);
    expect((await bench.list({ path: 'drawing.png' })).images).toMatchObject([
      { format: 'svg', width: 30, height: 20, extractable: false },
    ]);
    await expect(bench.extract({ path: 'drawing.png' })).rejects.toThrow('svg is listed only');
  });

  test('a format without a decoder here is listed and not given', async () => {
    const bitmap = Buffer.alloc(70);
    bitmap.write('BM');
    bitmap.writeUInt32LE(70, 2);
    bitmap.writeUInt32LE(54, 10);
    bitmap.writeUInt32LE(40, 14);
    bitmap.writeUInt32LE(2, 18);
    bitmap.writeUInt32LE(2, 22);
    await bench.write('old.bmp', bitmap);
    expect((await bench.list({ path: 'old.bmp' })).images).toMatchObject([
      { format: 'bmp', width: 2, height: 2, extractable: false },
    ]);
    await expect(bench.extract({ path: 'old.bmp' })).rejects.toThrow(
      'bmp is listed only; png, jpeg, webp, gif, tiff and avif can be extracted',
    );
  });
});
