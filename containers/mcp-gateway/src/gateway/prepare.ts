import { StartRefused, messageOf } from './start-refused';
import { LoadedManifest, loadManifest } from '../manifest/load';
import { Manifest } from '../manifest/manifest';
import { createTool } from '../tools/registry';
import { Tool } from '../tools/tool';
import { Workspace } from '../workspace';

/** A manifest whose workspace is open and whose tools are ready to be called. */
export interface Prepared {
  readonly loaded: LoadedManifest;
  readonly workspace: Workspace;
  readonly tools: readonly Tool[];
  /** Warnings: settings that are allowed but unsafe, or a manifest of an older version. */
  readonly notices: readonly string[];
}

export interface PrepareOptions {
  readonly manifestFile: string;
  /** A folder to use instead of the manifest's workspace root. */
  readonly workspaceRoot?: string;
  /** What else must hold before the gateway starts; throws when it does not. */
  readonly alsoCheck?: readonly ((manifest: Manifest) => void)[];
}

/**
 * The part of the start that touches neither the network nor the log.
 *
 * @throws StartRefused
 */
export async function prepare({ manifestFile, workspaceRoot, alsoCheck = [] }: PrepareOptions): Promise<Prepared> {
  let loaded: LoadedManifest;
  try {
    loaded = loadManifest(manifestFile);
  } catch (error) {
    throw new StartRefused([messageOf(error)]);
  }
  const { manifest } = loaded;
  const problems: string[] = [];
  for (const check of alsoCheck) {
    try {
      check(manifest);
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  let workspace: Workspace;
  try {
    workspace = await Workspace.open(workspaceRoot ?? manifest.workspace.root);
  } catch (error) {
    throw new StartRefused([...problems, messageOf(error)]);
  }
  const tools: Tool[] = [];
  for (const spec of manifest.tools) {
    try {
      tools.push(await createTool(spec, { workspace, access: manifest.workspace.access }));
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  if (problems.length > 0) {
    await workspace.close();
    throw new StartRefused(problems);
  }
  return { loaded, workspace, tools, notices: [...loaded.notices, ...await workspaceNotices(workspace, manifest)] };
}

async function workspaceNotices(workspace: Workspace, { workspace: { access } }: Manifest): Promise<string[]> {
  const writable = access === 'read-only' ? await workspace.writableMounts() : [];
  return writable.length === 0
    ? []
    : [
      'the workspace is declared read-only, and can be written through ' +
      `${writable.map((path) => 'the mount of ' +
        `${path === '' ? workspace.root : `${workspace.root}/${path}`}`).join(' and ')}; ` +
          'mount it read-only, or declare it read-write',
    ];
}
