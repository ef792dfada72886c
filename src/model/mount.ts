import { ConfigFile } from './config-file';
import { aText, expectFields, instanceOf } from './fields';
import { markKind } from './kind';
import { Size } from './size';
import { FILE_MOUNT_OPTIONS, SCRATCH_MOUNT_OPTIONS, VOLUME_MOUNT_OPTIONS } from './structs';
import type { User } from './user';
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

/** Options of a file's mount. */
export interface FileMountOptions {
  /**
   * Whether the service may only read. A generated file can only be read, and so can any file in a cluster.
   *
   * @default true
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
  /**
   * Whether there is no limit but the memory of the machine, as for `tmpfs` of a compose file without a size.
   *
   * @default false
   */
  readonly unlimited?: boolean;
  /**
   * Permissions of the folder as octal digits, on an engine: `0755`. A cluster lets everyone in the pod write.
   *
   * @default '1777'
   */
  readonly mode?: string;
  /**
   * Owner of the folder, on an engine.
   *
   * @default - the user of the service
   */
  readonly owner?: User;
}

/** @internal */
export type MountSpec =
  | { readonly kind: 'volume'; readonly volume: IVolume; readonly readOnly: boolean }
  | { readonly kind: 'file'; readonly file: ConfigFile; readonly readOnly: boolean }
  | {
    readonly kind: 'scratch';
    readonly size?: Size;
    readonly executable: boolean;
    readonly mode?: string;
    readonly owner?: User;
  };

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
   * A configuration file.
   *
   * @param path absolute, of the file itself
   * @throws if a generated file is to be written.
   */
  public static file(file: ConfigFile, path: string, options: FileMountOptions = {}): Mount {
    expectFields('Mount.file', { file, path }, { file: instanceOf('ConfigFile'), path: aText });
    expectFields('Mount.file', options, FILE_MOUNT_OPTIONS);
    const { readOnly = true } = options;
    if (!readOnly && file.file === undefined) {
      throw new Error(`Mount.file: "${file.name}" is generated, so it can only be read.`);
    }
    return new Mount(path, { kind: 'file', file, readOnly });
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
      size: options.size ?? (options.unlimited ? undefined : Size.mebibytes(64)),
      executable: options.executable ?? false,
      mode: options.mode,
      owner: options.owner,
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
