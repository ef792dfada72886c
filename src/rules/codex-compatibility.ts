import { AgentPlan } from '../plan/plan';
import { atLeast } from './private/version';
import { Rule, RuleContext } from './rule';

/** Facts found by running released versions; a boundary lies between the two versions that were tried. */
const CODEX = {
  /** MCP servers over HTTP: a configuration error in 0.42, no bearer token in 0.45. */
  httpTransport: [0, 47, 0],
  /** `wire_api = "chat"` is refused. */
  chatRemoved: [0, 95, 0],
  /** A profile is a file of its own. */
  profileFiles: [0, 126, 0],
} as const;
/** First Ollama with /v1/responses. */
const OLLAMA_RESPONSES = [0, 13, 3] as const;

export const codexCompatibility: Rule = {
  id: 'codex-compatibility',
  severity: 'error',
  title: 'The versions of codex and Ollama speak the wire API and the MCP transport that are configured',
  mend: 'Change the pin, the wire API or the transport together: codex 0.42 with Ollama 0.12 speaks chat and stdio.',
  waivable: false,
  check: (context) => context.plan.services.flatMap(({ path, agent }) => (agent === undefined ? [] : problems(agent, context).map((message) => ({ path, message })))),
};

function problems(agent: AgentPlan, context: RuleContext): string[] {
  const { version, wireApi, mcpTransport } = agent;
  const ollama = serverVersion(agent, context);
  return [
    ...(version === undefined ? ['The version of codex is not known, so its configuration cannot be written for it.'] : []),
    ...(mcpTransport === 'http' && version !== undefined && !atLeast(version, CODEX.httpTransport) ? [`codex ${version} speaks to MCP servers over stdio only.`] : []),
    ...(wireApi === 'chat' && version !== undefined && atLeast(version, CODEX.chatRemoved) ? [`codex ${version} no longer has the wire API "chat".`] : []),
    ...(wireApi === 'responses' && ollama !== undefined && !atLeast(ollama, OLLAMA_RESPONSES) ? [`Ollama ${ollama} has no wire API "responses"; 0.13.3 is the first.`] : []),
    ...(version !== undefined && atLeast(version, CODEX.profileFiles) ? [`codex ${version} wants its profile in a file of its own, which this library does not write yet.`] : []),
  ];
}

/** The version of the model server by the pin of the service, or of the one on the host. */
function serverVersion({ modelServer }: AgentPlan, { plan, services, hostServices }: RuleContext): string | undefined {
  const component = hostServices.get(modelServer)?.component ?? services.get(modelServer)?.image.component;
  return plan.pins.find((pin) => pin.component === component)?.version;
}
