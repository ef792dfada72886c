import { z } from 'zod';
import { ManifestFileTool } from '../../src/manifest/manifest';
import { CallContext, Tool, ToolResult } from '../../src/tools/tool';
import { READ_TOOL } from '../manifest/example';

export interface FakeToolOptions extends Partial<Omit<ManifestFileTool, 'kind'>> {
  readonly input?: z.ZodObject;
  readonly call?: (args: Record<string, unknown>, context: CallContext) => Promise<ToolResult>;
}

/** A tool that answers with what it was given, and denies paths that begin with `secret`. */
export function fakeTool({ input, call, ...spec }: FakeToolOptions = {}): Tool {
  return {
    spec: { ...READ_TOOL, ...spec },
    description: 'Reads a file.',
    input: input ?? z.strictObject({ path: z.string().max(100), offset: z.int().min(0).max(1e9).optional() }),
    annotations: { readOnlyHint: true, openWorldHint: false },
    decide: (args) =>
      String(args.path).startsWith('secret') ? { allowed: false, rule: 'path-denied' } : { allowed: true },
    call: call ?? (async (args) => ({ content: [{ type: 'text', text: JSON.stringify(args) }] })),
  };
}
