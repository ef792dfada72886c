import { ManifestFileTool } from '../../manifest/manifest';
import { didYouMean, list as names } from '../../manifest/nearest';
import { ToolEnvironment } from '../environment';
import { Tool } from '../tool';
import { defineFileTool } from './define';
import { find } from './find';
import { grep } from './grep';
import { list } from './list';
import { read } from './read';
import { stat } from './stat';
import { tree } from './tree';

/**
 * Makes a file tool of the manifest ready to be called.
 *
 * @throws Error for an operation that is not offered
 */
export function createFileTool(spec: ManifestFileTool, environment: ToolEnvironment): Tool {
  switch (spec.operation) {
    case 'list': return defineFileTool(spec, environment, list);
    case 'tree': return defineFileTool(spec, environment, tree);
    case 'stat': return defineFileTool(spec, environment, stat);
    case 'read': return defineFileTool(spec, environment, read);
    case 'find': return defineFileTool(spec, environment, find);
    case 'grep': return defineFileTool(spec, environment, grep);
    default: return notOffered(spec);
  }
}

/** What a file tool can do. */
export const FILE_OPERATIONS = ['list', 'tree', 'stat', 'read', 'find', 'grep'] as const;

/** Not reached by a manifest that the schema has judged. */
function notOffered({ name, operation }: { readonly name: string; readonly operation: unknown }): never {
  throw new Error(
    `tool ${name}: the operation ${JSON.stringify(operation)} is not ` +
    `offered.${didYouMean(String(operation), FILE_OPERATIONS)} Offered: ${names(FILE_OPERATIONS)}`,
  );
}
