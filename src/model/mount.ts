import { ConfigFile } from './config-file';
import { aText, expectFields, instanceOf } from './fields';
import { markKind } from './kind';
import { Size } from './size';
import { SCRATCH_MOUNT_OPTIONS, VOLUME_MOUNT_OPTIONS } from './structs';
import { IVolume } from './volume';

/** Options of a volume's mount. */
export interface VolumeMountOptions {
  /**
   * Whether the service may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** Options of scratch space. */
export interface ScratchMountOptions {
  /**
   * Most space; it counts as memory.
   *
   * @default Size.mebibytes(64)
   */
  readonly size?: Size;
  /**
   * Whether programs in it may be run.
   *
   * @default false
   */
  readonly executable?: boolean;
}

/** @internal */
export type MountSpec =
  | { readonly kind: 'volume'; readonly volume: IVolume; readonly readOnly: boolean }
  | { readonly kind: 'file'; readonly file: ConfigFile }
  | { readonly kind: 'scratch'; readonly size: Size; readonly executable: boolean };

/** Something that appears at a path in a container. */
export class Mount {
  /**
   * A volume.
   *
   * @param path absolute, in the container
   */
  public static volume(volume: IVolume, path: string, options: VolumeMountOptions = {}): Mount {
    expectFields('Mount.volume', { volume, path }, { volume: instanceOf('Volume'), path: aText });
    expectFields('Mount.volume', options, VOLUME_MOUNT_OPTIONS);
    return new Mount(path, { kind: 'volume', volume, readOnly: options.readOnly ?? false });
  }

  /**
   * A configuration file, read-only.
   *
   * @param path absolute, of the file itself
   */
  public static file(file: ConfigFile, path: string): Mount {
    expectFields('Mount.file', { file, path }, { file: instanceOf('ConfigFile'), path: aText });
    return new Mount(path, { kind: 'file', file });
  }

  /**
   * Writable space in memory that is gone with the container.
   *
   * @param path absolute, in the container
   */
  public static scratch(path: string, options: ScratchMountOptions = {}): Mount {
    expectFields('Mount.scratch', { path }, { path: aText });
    expectFields('Mount.scratch', options, SCRATCH_MOUNT_OPTIONS);
    return new Mount(path, {
      kind: 'scratch',
      size: options.size ?? Size.mebibytes(64),
      executable: options.executable ?? false,
    });
  }

  /** @internal */
  public readonly _spec: MountSpec;

  private constructor(
    /** Where it appears. */
    public readonly path: string,
    spec: MountSpec,
  ) {
    this._spec = spec;
  }
}

markKind(Mount, 'Mount');
