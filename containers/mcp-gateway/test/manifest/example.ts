import { Manifest, ManifestCommandTool, ManifestFileTool } from '../../src/manifest/manifest';

export const READ_TOOL: ManifestFileTool = {
  kind: 'file',
  name: 'read_file',
  operation: 'read',
  clients: ['codex'],
  paths: { allow: ['**'], deny: ['**/.env*'] },
  limits: { timeoutMs: 2000, maxOutputBytes: 65536, callsPerMinute: 600 },
};

export const LOG_TOOL: ManifestCommandTool = {
  kind: 'command',
  name: 'git_log',
  description: 'Shows the last commits.',
  argv: ['git', 'log', { parameter: 'count', prefix: '--max-count=' }, '--', { parameter: 'path' }],
  parameters: {
    count: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
    path: { type: 'path', optional: true },
  },
  gitHistory: true,
  clients: ['codex'],
  paths: { allow: ['**'] },
  limits: { timeoutMs: 5000, maxOutputBytes: 65536, callsPerMinute: 60 },
};

/** A manifest with one of each that tests change in one place. */
export function exampleManifest(changes: Partial<Manifest> = {}): Manifest {
  return {
    schemaVersion: 1,
    name: 'toolbox',
    workspace: { root: '/workspace', access: 'read-only' },
    http: { host: '127.0.0.1', port: 8811, allowedHosts: ['mcp-gateway'], allowedOrigins: [] },
    audit: { path: '/var/log/mcp-gateway/audit.jsonl' },
    clients: [{ name: 'codex', tokenEnv: 'CODEX_TOKEN' }, { name: 'other', tokenEnv: 'OTHER_TOKEN' }],
    tools: [READ_TOOL, LOG_TOOL],
    ...changes,
  };
}
