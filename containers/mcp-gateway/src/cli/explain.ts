import { UsageError } from './options';
import { Exit, printError, print } from './output';
import { prepare } from '../gateway/prepare';
import { didYouMean, list } from '../manifest/nearest';
import { Explanation, explain } from '../policy/explain';
import { Policy } from '../policy/policy';

export interface ExplainOptions {
  readonly manifest: string;
  readonly tool: string | undefined;
  readonly args: string;
  readonly client?: string;
  readonly workspace?: string;
  readonly json: boolean;
}

/** @returns the exit code: 0 when the call is allowed for every client asked about */
export async function explainCommand({
  manifest,
  tool,
  args,
  client,
  workspace,
  json,
}: ExplainOptions): Promise<number> {
  if (tool === undefined) {
    throw new UsageError('explain needs the name of a tool: mcp-gateway explain read_file --args \'{"path":"a.txt"}\'');
  }
  const parsed = parseArguments(args);
  const { loaded, tools, workspace: opened } = await prepare({ manifestFile: manifest, workspaceRoot: workspace });
  await opened.close();
  loaded.notices.forEach((notice) => printError(`warning: ${notice}`));
  const names = loaded.manifest.clients.map(({ name }) => name);
  if (client !== undefined && !names.includes(client)) {
    throw new UsageError(`there is no client "${client}".${didYouMean(client, names)} Clients: ${list(names)}`);
  }
  const explanations = explain(new Policy(tools), client === undefined ? names : [client], tool, parsed);
  print(json ? JSON.stringify(explanations) : explanations.map(text).join('\n'));
  return explanations.every(({ decision }) => decision === 'allowed') ? Exit.ok : Exit.refused;
}

function text({ client, tool, decision, rule, detail }: Explanation): string {
  return `${client}: ${tool} is ${decision}${rule === undefined ? '' : ` by rule ${rule}`}: ${detail}`;
}

function parseArguments(args: string): unknown {
  try {
    return JSON.parse(args) as unknown;
  } catch {
    throw new UsageError('--args is not JSON; it looks like --args \'{"path":"a.txt"}\'');
  }
}
