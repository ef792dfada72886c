import { Workspace } from '../workspace';

/** The environment that tools are built in. */
export interface ToolEnvironment {
  readonly workspace: Workspace;
  /** How the workspace is mounted: with read-only, a tool that writes is refused. */
  readonly access: 'read-only' | 'read-write';
}
