import { readHead, SIDE_FILE } from './files';
import { ChainHead, claimedHead, decodeRecord, sha256 } from './line';
import { Line, readLines } from './lines';
import { AuditRecord, CHAIN_START, RecoveredEvent } from './record';

export type FindingKind =
  /** A line that is not as it was written, or a record that was exchanged. */
  | 'changed'
  /** Records are missing between two others, or at the beginning. */
  | 'gap'
  /** Records are missing at the end. */
  | 'cut';

/** Where something is. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface Finding extends Place {
  readonly kind: FindingKind;
}

/** What verification of a chain showed. */
export interface AuditReport {
  /** No findings. Notes do not count: they are what an honest log may contain. */
  readonly ok: boolean;
  readonly files: readonly string[];
  readonly records: number;
  readonly firstSeq?: number;
  readonly lastSeq?: number;
  readonly lastHash?: string;
  readonly findings: readonly Finding[];
  readonly notes: readonly Place[];
}

/**
 * Follows the chain through the files, in the order of their records. Compares its end with the head file beside the log, where there is one.
 *
 * @throws when a file cannot be read
 */
export async function verifyAudit(files: readonly string[]): Promise<AuditReport> {
  const logs = [...new Set(files)].filter((file) => !SIDE_FILE.test(file));
  // Before the logs: one that is being written only grows.
  const heads = logs.map((file) => ({ file, head: readHead(file) }));
  const ordered = await inOrder(logs);
  const chain = new Chain();
  for (const [index, file] of ordered.entries()) {
    for await (const line of readLines(file)) {
      chain.take(file, line, index === ordered.length - 1);
    }
  }
  chain.end(heads);
  return { files: ordered, ...chain.report() };
}

class Chain {
  private readonly findings: Finding[] = [];
  private readonly notes: Place[] = [];
  private records = 0;
  private first: AuditRecord | undefined;
  private head: ChainHead | undefined;
  private end_: Place | undefined;
  /** What does not hold since the last record that does. */
  private broken: { readonly place: Place; readonly line: Line; readonly claims: ChainHead | undefined }[] = [];

  public take(file: string, line: Line, lastFile: boolean): void {
    const record = decodeRecord(line.text);
    if (record !== undefined) {
      this.settle(record, lastFile);
      this.follow(file, line, record);
      return;
    }
    if (line.text === '' && line.terminated) {
      this.finding('changed', { file, line: line.number, message: 'an empty line, which the gateway does not write' });
      return;
    }
    const message = line.terminated ? 'the line is not a record as the gateway wrote it' : 'the last line is incomplete';
    this.broken.push({ place: { file, line: line.number, message }, line, claims: claimedHead(line.text) });
  }

  public end(heads: readonly { readonly file: string; readonly head: ChainHead | undefined }[]): void {
    this.settle(undefined, true);
    for (const { file, head } of heads) {
      const last = this.head;
      if (head !== undefined && head.seq > (last?.seq ?? 0)) {
        const place = { file, line: this.end_?.line ?? 1 };
        const message = `the log ends at record ${last?.seq ?? 0}, and record ${head.seq} was written: the end was cut off`;
        this.finding('cut', { ...place, message });
      } else if (head !== undefined && head.seq === last?.seq && head.hash !== last.hash) {
        this.finding('changed', { file, line: this.end_?.line ?? 1, message: `record ${head.seq} is not the one that was written` });
      }
    }
  }

  public report(): Omit<AuditReport, 'files'> {
    return {
      ok: this.findings.length === 0,
      records: this.records,
      ...(this.first === undefined ? {} : { firstSeq: this.first.seq }),
      ...(this.head === undefined ? {} : { lastSeq: this.head.seq, lastHash: this.head.hash }),
      findings: this.findings,
      notes: this.notes,
    };
  }

  /** Judges the lines that do not hold, now that what follows them is known. */
  private settle(next: AuditRecord | undefined, lastFile: boolean): void {
    const broken = this.broken;
    this.broken = [];
    const only = broken.length === 1 ? broken[0] : undefined;
    if (only !== undefined && next === undefined && !only.line.terminated && lastFile) {
      this.notes.push({ ...only.place, message: 'the last line is incomplete: it was being written when the gateway was ended' });
      return;
    }
    if (only !== undefined && next?.type === 'recovered' && explains(next, only.line)) {
      this.notes.push({ ...only.place, message: 'an incomplete line: it was being written when the gateway was ended, which the next record tells' });
      return;
    }
    for (const { place, claims } of broken) {
      this.finding('changed', place);
      if (claims !== undefined && claims.seq === (this.head?.seq ?? claims.seq - 1) + 1) {
        this.head = claims;
      }
    }
  }

  private follow(file: string, line: Line, record: AuditRecord): void {
    const place = (message: string): Place => ({ file, line: line.number, message });
    this.records += 1;
    this.first ??= record;
    this.end_ = place('');
    const previous = this.head;
    this.head = { seq: record.seq, hash: record.hash };
    if (record.type === 'recovered') {
      this.judgeRecovery(record, place);
    }
    if (previous === undefined) {
      this.judgeBeginning(record, place);
    } else if (record.seq !== previous.seq + 1) {
      const missing = record.seq - previous.seq - 1;
      const message =
        missing > 0
          ? `${missing} record${missing === 1 ? ' is' : 's are'} missing: record ${record.seq} follows record ${previous.seq}`
          : `record ${record.seq} follows record ${previous.seq}: a record was put in or moved`;
      this.finding(missing > 0 ? 'gap' : 'changed', place(message));
    } else if (record.prevHash !== previous.hash) {
      this.finding('changed', place(`record ${record.seq} does not belong to the record before it, which was exchanged`));
    }
  }

  private judgeBeginning(record: AuditRecord, place: (message: string) => Place): void {
    if (record.seq === 1) {
      if (record.prevHash !== CHAIN_START) {
        this.finding('changed', place('the first record does not begin a chain'));
      }
    } else if (record.type === 'rotated' || (record.type === 'reopened' && record.reason === 'signal')) {
      const before = record.type === 'rotated' ? ` (${record.previousFile} and before)` : '';
      this.notes.push(place(`begins at record ${record.seq}; earlier records were rotated away${before} and are not looked at`));
    } else {
      this.finding('gap', place(`records 1 to ${record.seq - 1} are missing at the beginning`));
    }
  }

  private judgeRecovery(record: RecoveredEvent, place: (message: string) => Place): void {
    switch (record.reason) {
      case 'cut':
        this.finding('cut', place(`the gateway found records missing up to ${record.lastSeq ?? 'an unknown one'} when it opened the log`));
        return;
      case 'damaged':
        this.finding('changed', place('the gateway found the end of the log changed when it opened it'));
        return;
      case 'unavailable':
        this.notes.push(place(`the log could not be written for a while; ${record.refused ?? 0} records were refused, and their calls with them`));
        return;
      case 'torn':
        return;
    }
  }

  private finding(kind: FindingKind, place: Place): void {
    this.findings.push({ kind, ...place });
  }
}

function explains(record: RecoveredEvent, torn: Line): boolean {
  return record.reason === 'torn' && record.bytes === torn.text.length && record.sha256 === sha256(Buffer.from(torn.text, 'latin1'));
}

async function inOrder(files: readonly string[]): Promise<string[]> {
  const placed = await Promise.all(files.map(async (file) => ({ file, seq: await firstSeq(file) })));
  return placed.sort((a, b) => a.seq - b.seq || (a.file < b.file ? -1 : 1)).map(({ file }) => file);
}

/** The first number that a file's lines claim; a file without one comes last, where an empty new file belongs. */
async function firstSeq(file: string): Promise<number> {
  for await (const line of readLines(file)) {
    const claimed = claimedHead(line.text);
    if (claimed !== undefined) {
      return claimed.seq;
    }
  }
  return Number.MAX_SAFE_INTEGER;
}
