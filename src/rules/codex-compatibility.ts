import { pinsAreUnread } from './private/unread';
import { Rule, RuleContext } from './rule';
import { releases } from '../model/private/codex-releases';
import { AgentPlan } from '../plan/plan';

export const codexCompatibility: Rule = {
  id: 'codex-compatibility',
  severity: 'error',
  title: 'The versions of codex and Ollama speak the wire API and the MCP transport that are configured',
  fix: 'Change the pin, the wire API or the transport together: codex 0.42 with Ollama 0.12 speaks chat and stdio.',
  waivable: false,
  facets: ['image', 'config', 'host-service'],
  check: (context) => context.plan.services.flatMap(({ path, agent }) => (
    agent === undefined ? [] : problems(agent, context).map((message) => ({ path, message })))),
};

function problems(agent: AgentPlan, context: RuleContext): string[] {
  const { version, wireApi, mcpTransport } = agent;
  const ollama = serverVersion(agent, context);
  return [
    ...(version === undefined && !pinsAreUnread(context)
      ? ['The version of codex is not known, so its configuration cannot be written for it.']
      : []),
    ...(mcpTransport === 'http' && version !== undefined && !releases.codexSpeaksHttp(version)
      ? [`codex ${version} speaks to MCP servers over stdio only.`]
      : []),
    ...(wireApi === 'chat' && version !== undefined && !releases.codexSpeaksChat(version)
      ? [`codex ${version} no longer has the wire API "chat".`]
      : []),
    ...(wireApi === 'responses' && ollama !== undefined && !releases.ollamaSpeaksResponses(ollama)
      ? [`Ollama ${ollama} has no wire API "responses"; 0.13.3 is the first.`]
      : []),
  ];
}

/** The version of the model server by the pin of the service, or of the one on the host. */
function serverVersion({ modelServer }: AgentPlan, { plan, services, hostServices }: RuleContext): string | undefined {
  const component = hostServices.get(modelServer)?.component ?? services.get(modelServer)?.image.component;
  return plan.pins.find((pin) => pin.component === component)?.version;
}
