import { ExtractedAnswer, ListedAnswer } from './protocol';
import { ToolContent, ToolFailure, ToolResult } from '../tool';

/** The list as JSON in one text: what a document says about its images stays inside data fields. */
export function listResult(path: string, offset: number, answer: ListedAnswer, maxBytes: number): ToolResult {
  for (let count = answer.images.length; ; count = Math.floor(count * 0.8)) {
    const cut = count < answer.images.length;
    const more = cut || answer.more;
    const text = JSON.stringify({
      document: path,
      format: answer.format,
      images: answer.images.slice(0, count),
      ...(more ? { more: true, nextOffset: offset + count } : {}),
      ...(answer.note !== undefined ? { note: answer.note } : {}),
    });
    if (Buffer.byteLength(text) <= maxBytes) {
      return { content: [{ type: 'text', text }], ...(cut ? { truncated: true } : {}) };
    }
    if (count === 0) {
      throw new ToolFailure(`the answer does not fit the ${maxBytes} bytes this tool may give`);
    }
  }
}

/**
 * The images, behind a text that says which is which.
 * @throws ToolFailure when none can be given
 */
export function extractResult(path: string, answer: ExtractedAnswer, maxBytes: number): ToolResult {
  for (let count = answer.images.length; count > 0; count--) {
    const images = answer.images.slice(0, count);
    const left = [...answer.left, ...answer.images.slice(count).map(({ id }) => ({ id, reason: 'the answer has no room left for it; ask for it alone' }))];
    const text = JSON.stringify({
      document: path,
      format: answer.format,
      images: images.map(({ data: _, ...image }) => image),
      ...(left.length > 0 ? { notReturned: left } : {}),
    });
    const content: ToolContent[] = [{ type: 'text', text }, ...images.map(({ data, mimeType }) => ({ type: 'image', data, mimeType }) as const)];
    if (Buffer.byteLength(text) + images.reduce((sum, { data }) => sum + data.length, 0) <= maxBytes) {
      return { content, ...(left.some(({ reason }) => reason.includes('room')) ? { truncated: true } : {}) };
    }
  }
  throw new ToolFailure(answer.left.length === 0
    ? answer.images.length === 0 ? 'the document has no image there; list its images to see their ids and places' : `no image fits the ${maxBytes} bytes this tool may give`
    : `no image can be returned: ${answer.left.slice(0, 5).map(({ id, reason }) => `${id}: ${reason}`).join('; ')}`);
}
