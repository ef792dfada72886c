import { ManifestFileTool } from '../../manifest/manifest';
import { ToolEnvironment } from '../environment';
import { Tool } from '../tool';
import { defineFileTool } from './define';
import { find } from './find';
import { grep } from './grep';
import { list } from './list';
import { read } from './read';
import { stat } from './stat';
import { tree } from './tree';

/** Makes a file tool of the manifest ready to be called. */
export function createFileTool(spec: ManifestFileTool, environment: ToolEnvironment): Tool {
  switch (spec.operation) {
    case 'list': return defineFileTool(spec, environment, list);
    case 'tree': return defineFileTool(spec, environment, tree);
    case 'stat': return defineFileTool(spec, environment, stat);
    case 'read': return defineFileTool(spec, environment, read);
    case 'find': return defineFileTool(spec, environment, find);
    case 'grep': return defineFileTool(spec, environment, grep);
  }
}

/** What a file tool can do. */
export const FILE_OPERATIONS = ['list', 'tree', 'stat', 'read', 'find', 'grep'] as const;
