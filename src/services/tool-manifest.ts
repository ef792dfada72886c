import { Tool, ToolSpec } from '../model/tool';
import { ToolClient, ToolConcurrency } from '../model/tool-policy';

/** What a manifest says beside the tools. */
export interface ManifestOptions {
  readonly name: string;
  readonly workspace: { readonly root: string; readonly access: 'read-only' | 'read-write' };
  readonly port: number;
  readonly hostNames: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly audit: { readonly path: string; readonly recordPaths?: boolean };
  readonly concurrency?: ToolConcurrency;
  readonly clients: readonly ToolClient[];
  readonly tools: readonly Tool[];
}

/**
 * The gateway's manifest, as `containers/mcp-gateway/schema/manifest.schema.json` has it. Tools and clients are sorted
 * by name.
 */
export function renderManifest(options: ManifestOptions): Record<string, unknown> {
  const byName = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
    [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
  const clientNames = byName(options.clients).map(({ name }) => name);
  return {
    schemaVersion: 1,
    name: options.name,
    workspace: options.workspace,
    http: {
      host: '0.0.0.0',
      port: options.port,
      path: '/mcp',
      allowedHosts: [...options.hostNames].sort(),
      allowedOrigins: [...options.allowedOrigins].sort(),
    },
    audit: options.audit,
    concurrency: renderConcurrency(options.concurrency),
    clients: byName(options.clients).map(({ name, token, callsPerMinute }) => (
      { name, tokenEnv: token.key, ...callsPerMinute === undefined ? {} : { callsPerMinute } })),
    tools: byName(options.tools).map((tool) => renderTool(tool, clientNames)),
  };
}

/** Written out, so that the file says what holds. */
function renderConcurrency({
  fileCalls = 8,
  commandCalls = 4,
  imageCalls = 2,
  waitingCalls = 32,
}: ToolConcurrency = {}): Record<string, number> {
  return { file: fileCalls, command: commandCalls, image: imageCalls, waiting: waitingCalls };
}

function renderTool(tool: Tool, clientNames: readonly string[]): Record<string, unknown> {
  const { description, clients, allow, deny, timeout, maxOutput, callsPerMinute } = tool._options;
  const hasPaths = tool._spec.kind !== 'command' || allow !== undefined || deny !== undefined || takesPath(tool._spec);
  return {
    kind: tool._spec.kind,
    name: tool.name,
    ...description === undefined ? {} : { description },
    ...renderSpec(tool._spec, tool.writes),
    clients: [...clients ?? clientNames].sort(),
    ...hasPaths ? { paths: { allow: [...allow ?? ['**']], ...deny === undefined ? {} : { deny: [...deny] } } } : {},
    limits: {
      timeoutMs: (timeout?.toSeconds() ?? 10) * 1000,
      maxOutputBytes: maxOutput?.toBytes() ?? 256 * 1024,
      callsPerMinute: callsPerMinute ?? 60,
    },
  };
}

function renderSpec(spec: ToolSpec, writes: boolean): Record<string, unknown> {
  switch (spec.kind) {
    case 'file':
    case 'image':
      return { operation: spec.operation };
    case 'command':
      return {
        argv: spec.argv.map(({ _spec: one }) => (one.kind === 'literal' ? one.text : renderHole(one.name, one.prefix))),
        parameters: Object.fromEntries(
          spec.argv.flatMap(({ _spec: one }) => (one.kind === 'hole' ? [[one.name, one.parameter]] : [])),
        ),
        ...(spec.gitHistory ? { gitHistory: true } : {}),
        ...(writes ? { writes: true } : {}),
      };
    case 'other':
      return {};
  }
}

function renderHole(parameter: string, prefix?: string): Record<string, unknown> {
  return { ...prefix === undefined ? {} : { prefix }, parameter };
}

function takesPath(spec: ToolSpec): boolean {
  return (
    spec.kind === 'command' && spec.argv.some(({ _spec: one }) => one.kind === 'hole' && one.parameter.type === 'path')
  );
}
