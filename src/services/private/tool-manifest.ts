import { ResolvedTool } from './resolve-tools';
import { clientEntry } from './settings';
import { Content } from '../../model/config-file';
import type { DataTable } from '../../model/config-file';
import { ToolSpec } from '../tool';
import { ToolClient, ToolConcurrency } from '../tool-policy';

/** Settings of a manifest besides the tools. */
export interface ManifestOptions {
  readonly name: string;
  readonly workspace: { readonly root: string; readonly access: 'read-only' | 'read-write' };
  readonly port: number;
  readonly hostNames: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly audit: { readonly path: string; readonly recordPaths?: boolean };
  readonly concurrency?: ToolConcurrency;
  readonly clients: readonly ToolClient[];
  /** Sorted by name. */
  readonly tools: readonly ResolvedTool[];
}

/**
 * Returns the gateway's manifest, as `containers/mcp-gateway/schema/manifest.schema.json` has it. Clients are sorted by
 * name. JSON has no comments, so a key of its own says where the file comes from.
 */
export function manifest(options: ManifestOptions): DataTable {
  const clients = [...options.clients].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    $comment: Content.provenance(),
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
    concurrency: concurrencyEntry(options.concurrency),
    clients: clients.map(clientEntry),
    tools: options.tools.map(toolEntry),
  };
}

/** Written out, so that the file says what holds. */
function concurrencyEntry({
  fileCalls = 8,
  commandCalls = 4,
  imageCalls = 2,
  waitingCalls = 32,
}: ToolConcurrency = {}): Record<string, number> {
  return { file: fileCalls, command: commandCalls, image: imageCalls, waiting: waitingCalls };
}

/** Returns a tool as the manifest has it. */
export function toolEntry({ spec, ...tool }: ResolvedTool): DataTable {
  const hasPaths = spec.kind !== 'command' || tool.allow !== undefined || tool.deny !== undefined || takesPath(spec);
  return {
    kind: spec.kind,
    name: tool.name,
    description: tool.description,
    ...specEntry(spec, tool.writes),
    clients: tool.clients,
    paths: hasPaths ? { allow: tool.allow ?? ['**'], deny: tool.deny } : undefined,
    limits: {
      timeoutMs: tool.timeoutMillis,
      maxOutputBytes: tool.maxOutputBytes,
      callsPerMinute: tool.callsPerMinute,
    },
  };
}

function specEntry(spec: ToolSpec, writes: boolean): DataTable {
  switch (spec.kind) {
    case 'file':
    case 'image':
      return { operation: spec.operation };
    case 'command':
      return {
        argv: spec.argv.map(({ _spec: one }) =>
          one.kind === 'literal' ? one.text : { prefix: one.prefix, parameter: one.name },
        ),
        parameters: Object.fromEntries(
          spec.argv.flatMap(({ _spec: one }) => (one.kind === 'hole' ? [[one.name, one.parameter as DataTable]] : [])),
        ),
        gitHistory: spec.gitHistory || undefined,
        writes: writes || undefined,
      };
    case 'other':
      return {};
  }
}

function takesPath(spec: ToolSpec): boolean {
  return (
    spec.kind === 'command' && spec.argv.some(({ _spec: one }) => one.kind === 'hole' && one.parameter.type === 'path')
  );
}
