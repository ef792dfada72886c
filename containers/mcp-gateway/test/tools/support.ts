import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManifestCommandTool, ManifestFileTool, ManifestLimits, ManifestTool } from '../../src/manifest/manifest';
import { ToolEnvironment } from '../../src/tools/environment';
import { createTool } from '../../src/tools/registry';
import { Denial, Tool, ToolFailure, ToolResult } from '../../src/tools/tool';
import { Workspace } from '../../src/workspace';

export const LIMITS: ManifestLimits = { timeoutMs: 5000, maxOutputBytes: 65536, callsPerMinute: 100 };

/** A workspace in a folder of its own, with a folder beside it that is outside. */
export interface Sandbox {
  readonly root: string;
  readonly outside: string;
  readonly environment: ToolEnvironment;
  close(): Promise<void>;
}

export async function openSandbox(fill: (root: string, outside: string) => void = () => {}): Promise<Sandbox> {
  const top = mkdtempSync(join(tmpdir(), 'gateway-test-'));
  const [root, outside] = [join(top, 'workspace'), join(top, 'outside')];
  mkdirSync(root);
  mkdirSync(outside);
  fill(root, outside);
  const workspace = await Workspace.open(root);
  return {
    root,
    outside,
    environment: { workspace, access: 'read-only' },
    close: async () => {
      await workspace.close();
      rmSync(top, { recursive: true, force: true });
    },
  };
}

export function fileTool(
  operation: ManifestFileTool['operation'],
  more: Partial<ManifestFileTool> = {},
): ManifestFileTool {
  return {
    kind: 'file',
    name: `fs_${operation}`,
    operation,
    clients: ['codex'],
    paths: { allow: ['**'] },
    limits: LIMITS,
    ...more,
  };
}

export function commandTool(
  argv: ManifestCommandTool['argv'],
  more: Partial<ManifestCommandTool> = {},
): ManifestCommandTool {
  return {
    kind: 'command',
    name: 'run',
    description: 'a command',
    argv,
    clients: ['codex'],
    limits: LIMITS,
    paths: { allow: ['**'] },
    ...(argv[0] === 'git' ? { gitHistory: true } : {}),
    ...more,
  };
}

/** How a call ended, as the server would see it. */
export type Outcome =
  | { readonly kind: 'refused'; readonly rule: string }
  | { readonly kind: 'denied'; readonly rule: string; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'answered'; readonly result: ToolResult; readonly text: string };

/** Decides and calls as the server does: arguments first, then policy, then the call. */
export async function use(
  tool: Tool,
  args: Record<string, unknown>,
  signal: AbortSignal = AbortSignal.timeout(60_000),
): Promise<Outcome> {
  const decision = tool.decide(args);
  if (!decision.allowed) {
    return decision.rule === 'arguments'
      ? { kind: 'refused', rule: decision.rule }
      : { kind: 'denied', rule: decision.rule, message: new Denial('').message };
  }
  try {
    const result = await tool.call(args, { signal, slot: async () => () => undefined });
    return {
      kind: 'answered',
      result,
      text: result.content.map((part) => (part.type === 'text' ? part.text : `<${part.mimeType}>`)).join('\n'),
    };
  } catch (error) {
    if (error instanceof Denial) {
      return { kind: 'denied', rule: error.rule, message: error.message };
    }
    if (error instanceof ToolFailure) {
      return { kind: 'failed', message: error.message };
    }
    throw error;
  }
}

export async function make(spec: ManifestTool, sandbox: Sandbox): Promise<Tool> {
  return createTool(spec, sandbox.environment);
}
