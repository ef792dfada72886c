import { Pdfium } from './pdfium';
import { MAX_TEXT } from '../../bounds';
import { LIMITS } from '../limits';

/** Alternative texts of a tagged page, by the id of the marked content they describe. */
export function alternativeTexts(pdfium: Pdfium, page: number): ReadonlyMap<number, string> {
  const { api } = pdfium;
  const texts = new Map<number, string>();
  const tree = api.FPDF_StructTree_GetForPage(page);
  if (tree === 0) {
    return texts;
  }
  try {
    const pending: { readonly element: number; readonly text?: string }[] = [];
    let looked = 0;
    const push = (count: number, childAt: (index: number) => number, text: string | undefined): void => {
      for (let index = 0; index < count && looked < LIMITS.pdfStructureElements; index++) {
        const element = childAt(index);
        if (element !== 0) {
          looked++;
          pending.push({ element, text });
        }
      }
    };
    push(
      api.FPDF_StructTree_CountChildren(tree),
      (index) => api.FPDF_StructTree_GetChildAtIndex(tree, index),
      undefined,
    );
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { element } = next;
      const text = textOf(pdfium, element) ?? next.text;
      if (text !== undefined) {
        const marked = Math.min(api.FPDF_StructElement_GetMarkedContentIdCount(element), LIMITS.pdfStructureElements);
        for (let index = 0; index < marked; index++) {
          texts.set(api.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index), text);
        }
      }
      push(
        api.FPDF_StructElement_CountChildren(element),
        (index) => api.FPDF_StructElement_GetChildAtIndex(element, index),
        text,
      );
    }
    // Content without a mark has the id -1.
    texts.delete(-1);
    return texts;
  } finally {
    api.FPDF_StructTree_Close(tree);
  }
}

/** UTF-16 with a closing zero, as PDFium hands it out. */
function textOf(pdfium: Pdfium, element: number): string | undefined {
  const { api } = pdfium;
  const bytes = api.FPDF_StructElement_GetAltText(element, 0, 0);
  if (bytes <= 2 || bytes > 1_000_000) {
    return undefined;
  }
  return pdfium.scratch(bytes, (pointer) => {
    api.FPDF_StructElement_GetAltText(element, pointer, bytes);
    return Buffer.from(pdfium.bytes().slice(pointer, pointer + Math.min(bytes - 2, MAX_TEXT * 8))).toString('utf16le');
  });
}
