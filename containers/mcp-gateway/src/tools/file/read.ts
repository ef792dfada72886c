import { z } from 'zod';
import { OpenedFile } from '../../workspace';
import { pathArgument, wholeNumber } from '../arguments';
import { ToolFailure, ToolResult } from '../tool';
import { contentOf, SAMPLE_BYTES } from './content-type';
import { FileKit, FileOperation } from './define';
import { linesOf } from './lines';

const position = wholeNumber(0, Number.MAX_SAFE_INTEGER);
const input = z.strictObject({
  path: pathArgument('File, relative to the workspace.'),
  startLine: position.min(1).optional().describe('First line to read, from 1.'),
  lines: position.min(1).optional().describe('How many lines to read.'),
  offset: position.optional().describe('First byte to read, from 0; not together with startLine or lines.'),
  length: position.min(1).optional().describe('How many bytes to read; not together with startLine or lines.'),
});

/** Room for the second text, which says what was read. */
const STATUS_BYTES = 192;

interface Lines {
  readonly firstLine?: number;
  readonly lastLine?: number;
}

type Range = Omit<z.output<typeof input>, 'path'>;

export const read: FileOperation<typeof input> = {
  title: 'Read file',
  description: 'Reads a file of the workspace: text, whole or by lines or bytes, followed by a JSON line that says what was read and whether '
    + 'that was the end; pictures and sound, told by their content, as such.',
  input,
  opens: 'file',
  run: async ({ path, ...range }, kit) => {
    const byLine = range.startLine !== undefined || range.lines !== undefined;
    const byByte = range.offset !== undefined || range.length !== undefined;
    if (byLine && byByte) {
      throw new ToolFailure('choose lines (startLine, lines) or bytes (offset, length), not both');
    }
    const file = await kit.environment.workspace.openFile(path, { paths: kit.paths, maxBytes: kit.maxInputBytes });
    try {
      const content = await contentOf(await file.read(0, SAMPLE_BYTES));
      if (content.kind === 'binary') {
        throw new ToolFailure(`it is a binary file${content.mimeType === undefined ? '' : ` (${content.mimeType})`}; only text, pictures and sound can be read`);
      }
      if (content.kind === 'text') {
        return byByte ? await readBytes(file, range, kit) : await readLines(file, range, kit);
      }
      if (byLine || byByte) {
        throw new ToolFailure(`it is ${content.mimeType}; read it without a range`);
      }
      return await readMedia(file, content.kind, content.mimeType, kit);
    } finally {
      await file.close();
    }
  },
};

async function readLines(file: OpenedFile, { startLine = 1, lines = Number.MAX_SAFE_INTEGER }: Range, kit: FileKit): Promise<ToolResult> {
  const room = kit.maxOutputBytes - STATUS_BYTES;
  const pieces: Buffer[] = [];
  let bytes = 0;
  let from: number | undefined;
  let last = startLine - 1;
  let next: number | undefined;
  for await (const line of linesOf(file, kit.signal)) {
    if (line.number < startLine) {
      continue;
    }
    if (line.number - startLine >= lines) {
      next = line.offset;
      break;
    }
    from ??= line.offset;
    pieces.push(line.bytes);
    bytes += line.bytes.length;
    last = line.number;
    if (bytes > room) {
      break;
    }
  }
  return answer(file, Buffer.concat(pieces), from ?? file.size, next === undefined && bytes <= room, { firstLine: startLine, lastLine: last }, kit);
}

async function readBytes(file: OpenedFile, { offset = 0, length = Number.MAX_SAFE_INTEGER }: Range, kit: FileKit): Promise<ToolResult> {
  const bytes = await file.read(offset, Math.min(length, kit.maxOutputBytes));
  return answer(file, bytes, offset, offset + bytes.length >= file.size, {}, kit);
}

/** Cuts what was read to the limit and tells where the next call can go on. */
function answer(file: OpenedFile, bytes: Buffer, offset: number, isEnd: boolean, lines: Lines, kit: FileKit): ToolResult {
  if (bytes.includes(0)) {
    throw new ToolFailure('it is a binary file; only text, pictures and sound can be read');
  }
  const room = kit.maxOutputBytes - STATUS_BYTES;
  let truncated = bytes.length > room;
  let kept = wholeCharacters(bytes.subarray(0, room), isEnd && !truncated);
  let text = kept.toString('utf8');
  // A byte that is not UTF-8 is shown as a character of three.
  if (Buffer.byteLength(text) > room) {
    truncated = true;
    kept = kept.subarray(0, Math.floor(room / 3));
    text = kept.toString('utf8');
  }
  const eof = isEnd && kept.length === bytes.length;
  const status = {
    size: file.size,
    offset,
    bytes: kept.length,
    ...(truncated || lines.lastLine === undefined || lines.firstLine === undefined || lines.lastLine < lines.firstLine ? {} : lines),
    eof,
    ...(eof ? {} : { nextOffset: offset + kept.length }),
    ...(truncated ? { cut: 'the output limit was reached' } : {}),
    ...(Buffer.from(text, 'utf8').equals(kept) ? {} : { invalidUtf8: true }),
  };
  return { content: [{ type: 'text', text }, { type: 'text', text: JSON.stringify(status) }], ...(truncated ? { truncated } : {}) };
}

/** Leaves out a character whose bytes are not all there, unless the file ends so. */
function wholeCharacters(bytes: Buffer, isEnd: boolean): Buffer {
  for (let back = 1; !isEnd && back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back];
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back && bytes.length > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
    if (byte < 0x80) {
      return bytes;
    }
  }
  return bytes;
}

async function readMedia(file: OpenedFile, type: 'image' | 'audio', mimeType: string, kit: FileKit): Promise<ToolResult> {
  const encoded = Math.ceil(file.size / 3) * 4;
  if (encoded > kit.maxOutputBytes) {
    throw new ToolFailure(`it is ${mimeType} and needs ${encoded} bytes of output; this tool gives at most ${kit.maxOutputBytes}`);
  }
  const data = (await file.readAll(kit.signal)).toString('base64');
  return { content: [{ type, data, mimeType }] };
}
