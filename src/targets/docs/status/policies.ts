import { Plan, ToolPlan, ToolPolicyPlan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { joined, Markdown, md } from '../escape/markdown';
import { text } from '../escape/text';
import { Block, section, table } from '../page';
import { byteSize, names } from '../words';

/** Which tools each gateway lets through. */
export function policySection(plan: Plan): Block {
  return section(md`Tool policy`, plan.policies.map(policy));
}

function policy({ service, workspace, tools }: ToolPolicyPlan): Block {
  const access = workspace.readOnly ? md`read-only` : md`writable`;
  return section(md`Tools of ${codeSpan(service)}`, [
    md`The workspace ${codeSpan(workspace.root)} is ${access} for the gateway. Every tool that is not listed is refused.`,
    table([md`Tool`, md`What it does`, md`Access`, md`Paths`, md`Limits`, md`Clients`], tools.map(toolRow)),
  ], 3);
}

function toolRow(tool: ToolPlan): Markdown[] {
  return [
    tool.offered ? codeSpan(tool.name) : md`${codeSpan(tool.name)} (this gateway does not offer it)`,
    action(tool),
    tool.writes ? md`**writes**` : md`reads`,
    paths(tool),
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
