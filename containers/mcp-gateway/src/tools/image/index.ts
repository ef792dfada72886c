import { extractResult, listResult } from './answer';
import { decode, DECODER, DEFAULT_IMAGE_LIMITS, ImageLimits } from './decode';
import { DecoderJob } from './decoder-process';
import { descriptionOf, extractInput, listInput } from './input';
import { relativePath } from './relative-path';
import { ImageSourceFormat, ManifestImageTool } from '../../manifest/manifest';
import { PathPolicy, Workspace } from '../../workspace';
import { bundled } from '../bundled';
import { ToolEnvironment } from '../environment';
import { CallContext, Decision, Denial, Tool, ToolFailure, ToolResult } from '../tool';

const FORMATS: readonly ImageSourceFormat[] = ['pdf', 'docx', 'pptx', 'xlsx', 'epub', 'markdown', 'html', 'image'];

/** Bytes of referenced files one call may open. */
const MAX_REFERENCED_BYTES = 256 * 1024 * 1024;

/**
 * A tool that lists or extracts the images of documents in the workspace. Documents are opened through the wall and
 * read by a decoder process; nothing of the decoders is loaded here.
 *
 * @throws Error when the decoder is not there or a glob cannot be understood
 */
export async function createImageTool(spec: ManifestImageTool, environment: ToolEnvironment): Promise<Tool> {
  bundled(DECODER);
  const tool = new ImageTool(spec, environment.workspace);
  return {
    spec,
    description: descriptionOf(spec, tool.formats, tool.limits.maxImages, tool.limits.maxEdge),
    input: spec.operation === 'list' ? listInput : extractInput(tool.limits.maxImages),
    annotations: {
      title: spec.operation === 'list' ? 'List images' : 'Extract images',
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
    decide: (args) => tool.decide(args),
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
  public readonly limits: ImageLimits;
  private readonly paths: PathPolicy;

  constructor(private readonly spec: ManifestImageTool, private readonly workspace: Workspace) {
    const { formats = FORMATS, maxImages, maxEdge, maxPixels } = spec;
    this.formats = formats;
    this.limits = {
      maxImages: maxImages ?? DEFAULT_IMAGE_LIMITS.maxImages,
      maxEdge: maxEdge ?? DEFAULT_IMAGE_LIMITS.maxEdge,
      maxPixels: maxPixels ?? DEFAULT_IMAGE_LIMITS.maxPixels,
    };
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
    const file = await this.workspace.openFile(asked.path, {
      paths: this.paths,
      maxBytes: this.spec.limits.maxInputBytes,
    });
    try {
      const request = {
        operation: this.spec.operation,
        formats: this.formats,
        offset: asked.offset,
        ids: asked.ids,
        place: asked.place,
      };
      const answer = await decode(file, request, {
        limits: this.limits,
        maxOutputBytes,
        signal,
        openReference: this.referenceOpener(file.path),
      });
      return this.spec.operation === 'list'
        ? listResult(file.path, asked.offset ?? 0, answer, maxOutputBytes)
        : extractResult(file.path, answer, maxOutputBytes);
    } finally {
      await file.close();
    }
  }

  /** Files that a text names are opened like the text itself: through the wall, by the same policy. */
  private referenceOpener(from: string): DecoderJob['openReference'] {
    let room = MAX_REFERENCED_BYTES;
    return async (reference) => {
      const path = relativePath(from, reference);
      if (path === undefined) {
        return undefined;
      }
      const file = await this.workspace.openFile(path, { paths: this.paths, maxBytes: this.spec.limits.maxInputBytes });
      room -= file.size;
      if (room < 0) {
        await file.close();
        throw new ToolFailure('the document names more files than a call may open');
      }
      return file;
    };
  }
}
