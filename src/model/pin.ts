import { Finding, SourceLocation } from './finding';

/** The health check that an image states. */
export interface RecordedHealthCheck {
  /** `CMD` and words, `CMD-SHELL` and a command line, or `NONE`. */
  readonly test: string[];
  /**
   * Seconds between two checks.
   *
   * @default - 30, as engines do
   */
  readonly interval?: number;
  /**
   * Seconds after which a check has failed.
   *
   * @default - 30, as engines do
   */
  readonly timeout?: number;
  /**
   * Seconds to come up before failures count.
   *
   * @default - none, as engines do
   */
  readonly startPeriod?: number;
  /**
   * Failures in a row until it counts as unhealthy.
   *
   * @default - 3, as engines do
   */
  readonly retries?: number;
}

/** What an image states about itself. */
export interface RecordedImageFacts {
  /**
   * The user that it sets: `1000:1000`, `node`, or empty for root.
   *
   * @default - not recorded
   */
  readonly user?: string;
  /**
   * Ports that it exposes: `8080/tcp`.
   *
   * @default - not recorded
   */
  readonly ports?: string[];
  /**
   * Folders that it declares as volumes.
   *
   * @default - not recorded
   */
  readonly volumes?: string[];
  /**
   * Its health check.
   *
   * @default - not recorded
   */
  readonly healthCheck?: RecordedHealthCheck;
}

/** A container image as an inventory pins it. */
export interface PinnedImage {
  /** Without tag and digest, for example `library/postgres`. */
  readonly repository: string;
  /**
   * The tag that names the release.
   *
   * @default - none
   */
  readonly tag?: string;
  /**
   * `sha256:` and 64 hexadecimal digits, of the index, not of one platform.
   *
   * @default - it could not be looked up; see `digestMissing`
   */
  readonly digest?: string;
  /**
   * Why there is no digest.
   *
   * @default - there is one, or no reason was given
   */
  readonly digestMissing?: string;
  /**
   * What the image states about itself. It comes before the facts of public images.
   *
   * @default - not recorded
   */
  readonly facts?: RecordedImageFacts;
}

/** An npm package as an inventory pins it. */
export interface PinnedPackage {
  /** Name of the package, with its scope: `@scope/name`. */
  readonly name: string;
  /**
   * `sha512-` and the checksum in base 64.
   *
   * @default - not recorded
   */
  readonly integrity?: string;
}

/** How far the choice of a component is. */
export enum PinStatus {
  /** It is used in this version. */
  DECIDED = 'decided',
  /** It may be used; an open question that blocks approval. */
  UNDECIDED = 'undecided',
  /** It is not used; the notes say why. */
  REJECTED = 'rejected',
}

/** One chosen version, as written in an inventory. */
export interface Pin {
  /** Id of the component. */
  readonly component: string;
  /** Name for people. */
  readonly title: string;
  /**
   * The version that was chosen.
   *
   * @default - not chosen yet
   */
  readonly version?: string;
  /** `container`, `host` or both. */
  readonly runsOn: string[];
  /**
   * The container image that it is.
   *
   * @default - not an image
   */
  readonly image?: PinnedImage;
  /**
   * The npm package that it is.
   *
   * @default - not an npm package
   */
  readonly npm?: PinnedPackage;
  /** Whether the choice is made. */
  readonly status: PinStatus;
  /**
   * Notes for readers about the choice.
   *
   * @default ''
   */
  readonly notes?: string;
  /** Where it is written. */
  readonly location: SourceLocation;
}

/** Where pins come from, for example an inventory file. */
export interface IPinSource {
  /** Every pin, sorted by component. */
  readonly pins: Pin[];
  /** Errors in the source. */
  readonly findings: Finding[];
}
