import { ConfigDirectory } from './config-directory';
import { ConfigFile } from './config-file';
import { anyOf, aText, expectFields, instanceOf } from './fields';
import { markKind } from './kind';
import { Secret, SecretFile } from './secret';
import { Size } from './size';
import {
  FILE_MOUNT_OPTIONS,
  HOST_PATH_OPTIONS,
  SCRATCH_MOUNT_OPTIONS,
  SECRET_MOUNT_OPTIONS,
  VOLUME_MOUNT_OPTIONS,
} from './structs';
import type { User } from './user';
import { IVolume } from './volume';

/** Label that SELinux gives to a folder of the host, so that containers may use it. */
export enum SelinuxLabel {
  /** Several containers use it: `z`. */
  SHARED = 'z',
  /** One container uses it: `Z`. */
  PRIVATE = 'Z',
}

/** How mounts below a path of the host show up in the container, and the other way round. */
export enum MountPropagation {
  /** Not at all. */
  PRIVATE = 'rprivate',
  /** From the host to the container. */
  HOST_TO_CONTAINER = 'rslave',
  /** Both ways. */
  BIDIRECTIONAL = 'rshared',
}

/** Options of a volume's mount. */
export interface VolumeMountOptions {
  /**
   * Whether the service may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
  /**
   * Folder in a persistent volume that is mounted, relative.
   *
   * @default - the whole volume
   */
  readonly subpath?: string;
  /**
   * Whether an engine fills a new persistent volume with what the image has at the path.
   *
   * @default true
   */
  readonly copyFromImage?: boolean;
  /**
   * Label of a host directory for an engine with SELinux.
   *
   * @default - the label stays as it is
   */
  readonly selinux?: SelinuxLabel;
}

/** Options of the mount of something of the host. */
export interface HostPathOptions {
  /**
   * Whether the service may only read.
   *
   * @default true
   */
  readonly readOnly?: boolean;
  /**
   * Label for an engine with SELinux. Never use it for a folder of the system: the label is changed on the host.
   *
   * @default - the label stays as it is
   */
  readonly selinux?: SelinuxLabel;
  /**
   * How mounts below the path are passed on.
   *
   * @default - as the engine does, MountPropagation.PRIVATE
   */
  readonly propagation?: MountPropagation;
}

/** Options of a file's mount. */
export interface FileMountOptions {
  /**
   * Whether the service may only read. A generated file can only be read, and so can any file in a cluster.
   *
   * @default true
   */
  readonly readOnly?: boolean;
  /**
   * Label for an engine with SELinux.
   *
   * @default - the label stays as it is
   */
  readonly selinux?: SelinuxLabel;
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

/** Options of a secret's mount. */
export interface SecretMountOptions {
  /**
   * Where the file appears, absolute.
   *
   * @default - `/run/secrets/` and the name of the secret
   */
  readonly path?: string;
  /**
   * Permissions of the file as octal digits. An engine leaves those of a secret file as they are on the host.
   *
   * @default '0444'
   */
  readonly mode?: string;
}

/** @internal */
export type MountSpec =
  | { readonly kind: 'volume'; readonly volume: IVolume; readonly options: VolumeMountOptions }
  | { readonly kind: 'file'; readonly file: ConfigFile; readonly options: FileMountOptions }
  | { readonly kind: 'directory'; readonly directory: ConfigDirectory; readonly options: FileMountOptions }
  | { readonly kind: 'host-path'; readonly source: string; readonly options: HostPathOptions }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'secret'; readonly secret: Secret | SecretFile; readonly mode: string }
  | {
    readonly kind: 'scratch';
    readonly size?: Size;
    readonly executable: boolean;
    readonly mode?: string;
    readonly owner?: User;
  };

/**
 * Something that appears at a path in a container.
 *
 * @example
 * const mount = Mount.scratch('/tmp', { size: Size.mebibytes(64) });
 */
export class Mount {
  /**
   * A volume.
   *
   * @param path absolute, in the container
   */
  public static volume(volume: IVolume, path: string, options: VolumeMountOptions = {}): Mount {
    expectFields('Mount.volume', { volume, path }, { volume: instanceOf('Volume'), path: aText });
    expectFields('Mount.volume', options, VOLUME_MOUNT_OPTIONS);
    return new Mount(path, { kind: 'volume', volume, options });
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
    if (options.readOnly === false && file.file === undefined) {
      throw new Error(`Mount.file: "${file.name}" is generated, so it can only be read.`);
    }
    return new Mount(path, { kind: 'file', file, options });
  }

  /**
   * A folder of configuration files of the project.
   *
   * @param path absolute, in the container
   */
  public static directory(directory: ConfigDirectory, path: string, options: FileMountOptions = {}): Mount {
    expectFields('Mount.directory', { directory, path }, { directory: instanceOf('ConfigDirectory'), path: aText });
    expectFields('Mount.directory', options, FILE_MOUNT_OPTIONS);
    return new Mount(path, { kind: 'directory', directory, options });
  }

  /**
   * A file, folder or socket of the machine, as it is: read-only, and on a workstation alone. What lies outside the
   * project is a finding of the rule mount-host-path, and the socket of the container engine one of
   * mount-docker-socket.
   *
   * @param source absolute, in the home of the person (`~/.gitconfig`), or relative to the project's folder
   * @param path absolute, in the container
   */
  public static hostPath(source: string, path: string, options: HostPathOptions = {}): Mount {
    expectFields('Mount.hostPath', { source, path }, { source: aText, path: aText });
    expectFields('Mount.hostPath', options, HOST_PATH_OPTIONS);
    return new Mount(path, { kind: 'host-path', source, options });
  }

  /**
   * A new volume for every container, for example over a folder that a mount above it hides. An engine fills it with
   * what the image has there; in a cluster it is empty, and gone with the pod.
   *
   * @param path absolute, in the container
   */
  public static anonymousVolume(path: string): Mount {
    expectFields('Mount.anonymousVolume', { path }, { path: aText });
    return new Mount(path, { kind: 'anonymous' });
  }

  /**
   * A secret as a file, read-only. Programs read it through variables like `POSTGRES_PASSWORD_FILE`; give them the
   * `path` of the mount.
   *
   * @param secret a file, or a key of an env file. An engine can put a key only into a container with a writable root.
   */
  public static secret(secret: Secret | SecretFile, options: SecretMountOptions = {}): Mount {
    expectFields('Mount.secret', { secret }, { secret: anyOf(instanceOf('SecretFile'), instanceOf('Secret')) });
    expectFields('Mount.secret', options, SECRET_MOUNT_OPTIONS);
    const name = SecretFile.isSecretFile(secret) ? (secret as SecretFile).name : (secret as Secret).key;
    return new Mount(options.path ?? `/run/secrets/${name}`, { kind: 'secret', secret, mode: options.mode ?? '0444' });
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

  /** What is mounted: `volume`, `file`, `scratch` and so on. */
  public get kind(): string {
    return this._spec.kind;
  }
}

markKind(Mount, 'Mount');
