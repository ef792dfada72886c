import { extractResult, listResult } from './answer';
import { DecoderJob, runDecoder } from './decoder-process';
import { descriptionOf, extractInput, listInput } from './input';
import { DecoderRequest } from './protocol';
import { relativePath } from './relative-path';
import { ImageSourceFormat, ManifestImageTool } from '../../manifest/manifest';
import { OpenedFile, PathPolicy, Workspace } from '../../workspace';
import { bundled } from '../bundled';
import { ToolEnvironment } from '../environment';
import { CallContext, Decision, Denial, Tool, ToolFailure, ToolResult } from '../tool';

const FORMATS: readonly ImageSourceFormat[] = ['pdf', 'docx', 'pptx', 'xlsx', 'epub', 'markdown', 'html', 'image'];

const MEGABYTE = 1024 * 1024;
/** What the decoder takes before it has read anything, with room for parsing. */
const BASE_MEMORY = 256 * MEGABYTE;
const PDF_BASE_MEMORY = 96 * MEGABYTE;
/** Two copies of four bytes: the decoded picture and the one being made of it. */
const BYTES_PER_PIXEL = 8;
/** What an answer says besides pixels. */
const REPLY_SLACK = 4 * MEGABYTE;
/** Bytes of referenced files one call may open. */
const MAX_REFERENCED_BYTES = 256 * MEGABYTE;

/**
 * A tool that lists or extracts the images of documents in the workspace. Documents are opened through the wall and read by
 * a decoder process; nothing of the decoders is loaded here.
 *
 * @throws Error when the decoder is not there or a glob cannot be understood
 */
export async function createImageTool(spec: ManifestImageTool, environment: ToolEnvironment): Promise<Tool> {
  const tool = new ImageTool(spec, environment.workspace, bundled('image-worker.mjs'));
  return {
    spec,
    description: descriptionOf(spec, tool.formats, tool.maxImages, tool.maxEdge),
    input: spec.operation === 'list' ? listInput : extractInput(tool.maxImages),
    annotations: { title: spec.operation === 'list' ? 'List images' : 'Extract images', readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    decide: args => tool.decide(args),
    call: async (args, context) => tool.call(args, context),
  };
}

interface Arguments {
  readonly path: string;
  readonly place?: string;
  readonly offset?: number;
  readonly ids?: readonly string[];
}

class ImageTool {
  public readonly formats: readonly ImageSourceFormat[];
  public readonly maxImages: number;
  public readonly maxEdge: number;
  private readonly maxPixels: number;
  private readonly paths: PathPolicy;

  public constructor(private readonly spec: ManifestImageTool, private readonly workspace: Workspace, private readonly decoder: string) {
    this.formats = spec.formats ?? FORMATS;
    this.maxImages = spec.maxImages ?? 20;
    this.maxEdge = spec.maxEdge ?? 1568;
    this.maxPixels = spec.maxPixels ?? 40_000_000;
    this.paths = PathPolicy.of(spec.paths);
  }

  public decide(args: Record<string, unknown>): Decision {
    try {
      const { relative } = this.workspace.parse(typeof args.path === 'string' ? args.path : '');
      return this.paths.allows(relative) ? { allowed: true } : { allowed: false, rule: 'path.policy' };
    } catch (error) {
      if (error instanceof Denial) {
        return { allowed: false, rule: error.rule };
      }
      throw error;
    }
  }

  public async call(args: Record<string, unknown>, context: CallContext): Promise<ToolResult> {
    const asked = args as unknown as Arguments;
    const { timeoutMs, maxOutputBytes } = this.spec.limits;
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]);
    const file = await this.workspace.openFile(asked.path, { paths: this.paths, maxBytes: this.spec.limits.maxInputBytes });
    try {
      const answer = await runDecoder(this.job(file, asked, signal));
      return answer.type === 'listed'
        ? listResult(file.path, asked.offset ?? 0, answer, maxOutputBytes)
        : extractResult(file.path, answer, maxOutputBytes);
    } finally {
      await file.close();
    }
  }

  private job(file: OpenedFile, asked: Arguments, signal: AbortSignal): DecoderJob {
    const { maxOutputBytes } = this.spec.limits;
    const pixelMemory = this.maxPixels * BYTES_PER_PIXEL;
    const request: DecoderRequest = {
      operation: this.spec.operation,
      size: file.size,
      formats: this.formats,
      limits: {
        maxPixels: this.maxPixels,
        maxEdge: this.maxEdge,
        maxImages: this.maxImages,
        maxAnswerBytes: Math.max(0, maxOutputBytes - 1024),
        maxPdfMemory: PDF_BASE_MEMORY + 2 * file.size + pixelMemory,
      },
      offset: asked.offset,
      ids: asked.ids,
      place: asked.place,
    };
    return {
      decoder: this.decoder,
      fd: file.fd,
      request,
      maxMemory: BASE_MEMORY + 3 * file.size + pixelMemory,
      maxReplyBytes: maxOutputBytes + REPLY_SLACK,
      signal,
      openReference: this.referenceOpener(file.path),
    };
  }

  /** Files that a text names are opened like the text itself: through the wall, by the same policy. */
  private referenceOpener(from: string): DecoderJob['openReference'] {
    let room = MAX_REFERENCED_BYTES;
    return async reference => {
      const path = relativePath(from, reference);
      if (path === undefined) {
        return undefined;
      }
      const file = await this.workspace.openFile(path, { paths: this.paths, maxBytes: this.spec.limits.maxInputBytes });
      try {
        room -= file.size;
        if (room < 0) {
          throw new ToolFailure('the document names more files than a call may open');
        }
        return await file.readAll();
      } finally {
        await file.close();
      }
    };
  }
}
