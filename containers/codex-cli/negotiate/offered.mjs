/**
 * The tools of a model request, whichever release of codex made it: `gateway__fs_read`, later `mcp__gateway__fs_read`,
 * later still a namespace that holds them. codex's own tools have no server.
 */
export function offeredTools(tools = []) {
  return tools.flatMap((entry) => {
    if (entry.type === 'namespace') {
      const server = entry.name.replace(/^mcp__/, '').replace(/__$/, '');
      return entry.tools.map((inner) => ({ ...described(inner), server, tool: inner.name, namespace: entry.name }));
    }
    const tool = described(entry.function ?? entry);
    const parts = /^(?:mcp__)?(.+?)__(.+)$/.exec(tool.name);
    return [{ ...tool, server: parts?.[1], tool: parts?.[2] ?? tool.name }];
  });
}

function described({ name, type, description, parameters }) {
  return { name: name ?? type ?? '', description: description ?? '', schema: parameters ?? {} };
}

/** The tool a person means: by the gateway's name for it, or by the name that the model sees. */
export function findTool(offered, wanted) {
  return (
    offered.find(({ name }) => name === wanted) ??
    offered.find(({ server, tool }) => server !== undefined && tool === wanted)
  );
}
