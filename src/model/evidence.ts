import { Finding, SourceLocation } from './finding';

/** How a record came to be. */
export enum EvidenceMethod {
  /** `toolbox verify` ran the command. */
  RUN = 'run',
  /** A person wrote down what was seen. */
  HAND = 'hand',
}

/** The observed outcome. */
export enum EvidenceOutcome {
  /** The check passed. */
  PASSED = 'passed',
  /** It did not pass. */
  FAILED = 'failed',
}

/** One covered part, by name and digest: shows later which part has changed. */
export interface FingerprintPart {
  /** For example `service web`, `pin postgres`, `build context of web`. */
  readonly name: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

/** A program that had a part in the outcome, and its version. */
export interface ToolVersion {
  /** Name of the program. */
  readonly name: string;
  /** Its version, as it reports it. */
  readonly version: string;
}

/** The record of one run of a check. */
export interface EvidenceRecord {
  /** Name of the check. */
  readonly check: string;
  /** How the record came to be. */
  readonly method: EvidenceMethod;
  /** Whether the check passed. */
  readonly outcome: EvidenceOutcome;
  /** The command that was run, as one line. */
  readonly command: string;
  /**
   * Exit code of the command.
   *
   * @default - written down by hand, or ended by a signal or its timeout
   */
  readonly exitCode?: number;
  /**
   * SHA-256 of the whole output, secrets and places of the machine taken out: `sha256:` and 64 hexadecimal digits.
   *
   * @default - written down by hand
   */
  readonly outputDigest?: string;
  /**
   * End of the output, secrets and places of the machine taken out.
   *
   * @default - written down by hand
   */
  readonly outputTail?: string;
  /** Programs that judged, sorted by name. */
  readonly tools: ToolVersion[];
  /** Who ran it or saw it. */
  readonly by: string;
  /** When it ended: UTC, `2026-11-22T19:00:00Z`. */
  readonly at: string;
  /**
   * Notes for readers about the run.
   *
   * @default - nothing
   */
  readonly note?: string;
  /** Digest over all parts. */
  readonly fingerprint: string;
  /** Sorted by name. */
  readonly parts: FingerprintPart[];
  /** Where it is written. */
  readonly location: SourceLocation;
}

/** Where records of checks come from, for example a folder of files. */
export interface IEvidenceSource {
  /** The folder `toolbox verify` writes to, relative to the project's folder. */
  readonly directory: string;
  /** Every record that can be believed, sorted by check. */
  readonly records: EvidenceRecord[];
  /** Errors in the source. */
  readonly findings: Finding[];
}
