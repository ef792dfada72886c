import { Plan, ToolPlan, ToolPolicyPlan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { joined, Markdown, md } from '../escape/markdown';
import { text } from '../escape/text';
import { Block, bullets, section, table } from '../page';
import { byteSize, names } from '../words';

/** Paths that more tools than this share are listed once, above the table. */
const MOST_REPEATS = 2;

/** Which tools each gateway lets through. */
export function policySection(plan: Plan): Block {
  return section(md`Tool policy`, plan.policies.map(policy));
}

function policy({ service, workspace, tools }: ToolPolicyPlan): Block {
  const access = workspace.readOnly ? md`read-only` : md`writable`;
  const shared = sharedPaths(tools);
  return section(md`Tools of ${codeSpan(service)}`, [
    md`The workspace ${codeSpan(workspace.root)} is ${access} for the gateway. Every tool that is not listed is refused.`,
    bullets([...shared].map(([list, name]) => md`${name}: ${list}`)),
    table([md`Tool`, md`What it does`, md`Access`, md`Paths`, md`Limits`, md`Clients`], tools.map((tool) => toolRow(tool, shared))),
  ], 3);
}

/** Names for lists of paths that would repeat in row after row. */
function sharedPaths(tools: readonly ToolPlan[]): Map<Markdown, Markdown> {
  const uses = new Map<Markdown, number>();
  for (const tool of tools.filter((one) => one.allow.length + one.deny.length > 1)) {
    uses.set(paths(tool), (uses.get(paths(tool)) ?? 0) + 1);
  }
  const often = [...uses].filter(([, times]) => times > MOST_REPEATS).map(([list]) => list);
  return new Map(often.map((list, index) => [list, often.length === 1 ? md`usual paths` : md`paths ${index + 1}`]));
}

function toolRow(tool: ToolPlan, shared: ReadonlyMap<Markdown, Markdown>): Markdown[] {
  return [
    tool.offered ? codeSpan(tool.name) : md`${codeSpan(tool.name)} (this gateway does not offer it)`,
    action(tool),
    tool.writes ? md`**writes**` : md`reads`,
    shared.get(paths(tool)) ?? paths(tool),
    limits(tool),
    names(tool.clients),
  ];
}

function action({ kind, action: what }: ToolPlan): Markdown {
  switch (kind) {
    case 'file': return md`files: ${text(what)}`;
    case 'image': return md`images in documents: ${text(what)}`;
    case 'command': return codeSpan(what);
    case 'other': return what === '' ? md`as its server says` : text(what);
  }
}

function paths({ allow, deny }: ToolPlan): Markdown {
  const allowed = names(allow, md`all`);
  return deny.length === 0 ? allowed : md`${allowed} but ${names(deny)}`;
}

function limits({ timeoutMillis, maxOutputBytes, callsPerMinute }: ToolPlan): Markdown {
  const pieces = [
    ...timeoutMillis === undefined ? [] : [md`${timeoutMillis / 1000} s`],
    ...maxOutputBytes === undefined ? [] : [byteSize(maxOutputBytes)],
    ...callsPerMinute === undefined ? [] : [md`${callsPerMinute} calls a minute`],
  ];
  return pieces.length === 0 ? md`those of the gateway` : joined(pieces);
}
