import { DecoderAnswer } from './protocol';
import { answerBytes } from '../answer-text';
import { ToolFailure, ToolResult } from '../tool';

/** The list as JSON in one text: a document's own texts about its images stay inside data fields. */
export function listResult(
  path: string,
  offset: number,
  { format, listed, more = false, note }: DecoderAnswer,
  maxBytes: number,
): ToolResult {
  const textOf = (count: number): string =>
    JSON.stringify({
      document: path,
      format,
      images: listed.slice(0, count),
      ...(more || count < listed.length ? { more: true, nextOffset: offset + count } : {}),
      note,
    });
  const room = maxBytes - answerBytes(textOf(0));
  const count = countWithin(
    room,
    listed.map((image) => entryBytes(image)),
  );
  if (room < 0 || (count === 0 && listed.length > 0)) {
    throw new ToolFailure(`the answer does not fit the ${maxBytes} bytes this tool may give`);
  }
  return { content: [{ type: 'text', text: textOf(count) }], ...(count < listed.length ? { truncated: true } : {}) };
}

/**
 * The images, behind a text that identifies them.
 * @throws ToolFailure when none can be given
 */
export function extractResult(path: string, { format, extracted, left }: DecoderAnswer, maxBytes: number): ToolResult {
  const facts = extracted.map(({ data: _, ...image }) => image);
  const notReturned = (count: number): { readonly id: string; readonly reason: string }[] => [
    ...left,
    ...extracted.slice(count).map(({ id }) => ({ id, reason: 'the answer has no room left for it; ask for it alone' })),
  ];
  const textOf = (count: number): string => JSON.stringify({
    document: path,
    format,
    images: facts.slice(0, count),
    ...(left.length > 0 || count < facts.length ? { notReturned: notReturned(count) } : {}),
  });
  // an image that is returned replaces the note about it
  const room = maxBytes - answerBytes(textOf(0));
  const sizes = extracted.map(({ data }, index) => data.length + entryBytes(facts[index]));
  const count = countWithin(room, sizes);
  if (count > 0) {
    const images = extracted.slice(0, count).map(({ data, mimeType }) => ({ type: 'image', data, mimeType }) as const);
    const isCut = notReturned(count).some(({ reason }) => reason.includes('room'));
    return { content: [{ type: 'text', text: textOf(count) }, ...images], ...(isCut ? { truncated: true } : {}) };
  }
  if (extracted.length > 0) {
    throw new ToolFailure(`no image fits the ${maxBytes} bytes this tool may give`);
  }
  throw new ToolFailure(left.length === 0
    ? 'the document has no image there; list its images to see their ids and places'
    : `no image can be returned: ${left.slice(0, 5).map(({ id, reason }) => `${id}: ${reason}`).join('; ')}`);
}

function entryBytes(entry: object): number {
  return answerBytes(JSON.stringify(entry)) + 1;
}

/** Returns how many of the first sizes fit together. */
function countWithin(room: number, sizes: readonly number[]): number {
  let [count, left] = [0, room];
  while (count < sizes.length && sizes[count] <= left) {
    left -= sizes[count];
    count += 1;
  }
  return count;
}
