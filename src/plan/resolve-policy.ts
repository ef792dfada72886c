import { auditLogsIn } from './audit-place';
import { sortedBy } from './order';
import { ServicePlan, ToolPlan, ToolPolicyPlan, VolumePlan } from './plan';
import { Tool, ToolSpec } from '../model/tool';
import { ToolPolicy } from '../model/tool-policy';

/** What a gateway lets through, as one table. */
export function resolvePolicy(
  policy: ToolPolicy, services: ReadonlyMap<string, ServicePlan>, volumes: readonly VolumePlan[],
): ToolPolicyPlan {
  const { tools, clients, workspace, capabilities, auditLog } = policy._props;
  const mounts = services.get(policy.gateway.node.path)?.mounts ?? [];
  const mount = mounts.find((one) => one.kind === 'volume' && one.path === workspace);
  const auditLogs = auditLog === undefined ? [] : auditLogsIn(workspace, auditLog, mounts, volumes);
  return {
    path: policy.node.path,
    service: policy.gateway.name,
    workspace: { root: workspace, readOnly: mount?.kind === 'volume' ? mount.readOnly : true },
    ...(auditLogs.length === 0 ? {} : { auditLogs }),
    tools: sortedBy(
      tools.map((tool) =>
        resolveTool(
          tool,
          clients.map((one) => one.name),
          capabilities,
        ),
      ),
      (one) => one.name,
    ),
  };
}

function resolveTool(tool: Tool, clients: string[], capabilities: string[]): ToolPlan {
  const options = tool._options;
  return {
    name: tool.name,
    kind: tool._spec.kind,
    action: describe(tool._spec),
    writes: tool.writes,
    clients: [...options.clients ?? clients].sort(),
    allow: [...options.allow ?? []],
    deny: [...options.deny ?? []],
    timeoutMillis: (options.timeout?.toSeconds() ?? 10) * 1000,
    maxOutputBytes: options.maxOutput?.toBytes() ?? 256 * 1024,
    callsPerMinute: options.callsPerMinute ?? 60,
    offered: capabilities.includes(offerOf(tool)),
  };
}

/** The words in which a gateway says that it can do this. */
function offerOf(tool: Tool): string {
  const spec = tool._spec;
  switch (spec.kind) {
    case 'file':
    case 'image':
      return `${spec.kind}:${spec.operation}`;
    case 'command':
      return `command:${programOf(spec)}`;
    case 'other':
      return tool.name;
  }
}

function programOf(spec: ToolSpec & { kind: 'command' }): string {
  const first = spec.argv[0]?._spec;
  return first?.kind === 'literal' ? first.text : '';
}

function describe(spec: ToolSpec): string {
  switch (spec.kind) {
    case 'file':
    case 'image':
      return spec.operation;
    case 'command':
      return spec.argv
        .map(({ _spec: one }) => (one.kind === 'literal' ? one.text : `${one.prefix ?? ''}{${one.name}}`))
        .join(' ');
    case 'other':
      return '';
  }
}
