import { COMMAND_PROGRAMS, createCommandTool } from './command';
import { ToolEnvironment } from './environment';
import { createFileTool, FILE_OPERATIONS } from './file';
import { Tool } from './tool';
import { ManifestTool } from '../manifest/manifest';

/** Everything a manifest may offer, by kind: operations of files and images, programs of commands. */
export const offeredTools: Readonly<Record<ManifestTool['kind'], readonly string[]>> = {
  file: FILE_OPERATIONS,
  image: ['list', 'extract'],
  command: COMMAND_PROGRAMS,
};

/**
 * Makes a tool of the manifest ready to be called.
 *
 * @throws Error when it cannot be offered as the manifest asks
 */
export async function createTool(spec: ManifestTool, environment: ToolEnvironment): Promise<Tool> {
  switch (spec.kind) {
    case 'file':
      return createFileTool(spec, environment);
    case 'command':
      return createCommandTool(spec, environment);
    // Its decoders are heavy; a gateway without image tools does not load them.
    case 'image':
      return (await import('./image')).createImageTool(spec, environment);
    default:
      throw new Error(
        `tools of kind ${JSON.stringify((spec as { kind: unknown }).kind)} are not offered. Offered: file, image, ` +
        'command',
      );
  }
}
