import { Workspace } from '../workspace';

/** What tools are built on. */
export interface ToolEnvironment {
  readonly workspace: Workspace;
  /** How the workspace is mounted: with read-only, a tool that writes is refused. */
  readonly access: 'read-only' | 'read-write';
}
