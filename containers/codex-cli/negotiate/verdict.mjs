import { findTool } from './offered.mjs';

/** Documented by `gcodex --help`, which passes them on. */
export const EXIT = { OFFERED: 0, USAGE: 64, GATEWAY: 78, NOT_OFFERED: 79, CALL: 80, CODEX: 82 };

/** What a run means. */
export function judge({ tool, call, model, run, servers }) {
  const { offered } = model;
  if (offered === undefined) {
    const gateway = run.errors.find(isStartFailure);
    return gateway !== undefined
      ? { exit: EXIT.GATEWAY, tool, problem: gatewayDown(servers, gateway) }
      : {
          exit: EXIT.CODEX,
          tool,
          problem: `codex did not ask its model (exit code ${run.code}): ${run.errors[0] ?? run.complaint}`,
        };
  }
  const found = findTool(offered, tool);
  if (found === undefined) return missing({ tool, offered, run, servers });
  const verdict = {
    exit: EXIT.OFFERED,
    tool,
    name: found.name,
    server: found.server,
    description: found.description,
    schema: found.schema,
  };
  return call === undefined ? verdict : { ...verdict, ...judgeCall(call, model, run, found.schema) };
}

function missing({ tool, offered, run, servers }) {
  const failure = run.errors.find(isStartFailure);
  const byServers = offered.filter(({ server }) => server !== undefined);
  if (failure !== undefined || byServers.length === 0) {
    return { exit: EXIT.GATEWAY, tool, problem: gatewayDown(servers, failure ?? 'no tool of a server is offered') };
  }
  const names = byServers.map((entry) => entry.tool).sort();
  return {
    exit: EXIT.NOT_OFFERED,
    tool,
    offered: names,
    problem: `${tool} is not offered. Offered are: ${names.join(', ')}.`,
  };
}

function judgeCall(call, { result }, { errors, callFailed }, { required = [] }) {
  if (result === undefined) {
    return {
      exit: EXIT.CALL,
      problem: `codex made the call and handed no result back: ${errors[0] ?? 'it gave no reason'}`,
      call: { arguments: call, ok: false },
    };
  }
  if (!callFailed) return { call: { arguments: call, ok: true, result: readable(result) } };
  const absent = required.filter((name) => !(name in call));
  const hint = absent.length === 0 ? '' : ` The schema asks for ${absent.join(', ')}.`;
  return {
    exit: EXIT.CALL,
    problem: `The call was refused or failed: ${readable(result)}.${hint}`,
    call: { arguments: call, ok: false, result: readable(result) },
  };
}

/** The text of an MCP result; what is not text stays JSON. */
function readable(result) {
  try {
    const content = JSON.parse(result);
    const texts = Array.isArray(content) ? content.map(({ text }) => text) : [];
    return texts.length > 0 && texts.every((text) => typeof text === 'string') ? texts.join('\n') : result;
  } catch {
    return result;
  }
}

function isStartFailure(message) {
  return /MCP (client|server)|mcp_servers/i.test(message);
}

function gatewayDown(servers, reason) {
  if (servers.length === 0) return 'No gateway is configured: codex has its own tools only.';
  // a gateway keeps the token that it was started with
  const isTokenProblem = /bearer token|\b401\b/i.test(reason);
  const fix = ' It may have been started before its token was changed: recreate it (up --force-recreate).';
  return `The gateway (MCP server ${servers.join(', ')}) cannot be used: ${reason}.${isTokenProblem ? fix : ''}`;
}
