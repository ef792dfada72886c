import { Finding, SourceLocation } from './finding';

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
