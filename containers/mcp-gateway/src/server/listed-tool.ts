import { Tool as McpTool } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { Tool } from '../tools/tool';

/** A tool as `tools/list` shows it. */
export type ListedTool = McpTool;

export function listed(tool: Tool): ListedTool {
  return {
    name: tool.spec.name,
    description: tool.description,
    inputSchema: z.toJSONSchema(tool.input, { io: 'input' }) as McpTool['inputSchema'],
    annotations: { ...tool.annotations },
  };
}
