import { FingerprintPart } from './evidence';
import { Finding, SourceLocation } from './finding';

/** A productive file as it was approved. */
export interface ApprovedFile {
  /** Relative to the output folder. */
  readonly path: string;
  /** SHA-256 of its bytes: `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

/** A person's word for one state of the architecture. */
export interface ApprovalRecord {
  /** Who approved. */
  readonly by: string;
  /** Why it may go into use. */
  readonly reason: string;
  /** When: UTC, `2026-11-22T19:00:00Z`. */
  readonly at: string;
  /** Digest over all parts. */
  readonly fingerprint: string;
  /** Sorted by name. */
  readonly parts: FingerprintPart[];
  /** The approved files, sorted by path; they stay in place until the next approval. */
  readonly files: ApprovedFile[];
  /** Where it is written. */
  readonly location: SourceLocation;
}

/** Where the approval comes from, for example a file. */
export interface IApprovalSource {
  /** The file `toolbox approve` writes, relative to the project's folder. */
  readonly file: string;
  /**
   * The approval that was given last.
   *
   * @default - never approved, or the record cannot be believed
   */
  readonly record?: ApprovalRecord;
  /** Errors in the source; a missing file is none. */
  readonly findings: Finding[];
}
