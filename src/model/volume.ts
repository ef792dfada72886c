import { Construct, IConstruct } from 'constructs';
import { defaultName } from './default-name';
import { expectFields, placed } from './fields';
import type { JsonPatch } from './json-patch';
import { isKind, markKind } from './kind';
import { Overrides } from './override';
import { Size } from './size';
import { recordSource } from './source-location';
import { EXTERNAL_VOLUME_OPTIONS, HOST_DIRECTORY_OPTIONS, PERSISTENT_VOLUME_OPTIONS, VOLUME_OPTIONS } from './structs';

/** Options of every volume. */
export interface VolumeOptions {
  /**
   * The kind of data that it holds, for the pages.
   *
   * @default ''
   */
  readonly description?: string;
  /** Space asked for in a cluster; a workstation does not limit it. */
  readonly size: Size;
  /**
   * Storage class in a cluster.
   *
   * @default - the cluster's default
   */
  readonly storageClass?: string;
  /**
   * Whether its users take care of several writers at once.
   *
   * @default false
   */
  readonly multiWriter?: boolean;
  /**
   * Name of the volume.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/** Options of a volume that the engine or the cluster keeps. */
export interface PersistentVolumeOptions extends VolumeOptions {
  /**
   * Name of the volume on the engine, and of the claim in a cluster. It keeps data that is there already.
   *
   * @default - the names of the toolbox and the volume on an engine, the name of the volume in a cluster
   */
  readonly volumeName?: string;
  /**
   * Driver of the engine. A cluster has storage classes instead.
   *
   * @default - the engine's own, `local`
   */
  readonly driver?: string;
  /**
   * Options of the driver, for example `{ type: 'nfs', o: 'addr=10.0.0.5', device: ':/data' }`.
   *
   * @default - none
   */
  readonly driverOptions?: Record<string, string>;
  /**
   * Labels of the volume on the engine.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;
}

/** Options of a volume that exists already. */
export interface ExternalVolumeOptions {
  /**
   * What is kept there, for the pages.
   *
   * @default ''
   */
  readonly description?: string;
  /**
   * Whether its users take care of several writers at once.
   *
   * @default false
   */
  readonly multiWriter?: boolean;
  /**
   * Name of the volume in the model.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Name of the volume on the engine, and of the claim in a cluster.
   *
   * @default - the name in the model
   */
  readonly volumeName?: string;
}

/** Options of a volume that is a folder of the host. */
export interface HostDirectoryOptions extends VolumeOptions {
  /** The folder, relative to the project's folder. */
  readonly directory: string;
}

/** A volume of the toolbox, as others see it. */
export interface IVolume extends IConstruct {
  /** Name of the volume. */
  readonly name: string;
  /** The folder of the host; undefined for a persistent volume. */
  readonly directory?: string;
}

/** Where the data of a volume is. */
interface VolumeKind {
  readonly directory?: string;
  readonly engine?: Partial<PersistentVolumeOptions>;
  readonly isExternal?: boolean;
}

/** Data that outlives a container. */
export class Volume extends Construct implements IVolume {
  /** Whether a value is a volume, of this or of another copy of the library. */
  public static isVolume(value: any): boolean {
    return isKind(value, 'Volume');
  }

  /** A folder of the person's own machine; in a cluster it becomes a claim. */
  public static hostDirectory(scope: Construct, id: string, options: HostDirectoryOptions): Volume {
    expectFields('Volume.hostDirectory', options, HOST_DIRECTORY_OPTIONS);
    return new Volume(scope, id, options, { directory: options.directory });
  }

  /** Data kept by the engine or the cluster. */
  public static persistent(scope: Construct, id: string, options: PersistentVolumeOptions): Volume {
    expectFields('Volume.persistent', options, PERSISTENT_VOLUME_OPTIONS);
    return new Volume(scope, id, options, { engine: options });
  }

  /** A volume that exists already. The toolbox neither makes nor removes it. */
  public static external(scope: Construct, id: string, options: ExternalVolumeOptions = {}): Volume {
    expectFields('Volume.external', options, EXTERNAL_VOLUME_OPTIONS);
    return new Volume(scope, id, { ...options, size: Size.mebibytes(0) }, { engine: options, isExternal: true });
  }

  /** Name of the volume. */
  public readonly name: string;
  /** The kind of data that it holds. */
  public readonly description: string;
  /** Space asked for in a cluster; nothing for a volume that exists already. */
  public readonly size: Size;
  /** Storage class in a cluster; undefined for the cluster's default. */
  public readonly storageClass?: string;
  /** Whether its users take care of several writers at once. */
  public readonly multiWriter: boolean;
  /** The host's folder; undefined when the engine keeps the data. */
  public readonly directory?: string;
  /** @internal */
  public readonly _engine: Partial<PersistentVolumeOptions>;
  /** @internal */
  public readonly _isExternal: boolean;
  /** @internal */
  public readonly _overrides = new Overrides();

  private constructor(scope: Construct, id: string, options: VolumeOptions, kind: VolumeKind) {
    super(...placed('Volume', scope, id, options, VOLUME_OPTIONS));
    recordSource(this);
    this.name = options.name ?? defaultName(this, id);
    this.description = options.description ?? '';
    this.size = options.size;
    this.storageClass = options.storageClass;
    this.multiWriter = options.multiWriter ?? false;
    this.directory = kind.directory;
    this._engine = kind.engine ?? {};
    this._isExternal = kind.isExternal ?? false;
  }

  /**
   * Sets a key of the volume in the compose file, for example `driver_opts`. A map is merged with the generated one,
   * key by key; any other value replaces it. Only persistent volumes are in the compose file.
   *
   * @param reason why the model does not say it
   */
  public overrideCompose(key: string, value: any, reason: string): void {
    this._overrides.addCompose(key, value, reason);
  }

  /**
   * Changes the PersistentVolumeClaim of the volume.
   *
   * @param reason why the model does not say it
   */
  public patchKubernetes(patch: JsonPatch, reason: string): void {
    this._overrides.addPatch(patch, reason);
  }
}

markKind(Volume, 'Volume');
