/** The tool manifest as `schema/manifest.schema.json` describes it, defaults not yet filled in. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly workspace: { readonly root: string; readonly access: 'read-only' | 'read-write' };
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly path?: string;
    readonly allowedHosts: readonly string[];
    readonly allowedOrigins: readonly string[];
    readonly maxBodyBytes?: number;
    readonly maxSessions?: number;
    readonly sessionIdleSeconds?: number;
  };
  readonly audit: {
    readonly path: string;
    readonly maxBytes?: number;
    readonly maxFiles?: number;
    /** Records name the files of a call. @default false */
    readonly recordPaths?: boolean;
  };
  readonly concurrency?: Partial<ManifestConcurrency>;
  readonly clients: readonly ManifestClient[];
  readonly tools: readonly ManifestTool[];
}

/** Calls that run at once for each kind of tool, and calls of one client that may wait. */
export type ManifestConcurrency = Readonly<Record<ManifestTool['kind'] | 'waiting', number>>;

export interface ManifestClient {
  readonly name: string;
  readonly tokenEnv: string;
  readonly callsPerMinute?: number;
  readonly requestsPerMinute?: number;
}

export interface ManifestPaths {
  readonly allow: readonly string[];
  readonly deny?: readonly string[];
}

export interface ManifestLimits {
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
  readonly callsPerMinute: number;
  readonly maxInputBytes?: number;
}

interface ManifestToolBase {
  readonly name: string;
  readonly clients: readonly string[];
  readonly limits: ManifestLimits;
}

export interface ManifestFileTool extends ManifestToolBase {
  readonly kind: 'file';
  readonly description?: string;
  readonly operation: 'list' | 'tree' | 'stat' | 'read' | 'find' | 'grep';
  readonly paths: ManifestPaths;
  readonly maxEntries?: number;
}

export interface ManifestImageTool extends ManifestToolBase {
  readonly kind: 'image';
  readonly description?: string;
  readonly operation: 'list' | 'extract';
  readonly paths: ManifestPaths;
  readonly formats?: readonly ImageSourceFormat[];
  readonly maxPixels?: number;
  readonly maxEdge?: number;
  readonly maxImages?: number;
}

export type ImageSourceFormat = 'pdf' | 'docx' | 'pptx' | 'xlsx' | 'epub' | 'markdown' | 'html' | 'image';

export interface ManifestCommandTool extends ManifestToolBase {
  readonly kind: 'command';
  readonly description: string;
  readonly argv: readonly ManifestArgument[];
  readonly parameters?: Readonly<Record<string, ManifestParameter>>;
  readonly writes?: boolean;
  readonly gitHistory?: boolean;
  readonly workingDirectory?: string;
  readonly paths?: ManifestPaths;
}

export type ManifestArgument = string | { readonly parameter: string; readonly prefix?: string };

export type ManifestParameter =
  | {
    readonly type: 'integer';
    readonly description?: string;
    readonly minimum: number;
    readonly maximum: number;
    readonly default?: number;
    readonly optional?: boolean;
  }
  | {
    readonly type: 'choice';
    readonly description?: string;
    readonly values: readonly string[];
    readonly default?: string;
    readonly optional?: boolean;
  }
  | {
    readonly type: 'text';
    readonly description?: string;
    readonly maxLength: number;
    readonly charset?: 'word' | 'revision' | 'printable';
    readonly default?: string;
    readonly optional?: boolean;
  }
  | { readonly type: 'path'; readonly description?: string; readonly default?: string; readonly optional?: boolean };

export type ManifestTool = ManifestFileTool | ManifestImageTool | ManifestCommandTool;
