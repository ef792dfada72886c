import { closeSync } from 'node:fs';
import { basename } from 'node:path';
import { Chain, Finding, Place } from './chain';
import { headFile, lastSeqOf, readHead } from './files';
import { ChainHead, claimedHead } from './line';
import { linesOf } from './lines';
import { FoundLog, OpenFile, Snapshot, takeSnapshot } from './snapshot';

export interface VerifyOptions {
  /** Judges the files that are named and does not look beside them: for files that were put away. @default false */
  readonly alone?: boolean;
}

/** What verification of a log showed. */
export interface AuditReport {
  /** No findings. Notes do not count: they are what an honest log may contain. */
  readonly ok: boolean;
  readonly files: readonly string[];
  readonly records: number;
  readonly firstSeq?: number;
  readonly lastSeq?: number;
  readonly lastHash?: string;
  readonly findings: readonly AuditFinding[];
  readonly notes: readonly Place[];
}

export interface AuditFinding extends Finding {
  /** Whether the gateway noticed it itself, and recorded it. */
  readonly recorded: boolean;
  /** Whether the files still show it; otherwise only a record states it. */
  readonly visible: boolean;
}

/** Records that a crash may leave without the head knowing: more than are written at once. */
const MAX_LAG = 512;

/**
 * Follows the chain through a log: the files that are named, the rotated files beside them and the log in use they
 * belong to, in the order of their records. Its end is compared with the head.
 *
 * @param names files of one log, in any order
 * @throws NoAuditLog; Error when a file cannot be read
 */
export async function verifyAudit(
  names: readonly string[],
  { alone = false }: VerifyOptions = {},
): Promise<AuditReport> {
  const snapshot = takeSnapshot(names, alone);
  try {
    return await judge(snapshot, alone);
  } finally {
    snapshot.files.forEach(({ fd }) => closeSync(fd));
  }
}

async function judge({ logs, files, findings }: Snapshot, alone: boolean): Promise<AuditReport> {
  const watched = logs.flatMap(({ head }) => (typeof head === 'object' ? [head.seq] : []));
  const chain = new Chain(new Set(files.map(({ name }) => basename(name))), new Set(watched));
  chain.findings.push(...findings);
  const ordered = await inOrder(files);
  for (const [index, { name, fd }] of ordered.entries()) {
    for await (const line of linesOf(fd)) {
      chain.take(name, line, index === ordered.length - 1);
    }
  }
  chain.end();
  if (!alone) {
    judgeOldest(chain);
    logs.forEach((log) => judgeEnd(chain, log));
    judgeWhole(chain, logs);
  }
  return reportOf(chain, ordered.map(({ name }) => name));
}

/** The newest rotation lists the files that were kept. */
function judgeOldest(chain: Chain): void {
  const { first, rotated } = chain;
  if (first !== undefined && rotated?.oldestFile !== undefined && first.record.seq > lastSeqOf(rotated.oldestFile)) {
    const message = `older files are missing: ${rotated.oldestFile} was kept when ${rotated.previousFile} was put ` +
      'aside';
    chain.add('file-missing', first.record.seq - 1, { file: first.place.file }, message);
  }
}

/** Compares the end of the chain with the head of a log in use. */
function judgeEnd(chain: Chain, { path, exists: there, head }: FoundLog): void {
  if (head === 'damaged' && chain.seq > 0) {
    chain.add('head-damaged', chain.seq, { file: headFile(path) }, 'the head cannot be read');
  }
  if (typeof head !== 'object') {
    return;
  }
  const place = { file: path, ...(there && chain.last?.place.file === path ? { line: chain.last.place.line } : {}) };
  const hash = chain.hashOf(head.seq);
  if (head.seq > chain.seq) {
    const message = `record ${head.seq} was written, and the records end at ${chain.seq}: ` +
      `${there ? 'the end was cut off' : 'the log in use is gone'}`;
    chain.add(there ? 'truncated' : 'log-missing', head.seq, place, message);
  } else if (!there) {
    chain.notes.push({
      ...place,
      message: 'there is no log in use; the gateway ended when it had just put the full one aside',
    });
  } else if (hash !== undefined && hash !== head.hash) {
    chain.add('edited', head.seq, place, `record ${head.seq} is not the one that was written`);
  }
  if (there && chain.last?.place.file === path) {
    judgeLag(chain, path, head);
  }
}

/** The head is written right after the log. */
function judgeLag(chain: Chain, path: string, before: ChainHead): void {
  const now = readHead(path);
  const { seq } = typeof now === 'object' ? now : before;
  const lag = chain.seq - seq;
  if (lag > MAX_LAG || (lag > 0 && chain.last?.record.type === 'stop')) {
    const message = `the head is at record ${seq}, and the log ends at ${chain.seq}: an older head was put in place`;
    chain.add('head-older', chain.seq, { file: headFile(path) }, message);
  } else if (lag > 0) {
    chain.notes.push({
      file: headFile(path),
      message: `the head is at record ${seq}, and the log ends at ${chain.seq}: the gateway ended in between`,
    });
  }
}

/** Whatever a log was rotated to, one log is in use, and has a head. */
function judgeWhole(chain: Chain, logs: readonly FoundLog[]): void {
  const [log] = logs.filter(({ exists: there }) => there).concat(logs);
  if (log === undefined) {
    return;
  }
  if (!logs.some(({ exists: there, head }) => there || head !== undefined)) {
    chain.add(
      'log-missing',
      chain.seq,
      { file: log.path },
      'the log in use is gone, and rotated files of it are left; --alone judges files that were put away',
    );
  }
  if (logs.every(({ head }) => head === undefined)) {
    chain.add(
      'head-missing',
      chain.seq,
      { file: headFile(log.path) },
      'the log has no head, so a cut at its end would not show; --alone judges files that were put away',
    );
  }
}

function reportOf(chain: Chain, files: readonly string[]): AuditReport {
  const same = (a: Finding) => (b: Finding) => a.kind === b.kind && a.seq === b.seq;
  const visible = chain.findings.map((finding) => ({
    ...finding,
    recorded: chain.reported.some(same(finding)),
    visible: true,
  }));
  const recorded = chain.reported
    .filter(
      (finding, index) => chain.reported.findIndex(same(finding)) === index && !chain.findings.some(same(finding)),
    )
    .map((finding) => ({ ...finding, recorded: true, visible: false }));
  const findings = [...visible, ...recorded];
  return {
    ok: findings.length === 0,
    files,
    records: chain.records,
    ...(chain.first === undefined ? {} : { firstSeq: chain.first.record.seq }),
    ...(chain.hash === undefined ? {} : { lastSeq: chain.seq, lastHash: chain.hash }),
    findings,
    notes: chain.notes,
  };
}

/** Files in the order of their records; one without a record comes last, where an empty new file belongs. */
async function inOrder(files: readonly OpenFile[]): Promise<OpenFile[]> {
  const placed: { readonly file: OpenFile; readonly seq: number }[] = [];
  for (const file of files) {
    placed.push({ file, seq: await firstSeq(file) });
  }
  return placed.sort((a, b) => a.seq - b.seq || (a.file.name < b.file.name ? -1 : 1)).map(({ file }) => file);
}

/** The first number that a file's lines claim. */
async function firstSeq({ fd }: OpenFile): Promise<number> {
  for await (const line of linesOf(fd)) {
    const claimed = claimedHead(line.text);
    if (claimed !== undefined) {
      return claimed.seq;
    }
  }
  return Number.MAX_SAFE_INTEGER;
}
