import { pinsAreUnread } from './private/unread';
import { Rule, RuleContext } from './rule';
import { releases } from '../model/private/codex-releases';
import { AgentPlan } from '../plan/plan';

export const codexCompatibility: Rule = {
  id: 'codex-compatibility',
  severity: 'error',
  title: 'The pinned codex and Ollama support the configured wire API and MCP transport',
  fix: 'Change pins, wire API and transport together: codex 0.42 with Ollama 0.12 needs chat and stdio.',
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
      ? ['The codex version is unknown, so its configuration cannot be generated.']
      : []),
    ...(mcpTransport === 'http' && version !== undefined && !releases.codexSpeaksHttp(version)
      ? [`codex ${version} supports MCP servers over stdio only.`]
      : []),
    ...(wireApi === 'chat' && version !== undefined && !releases.codexSpeaksChat(version)
      ? [`codex ${version} no longer supports the wire API "chat".`]
      : []),
    ...(wireApi === 'responses' && ollama !== undefined && !releases.ollamaSpeaksResponses(ollama)
      ? [`Ollama ${ollama} does not support the wire API "responses"; use 0.13.3 or newer.`]
      : []),
  ];
}

/** Returns the pinned version of the model server, in the stack or on the host. */
function serverVersion({ modelServer }: AgentPlan, { plan, services, hostServices }: RuleContext): string | undefined {
  const component = hostServices.get(modelServer)?.component ?? services.get(modelServer)?.image.component;
  return plan.pins.find((pin) => pin.component === component)?.version;
}
