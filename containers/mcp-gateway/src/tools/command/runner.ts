import { ManifestCommandTool } from '../../manifest/manifest';
import { PathPolicy } from '../../workspace';
import { ToolEnvironment } from '../environment';
import { ToolResult } from '../tool';
import { Values } from './parameters';
import { Part } from './template';

/** A command made ready: its template is read, its program found. */
export interface CommandRunner {
  /** What names files of the workspace, to be judged before the call. */
  readonly files: readonly Part[];
  /** Whether policy allows to name this path, by its text. */
  mayName(path: string): boolean;
  run(values: Values, signal: AbortSignal): Promise<ToolResult>;
}

/** What a runner is made from. */
export interface RunnerOptions {
  readonly spec: ManifestCommandTool;
  readonly environment: ToolEnvironment;
  /** Which files the command may read; without paths in the manifest only secret names are closed. */
  readonly paths: PathPolicy;
}
