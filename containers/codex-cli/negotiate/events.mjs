// What codex reports with --json: `{msg: {type: ...}}` at first, `{type, item}` in later releases.

/** The reports among lines of output; a line that was cut short when codex was ended is none. */
export function parseEvents(output) {
  return output.split('\n').filter((line) => line.startsWith('{')).flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

/** What went wrong, in codex's words. */
export function errorsIn(events) {
  return events
    .map((event) => event.msg ?? event)
    .filter(({ type, message }) => type === 'error' && message)
    .map(({ message }) => message);
}

/** Whether a call of an MCP tool failed, or was answered with an error. */
export function callFailed(events) {
  return events.some(({ msg, item }) => {
    if (item?.type === 'mcp_tool_call') return item.status === 'failed' || item.result?.isError === true;
    return msg?.type === 'mcp_tool_call_end' && (msg.result?.Ok === undefined || msg.result.Ok.isError === true);
  });
}
