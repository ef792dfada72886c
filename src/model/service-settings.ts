import { Construct } from 'constructs';
import { Accelerator } from './accelerator';
import { ContainerOptions, pickContainerOptions } from './container-options';
import { Duration } from './duration';
import { expectFields } from './fields';
import { HealthCheck } from './health-check';
import { Profile } from './profile';
import { Resources } from './resources';
import { Lifecycle, Place, RestartPolicy } from './restart-policy';
import type { LogRotation, ServiceOptions } from './service-props';
import { Size } from './size';
import { SERVICE_OPTIONS } from './structs';
import { User } from './user';

/**
 * The settings of a service, each with its default resolved.
 *
 * @internal
 */
export abstract class ServiceSettings extends Construct {
  /** @internal */
  public _options: ServiceOptions;

  constructor(scope: Construct, id: string, options: ServiceOptions) {
    super(scope, id);
    this._options = options;
  }

  /** Description; empty if none was given. */
  public get description(): string {
    return this._options.description ?? '';
  }

  /** How long it is meant to run. */
  public get lifecycle(): Lifecycle {
    return this._options.lifecycle ?? Lifecycle.LONG_RUNNING;
  }

  /** The profile it belongs to; undefined if it is always there. */
  public get profile(): Profile | undefined {
    return this._options.profile;
  }

  /** Where it runs. */
  public get places(): Place[] {
    return [...this._options.places ?? [Place.WORKSTATION, Place.CLUSTER]];
  }

  /** Replaces the entry point of the image; undefined leaves it. */
  public get entrypoint(): string[] | undefined {
    return this._options.entrypoint && [...this._options.entrypoint];
  }

  /** Arguments to the entry point; undefined leaves those of the image. */
  public get command(): string[] | undefined {
    return this._options.command && [...this._options.command];
  }

  /** The folder its program starts in; undefined leaves that of the image. */
  public get workingDirectory(): string | undefined {
    return this._options.workingDirectory;
  }

  /** Its health check; undefined if there is none. */
  public get healthCheck(): HealthCheck | undefined {
    return this._options.healthCheck;
  }

  /** Its resource limits and requests; undefined if there are none. */
  public get resources(): Resources | undefined {
    return this._options.resources;
  }

  /** GPUs given to it; undefined if there are none. */
  public get accelerator(): Accelerator | undefined {
    return this._options.accelerator;
  }

  /** Further names in its hosts file, with their addresses. */
  public get extraHosts(): Record<string, string> {
    return { ...this._options.extraHosts };
  }

  /** Whether a person attaches to it. */
  public get terminal(): boolean {
    return this._options.terminal ?? false;
  }

  /** The user its program runs as; undefined leaves that of the image. */
  public get user(): User | undefined {
    return this._options.user;
  }

  /** Whether the files of the image are read-only. */
  public get readOnlyRoot(): boolean {
    return this._options.readOnlyRoot ?? true;
  }

  /** Capabilities that are added, without the prefix CAP_. */
  public get capabilities(): string[] {
    return [...this._options.capabilities ?? []];
  }

  /** Capabilities that are dropped, without the prefix CAP_. */
  public get capDrop(): string[] {
    return [...this._options.capDrop ?? ['ALL']];
  }

  /** Options for the security of the container. */
  public get securityOpt(): string[] {
    return [...this._options.securityOpt ?? ['no-new-privileges:true']];
  }

  /** Settings of the container that have the same meaning as the keys of a compose file, as they were given. */
  public get containerOptions(): ContainerOptions {
    return pickContainerOptions(this._options);
  }

  /** Whether a small init process reaps children and passes signals on. */
  public get init(): boolean {
    return this._options.init ?? true;
  }

  /** The reaction to the end of its program. */
  public get restart(): RestartPolicy {
    const { restart } = this._options;
    return restart ?? (this.lifecycle === Lifecycle.ONE_SHOT ? RestartPolicy.NEVER : RestartPolicy.UNLESS_STOPPED);
  }

  /** Time between the request to stop and the kill. */
  public get stopGrace(): Duration {
    return this._options.stopGrace ?? Duration.seconds(10);
  }

  /** How its log is kept from filling the disk. */
  public get logRotation(): LogRotation {
    return this._options.logRotation ?? { maxSize: Size.mebibytes(10), maxFiles: 3 };
  }

  /**
   * Changes settings after construction: those that are given replace what was set before. Aspects and mixins adapt a
   * service with it.
   */
  public configure(options: ServiceOptions): void {
    expectFields('configure', options, SERVICE_OPTIONS);
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    this._options = { ...this._options, ...Object.fromEntries(given) };
  }
}
