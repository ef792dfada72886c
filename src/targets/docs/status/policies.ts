import { Plan, ToolPlan, ToolPolicyPlan } from '../../../plan/plan';
import { origin, together } from '../../origin';
import { ofNamed } from '../../service-origins';
import { codeSpan } from '../escape/code-span';
import { joined, Markdown, md } from '../escape/markdown';
import { text } from '../escape/text';
import { Messages } from '../messages/messages';
import { Block, bullets, section, table } from '../page';
import { byteSize, names } from '../words';

/** Paths that more tools than this share are listed once, above the table. */
const MOST_REPEATS = 2;

/** Which tools each gateway lets through. */
export function policySection(plan: Plan, messages: Messages): Block {
  return section(messages.policies.heading, plan.policies.map((one) => policy(plan, one, messages)));
}

function policy(plan: Plan, { path, service, workspace, tools }: ToolPolicyPlan, messages: Messages): Block {
  const { policies: words, page } = messages;
  const listed = tools.map((tool) => ({ tool, list: paths(tool, messages) }));
  const shared = sharedPaths(listed, messages);
  return section(words.gateway(codeSpan(service)), [
    words.workspace(codeSpan(workspace.root), workspace.readOnly),
    bullets(page, [...shared].map(([list, name]) => md`${name}: ${list}`)),
    table(page, words.columns, listed.map(({ tool, list }) => toolRow(tool, shared.get(list) ?? list, messages))),
  ], 3, () => together(origin([path], ['policy']), ofNamed(plan.services, service)));
}

interface ListedTool {
  readonly tool: ToolPlan;
  /** Which paths it may touch. */
  readonly list: Markdown;
}

/** Names for lists of paths that would repeat in row after row. */
function sharedPaths(tools: readonly ListedTool[], { policies: words }: Messages): Map<Markdown, Markdown> {
  const uses = new Map<Markdown, number>();
  for (const { list } of tools.filter(({ tool }) => tool.allow.length + tool.deny.length > 1)) {
    uses.set(list, (uses.get(list) ?? 0) + 1);
  }
  const often = [...uses].filter(([, times]) => times > MOST_REPEATS).map(([list]) => list);
  return new Map(
    often.map((list, index) => [list, often.length === 1 ? words.usualPaths : words.numberedPaths(index + 1)]),
  );
}

function toolRow(tool: ToolPlan, list: Markdown, messages: Messages): Markdown[] {
  const { policies: words } = messages;
  return [
    tool.offered ? codeSpan(tool.name) : words.notOffered(codeSpan(tool.name)),
    tool.kind === 'command' ? codeSpan(tool.action) : words.action(tool.kind, text(tool.action)),
    words.access(tool.writes),
    list,
    limits(tool, messages),
    names(messages, tool.clients),
  ];
}

function paths({ allow, deny }: ToolPlan, messages: Messages): Markdown {
  const { policies: words } = messages;
  const allowed = names(messages, allow, words.allPaths);
  return deny.length === 0 ? allowed : words.but(allowed, names(messages, deny));
}

function limits({ timeoutMillis, maxOutputBytes, callsPerMinute }: ToolPlan, messages: Messages): Markdown {
  const { policies: words } = messages;
  const pieces = [
    ...timeoutMillis === undefined ? [] : [messages.words.amount(timeoutMillis / 1000, md`s`)],
    ...maxOutputBytes === undefined ? [] : [byteSize(messages, maxOutputBytes)],
    ...callsPerMinute === undefined ? [] : [words.callsPerMinute(callsPerMinute)],
  ];
  return pieces.length === 0 ? words.gatewayLimits : joined(pieces);
}
