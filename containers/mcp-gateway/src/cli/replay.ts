import { UsageError } from './options';
import { Exit, printError, print } from './output';
import { decodeRecord } from '../audit/line';
import { readLines } from '../audit/lines';
import { prepare } from '../gateway/prepare';
import { loadManifest } from '../manifest/load';
import { Policy } from '../policy/policy';
import { Replay, Replayed } from '../policy/replay';

export interface ReplayOptions {
  readonly manifest: string;
  readonly files: readonly string[];
  readonly was?: string;
  readonly workspace?: string;
  readonly json: boolean;
}

/** Calls of one client to one tool that are decided alike. */
interface Group extends Pick<Replayed, 'client' | 'tool' | 'was' | 'now' | 'rule'> {
  calls: number;
  readonly firstSeq: number;
  lastSeq: number;
}

/** @returns the exit code: 1 when a call would be decided differently */
export async function replayCommand({ manifest, files, was, workspace, json }: ReplayOptions): Promise<number> {
  if (files.length === 0) {
    throw new UsageError('replay needs an audit log: mcp-gateway replay audit.jsonl --manifest NEW');
  }
  const previous = was === undefined ? undefined : loadManifest(was);
  const { loaded, tools, workspace: opened } = await prepare({ manifestFile: manifest, workspaceRoot: workspace });
  await opened.close();
  new Set([...previous?.notices ?? [], ...loaded.notices]).forEach((notice) => printError(`warning: ${notice}`));
  const replay = new Replay({ next: loaded, policy: new Policy(tools), previous });
  const groups = new Map<string, Group>();
  let same = 0;
  let unreadable = 0;
  for (const file of files) {
    for await (const line of readLines(file)) {
      const record = decodeRecord(line.text);
      if (record === undefined) {
        unreadable += 1;
      } else if (record.type === 'call') {
        const replayed = replay.next(record);
        if (replayed.was === replayed.now) {
          same += replayed.count;
        } else {
          collect(groups, replayed);
        }
      }
    }
  }
  const changed = [...groups.values()].filter(({ now }) => now !== 'unknown');
  const unknown = [...groups.values()].filter(({ now }) => now === 'unknown');
  if (json) {
    print(JSON.stringify({ same, changed, unknown, unreadableLines: unreadable }));
  } else {
    changed.forEach((group) => print(text(group)));
    unknown.forEach((group) => print(text(group)));
    print(
      `${total(changed)} calls would be decided differently, ${same} as before, ${total(unknown)} are unknown: ` +
      'the log keeps the shape of arguments, not their values',
    );
  }
  if (unreadable > 0) {
    printError(`${unreadable} lines are no records and were skipped; run mcp-gateway audit verify for the reasons`);
  }
  return changed.length > 0 ? Exit.refused : Exit.ok;
}

function collect(groups: Map<string, Group>, { client, tool, was, now, rule, seq, count }: Replayed): void {
  const key = JSON.stringify([client, tool, was, now, rule]);
  const group = groups.get(key) ?? { client, tool, was, now, rule, calls: 0, firstSeq: seq, lastSeq: seq };
  group.calls += count;
  group.lastSeq = seq;
  groups.set(key, group);
}

function total(groups: readonly Group[]): number {
  return groups.reduce((sum, { calls }) => sum + calls, 0);
}

function text({ client, tool, was, now, rule, calls, firstSeq, lastSeq }: Group): string {
  return `${client} ${tool}: ${was} -> ${now}${rule === undefined ? '' : ` (${rule})`}: ${calls} calls, records ` +
    `${firstSeq} to ${lastSeq}`;
}
