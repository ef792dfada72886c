import { z } from 'zod';
import { copyText } from './copy-text';
import { FileKit, FileOperation } from './define';
import { findLine } from './lines';
import { DEFAULT_MAX_INPUT_BYTES, OpenedFile } from '../../workspace';
import { pathArgument, wholeNumber } from '../arguments';
import { extractResult } from '../image/answer';
import { decode, DEFAULT_IMAGE_LIMITS } from '../image/decode';
import { ToolFailure, ToolResult } from '../tool';
import { Turns } from '../turns';

const position = wholeNumber(0, Number.MAX_SAFE_INTEGER);
const input = z.strictObject({
  path: pathArgument('File, relative to the workspace.'),
  startLine: position.min(1).optional().describe('First line to read, from 1.'),
  offset: position.optional().describe('First byte to read, from 0; not together with startLine.'),
  lines: position.min(1).optional().describe('How many lines to read.'),
  length: position.min(1).optional().describe('How many bytes to read; not together with lines.'),
});

type Range = Omit<z.output<typeof input>, 'path'>;

/** Bytes at the beginning of a file that show whether it is text. */
const SAMPLE_BYTES = 8192;

/** Room for the second text, which describes what was read. */
const STATUS_BYTES = 240;

export const read: FileOperation<typeof input> = {
  title: 'Read file',
  description:
    'Reads a file of the workspace: text, whole or by lines or bytes, followed by a JSON line with what was read ' +
    'and whether ' +
    'that was the end. A picture is returned as an image, scaled down and encoded again.',
  input,
  opens: 'file',
  run: async ({ path, ...range }, kit) => {
    if (range.startLine !== undefined && range.offset !== undefined) {
      throw new ToolFailure('choose where to begin: startLine or offset, not both');
    }
    if (range.lines !== undefined && range.length !== undefined) {
      throw new ToolFailure('choose how much to read: lines or length, not both');
    }
    const file = await kit.environment.workspace.openFile(path, {
      paths: kit.paths,
      maxBytes: kit.maxInputBytes ?? Infinity,
    });
    try {
      if (isText(await file.read(0, SAMPLE_BYTES))) {
        return await readText(file, range, kit);
      }
      if (Object.keys(range).length > 0) {
        throw new ToolFailure('it is a binary file; a range is for text, and a picture is read without one');
      }
      return await readPicture(file, kit);
    } finally {
      await file.close();
    }
  },
};

async function readText(file: OpenedFile, range: Range, kit: FileKit): Promise<ToolResult> {
  const { startLine, lines: maxLines = Infinity, length = Infinity } = range;
  const offset = startLine === undefined ? range.offset ?? 0 : await offsetOf(file, startLine, kit.turns);
  const wanted = {
    offset,
    end: Math.min(file.size, offset + length),
    maxLines,
    maxBytes: kit.maxOutputBytes - STATUS_BYTES,
  };
  const { text, bytes, lines, isFull, isUtf8 } = await copyText(file, wanted, kit.turns);
  const firstLine = range.offset === undefined ? startLine ?? 1 : undefined;
  const eof = !isFull && offset + bytes >= file.size;
  const status = {
    size: file.size,
    offset,
    bytes,
    ...(firstLine === undefined || lines === 0 ? {} : { firstLine, lastLine: firstLine + lines - 1 }),
    eof,
    ...(eof ? {} : { nextOffset: offset + bytes }),
    ...(isFull ? { cut: 'the output limit was reached' } : {}),
    ...(isUtf8 ? {} : { invalidUtf8: true }),
  };
  return {
    content: [
      { type: 'text', text },
      { type: 'text', text: JSON.stringify(status) },
    ],
    ...(isFull ? { truncated: true } : {}),
  };
}

/** Returns where a line begins; the end of the file if it has fewer lines. */
async function offsetOf(file: OpenedFile, startLine: number, turns: Turns): Promise<number> {
  const { line, offset } = await findLine(file, startLine, turns);
  if (line < startLine && offset < file.size) {
    throw new ToolFailure(
      `line ${startLine} is too far for one call: byte ${offset} is in line ${line}; read on from there with offset, ` +
      'or search with grep',
    );
  }
  return offset;
}

/** Whether the first bytes of a file are text. A PDF may begin like one. */
function isText(sample: Buffer): boolean {
  return !sample.includes(0) && !sample.subarray(0, 5).equals(Buffer.from('%PDF-'));
}

/** Gives a picture as the image tools do: only what they decode, and nothing of the file but its pixels. */
async function readPicture(file: OpenedFile, kit: FileKit): Promise<ToolResult> {
  const { maxOutputBytes, maxInputBytes = DEFAULT_MAX_INPUT_BYTES, signal, slot } = kit;
  if (file.size > maxInputBytes) {
    throw new ToolFailure(`it is a binary file of ${file.size} bytes; a picture may have ${maxInputBytes}`);
  }
  const release = await slot('image');
  try {
    const answer = await decode(
      file,
      { operation: 'extract', formats: ['image'] },
      { limits: DEFAULT_IMAGE_LIMITS, maxOutputBytes, signal },
    );
    return extractResult(file.path, answer, maxOutputBytes);
  } catch (error) {
    throw error instanceof ToolFailure
      ? new ToolFailure(`it is a binary file, and cannot be given as a picture: ${error.message}`)
      : error;
  } finally {
    release();
  }
}
