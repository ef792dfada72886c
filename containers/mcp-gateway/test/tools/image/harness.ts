import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ManifestImageTool } from '../../../src/manifest/manifest';
import { createImageTool } from '../../../src/tools/image/index';
import { Tool, ToolResult } from '../../../src/tools/tool';
import { Workspace } from '../../../src/workspace';

export interface ListedImages {
  readonly format: string;
  readonly images: readonly Record<string, unknown>[];
  readonly more?: boolean;
  readonly nextOffset?: number;
  readonly note?: string;
}

export interface ExtractedImages {
  readonly description: {
    readonly images: readonly Record<string, unknown>[];
    readonly notReturned?: readonly { readonly id: string; readonly reason: string }[];
  };
  readonly pictures: readonly { readonly bytes: Buffer; readonly mimeType: string }[];
  readonly result: ToolResult;
}

/** A workspace on disk and the image tools on it. */
export class ImageBench {
  public static async create(): Promise<ImageBench> {
    const root = await mkdtemp(join(tmpdir(), 'gateway-image-'));
    return new ImageBench(root, await Workspace.open(root));
  }

  private constructor(
    public readonly root: string,
    public readonly workspace: Workspace,
  ) {}

  public async write(path: string, bytes: Uint8Array | string): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await writeFile(join(this.root, path), bytes);
  }

  public async tool(operation: 'list' | 'extract', changes: Partial<ManifestImageTool> = {}): Promise<Tool> {
    return createImageTool(
      {
        kind: 'image',
        name: `image_${operation}`,
        operation,
        clients: ['codex'],
        paths: { allow: ['**'] },
        limits: { timeoutMs: 15_000, maxOutputBytes: 4_000_000, callsPerMinute: 60 },
        ...changes,
      },
      { workspace: this.workspace, access: 'read-only' },
    );
  }

  public async list(args: Record<string, unknown>, changes: Partial<ManifestImageTool> = {}): Promise<ListedImages> {
    const { content } = await this.call('list', args, changes);
    return JSON.parse(content[0]?.type === 'text' ? content[0].text : '') as ListedImages;
  }

  public async extract(
    args: Record<string, unknown>,
    changes: Partial<ManifestImageTool> = {},
  ): Promise<ExtractedImages> {
    const result = await this.call('extract', args, changes);
    const [text, ...rest] = result.content;
    return {
      description: JSON.parse(text?.type === 'text' ? text.text : '') as ExtractedImages['description'],
      pictures: rest.map((part) =>
        part.type === 'image'
          ? { bytes: Buffer.from(part.data, 'base64'), mimeType: part.mimeType }
          : { bytes: Buffer.alloc(0), mimeType: part.type },
      ),
      result,
    };
  }

  public async call(
    operation: 'list' | 'extract',
    args: Record<string, unknown>,
    changes: Partial<ManifestImageTool> = {},
  ): Promise<ToolResult> {
    const tool = await this.tool(operation, changes);
    return tool.call(tool.input.parse(args), {
      signal: new AbortController().signal,
      slot: async () => () => undefined,
    });
  }

  public async dispose(): Promise<void> {
    await this.workspace.close();
    await rm(this.root, { recursive: true, force: true });
  }
}
