import { basename } from 'node:path';
import { ChainHead, claimedHead, decodeRecord, sha256 } from './line';
import { Line } from './lines';
import { AuditRecord, CHAIN_START, IntegrityEvent, LogFinding, RecoveredEvent, RotatedEvent } from './record';

/** Where something is. */
export interface Place {
  readonly file: string;
  /** From 1; absent for a file as a whole. */
  readonly line?: number;
  readonly message: string;
}

export interface Finding extends Place, LogFinding {}

/** A record of the chain, and where it stands. */
export interface Placed {
  readonly record: AuditRecord;
  readonly place: { readonly file: string; readonly line: number };
}

/** Follows a hash chain through the lines of its files, in the order of their records. */
export class Chain {
  /** What the files show. */
  public readonly findings: Finding[] = [];
  /** What the gateway found itself, by its own records. */
  public readonly reported: Finding[] = [];
  /** What an honest log may contain. */
  public readonly notes: Place[] = [];
  /** Records that hold. */
  public records = 0;
  public first: Placed | undefined;
  public last: Placed | undefined;
  /** The newest record that lists the files that were kept. */
  public rotated: RotatedEvent | undefined;
  private head: ChainHead | undefined;
  private readonly hashes = new Map<number, string>();
  /** What does not hold since the last record that does. */
  private broken: { readonly place: Place; readonly line: Line; readonly claims: ChainHead | undefined }[] = [];

  /**
   * @param files names of the files, without folder
   * @param watched numbers of the records whose hashes are asked for later
   */
  constructor(private readonly files: ReadonlySet<string>, private readonly watched: ReadonlySet<number>) {}

  /** Number of the last record, as far as it is known. */
  public get seq(): number {
    return this.head?.seq ?? 0;
  }

  public get hash(): string | undefined {
    return this.head?.hash;
  }

  /** Hash of a watched record. */
  public hashOf(seq: number): string | undefined {
    return this.hashes.get(seq);
  }

  public take(file: string, line: Line, lastFile: boolean): void {
    const record = decodeRecord(line.text);
    if (record !== undefined) {
      this.settle(record, lastFile);
      this.follow(record, { file, line: line.number });
      return;
    }
    if (line.text === '' && line.terminated) {
      this.add('edited', this.seq, { file, line: line.number }, 'an empty line, which the gateway does not write');
      return;
    }
    const message = line.terminated
      ? 'the line is not a record as the gateway wrote it'
      : 'the last line is incomplete';
    this.broken.push({ place: { file, line: line.number, message }, line, claims: claimedHead(line.text) });
  }

  /** Judges what stands at the end. */
  public end(): void {
    this.settle(undefined, true);
  }

  public add(kind: Finding['kind'], seq: number, place: Omit<Place, 'message'>, message: string): void {
    this.findings.push({ kind, seq, ...place, message });
  }

  /** Judges the lines that do not hold, now that what follows them is known. */
  private settle(next: AuditRecord | undefined, lastFile: boolean): void {
    const broken = this.broken;
    this.broken = [];
    const only = broken.length === 1 ? broken[0] : undefined;
    if (only !== undefined && next === undefined && !only.line.terminated && lastFile) {
      this.notes.push({
        ...only.place,
        message: 'the last line is incomplete: it was being written when the gateway ended',
      });
      return;
    }
    if (only !== undefined && next?.type === 'recovered' && explains(next, only.line)) {
      this.notes.push({
        ...only.place,
        message: 'an incomplete line: it was being written when the gateway ended, as the next record states',
      });
      return;
    }
    for (const { place, claims } of broken) {
      this.add('edited', claims?.seq ?? this.seq, place, place.message);
      if (claims !== undefined && claims.seq === (this.head?.seq ?? claims.seq - 1) + 1) {
        this.head = claims;
      }
    }
  }

  private follow(record: AuditRecord, place: Placed['place']): void {
    this.records += 1;
    const previous = this.head;
    this.head = { seq: record.seq, hash: record.hash };
    this.last = { record, place };
    this.first ??= this.last;
    if (this.watched.has(record.seq)) {
      this.hashes.set(record.seq, record.hash);
    }
    this.heed(record, place);
    if (previous === undefined) {
      this.judgeBeginning(record, place);
    } else if (record.seq > previous.seq + 1) {
      this.judgeGap(record, previous, place);
    } else if (record.seq !== previous.seq + 1) {
      this.add(
        'edited',
        record.seq,
        place,
        `record ${record.seq} follows record ${previous.seq}: a record was put in or moved`,
      );
    } else if (record.prevHash !== previous.hash) {
      this.add(
        'edited',
        previous.seq,
        place,
        `record ${record.seq} does not belong to the record before it, which was exchanged`,
      );
    }
  }

  /** Reads a record about the log itself. */
  private heed(record: AuditRecord, place: Placed['place']): void {
    if (record.type === 'rotated') {
      this.rotated = record;
    } else if (record.type === 'integrity') {
      this.reported.push(...reportedBy(record, place));
    } else if (record.type === 'recovered') {
      this.heedRecovery(record, place);
    }
  }

  private heedRecovery(record: RecoveredEvent & { readonly seq: number }, place: Placed['place']): void {
    switch (record.reason) {
      case 'cut':
        this.reported.push({
          kind: 'truncated',
          seq: record.lastSeq ?? 0,
          ...place,
          message: `the gateway found records missing up to ${record.lastSeq ?? 'an unknown one'} when it opened ` +
            'the log',
        });
        return;
      case 'damaged':
        this.reported.push({
          kind: 'edited',
          seq: record.seq - 1,
          ...place,
          message: 'the gateway found the end of the log changed when it opened it',
        });
        return;
      case 'unavailable':
        this.notes.push({
          ...place,
          message: `the log could not be written for a while; ${record.refused ?? 0} records were refused, and their ` +
            'calls with them',
        });
        return;
      case 'torn':
        return;
    }
  }

  private judgeBeginning(record: AuditRecord, place: Placed['place']): void {
    if (record.seq === 1) {
      if (record.prevHash !== CHAIN_START) {
        this.add('edited', 1, place, 'the first record does not begin a chain');
      }
    } else if (record.type === 'rotated' || (record.type === 'reopened' && record.reason === 'signal')) {
      const before = record.type === 'rotated' ? ` (${record.previousFile} and before)` : '';
      this.notes.push({
        ...place,
        message: `begins at record ${record.seq}; earlier records were rotated away${before} and are not looked at`,
      });
    } else {
      this.add('records-missing', record.seq - 1, place, `${recordsFrom(1, record.seq - 1)} missing at the beginning`);
    }
  }

  private judgeGap(record: AuditRecord, previous: ChainHead, place: Placed['place']): void {
    const missing = recordsFrom(previous.seq + 1, record.seq - 1);
    if (record.type === 'rotated' && !this.files.has(basename(record.previousFile))) {
      this.add(
        'file-missing',
        record.seq - 1,
        place,
        `the file ${record.previousFile} is missing: ${missing} missing before this one`,
      );
    } else {
      this.add('records-missing', record.seq - 1, place, `${missing} missing before this one`);
    }
  }
}

function recordsFrom(first: number, last: number): string {
  return first === last ? `record ${first} is` : `records ${first} to ${last} are`;
}

function reportedBy(record: IntegrityEvent, place: Placed['place']): Finding[] {
  return record.findings.map(({ kind, seq, message }) => ({
    kind,
    seq,
    ...place,
    message: `the gateway reported: ${message}`,
  }));
}

function explains(record: RecoveredEvent, torn: Line): boolean {
  return (
    record.reason === 'torn' &&
    record.bytes === torn.text.length &&
    record.sha256 === sha256(Buffer.from(torn.text, 'latin1'))
  );
}
