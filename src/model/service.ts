import { Construct, IConstruct } from 'constructs';
import { Accelerator } from './accelerator';
import { defaultName } from './default-name';
import { Duration } from './duration';
import { Endpoint, EndpointOptions } from './endpoint';
import { EnvironmentValue } from './environment-value';
import {
  aFlag,
  aNumber,
  aText,
  expectFields,
  FieldsOf,
  instanceOf,
  listOf,
  objectOf,
  oneOf,
  optional,
  placed,
  recordOf,
} from './fields';
import { HealthCheck } from './health-check';
import { Image } from './image';
import { JsonPatch } from './json-patch';
import { isKind, markKind } from './kind';
import { Mount } from './mount';
import { INetwork } from './network';
import { Port } from './port';
import { Profile } from './profile';
import { Resources } from './resources';
import { Lifecycle, Place, RestartPolicy } from './restart-policy';
import type { ServiceFacts } from './service-facts';
import { Size } from './size';
import { recordSource } from './source-location';
import { resources } from './structs';
import { allowAnyId } from './taken-ids';
import { User } from './user';

/** How a service's log is kept from filling the disk. */
export interface LogRotation {
  /** Size at which a new file is begun. */
  readonly maxSize: Size;
  /** Number of files kept. */
  readonly maxFiles: number;
}

/** How far the other service must have come. */
export enum DependencyCondition {
  /** It was started. */
  STARTED = 'started',
  /** Its health check passes. */
  HEALTHY = 'healthy',
  /** It ended well; for one-shots. */
  COMPLETED = 'completed',
}

/** How a service is attached to a network. */
export interface AttachmentOptions {
  /**
   * Further names on that network.
   *
   * @default - only the service's name
   */
  readonly aliases?: string[];
}

/** Settings of a service that may still change after construction. */
export interface ServiceOptions {
  /**
   * What it does, for the pages.
   *
   * @default ''
   */
  readonly description?: string;
  /**
   * How long it is meant to run.
   *
   * @default Lifecycle.LONG_RUNNING
   */
  readonly lifecycle?: Lifecycle;
  /**
   * The profile it belongs to.
   *
   * @default - always there
   */
  readonly profile?: Profile;
  /**
   * Where it runs.
   *
   * @default - everywhere
   */
  readonly places?: Place[];
  /**
   * Replaces the image's entry point.
   *
   * @default - the image's
   */
  readonly entrypoint?: string[];
  /**
   * Arguments to the entry point, without a shell.
   *
   * @default - the image's
   */
  readonly command?: string[];
  /**
   * The folder its program starts in, absolute.
   *
   * @default - the image's
   */
  readonly workingDirectory?: string;
  /**
   * Health check of its container.
   *
   * @default - none: a finding of the rule service-health for a service that keeps running
   */
  readonly healthCheck?: HealthCheck;
  /**
   * Its resource limits and requests.
   *
   * @default - none: a finding of the rule service-limits
   */
  readonly resources?: Resources;
  /**
   * GPUs given to it.
   *
   * @default - none
   */
  readonly accelerator?: Accelerator;
  /**
   * Whether a person attaches to it: standard input stays open and there is a terminal.
   *
   * @default false
   */
  readonly terminal?: boolean;
  /**
   * The user its program runs as.
   *
   * @default - the image's own user
   */
  readonly user?: User;
  /**
   * Whether the image's files are read-only; what must be written goes to mounts and scratch space.
   *
   * @default true
   */
  readonly readOnlyRoot?: boolean;
  /**
   * Capabilities to keep, without the prefix CAP_; all others are dropped.
   *
   * @default - none
   */
  readonly capabilities?: string[];
  /**
   * Whether a small init process reaps children and passes signals on.
   *
   * @default true
   */
  readonly init?: boolean;
  /**
   * What happens when its program ends.
   *
   * @default - ALWAYS for a service that keeps running, NEVER for a one-shot
   */
  readonly restart?: RestartPolicy;
  /**
   * Time between being asked to stop and being killed.
   *
   * @default Duration.seconds(10)
   */
  readonly stopGrace?: Duration;
  /**
   * How its log is kept from filling the disk.
   *
   * @default - 3 files of 10 MiB
   */
  readonly logRotation?: LogRotation;
}

/** Properties of a service. */
export interface ServiceProps extends ServiceOptions {
  /** Where its program comes from. */
  readonly image: Image;
  /**
   * Name of the service.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Variables by their names.
   *
   * @default - none
   */
  readonly environment?: Record<string, EnvironmentValue>;
  /**
   * Mounts of its container, by path.
   *
   * @default - none
   */
  readonly mounts?: Mount[];
  /**
   * Ports it listens on.
   *
   * @default - none
   */
  readonly ports?: Port[];
  /**
   * Networks it is attached to, under its own name.
   *
   * @default - none, the service is alone
   */
  readonly networks?: INetwork[];
}

const OPTIONS: FieldsOf<ServiceOptions> = {
  description: optional(aText),
  lifecycle: optional(oneOf(Lifecycle)),
  profile: optional(instanceOf('Profile')),
  places: optional(listOf(oneOf(Place))),
  entrypoint: optional(listOf(aText)),
  command: optional(listOf(aText)),
  workingDirectory: optional(aText),
  healthCheck: optional(instanceOf('HealthCheck')),
  resources: optional(resources),
  accelerator: optional(instanceOf('Accelerator')),
  terminal: optional(aFlag),
  user: optional(instanceOf('User')),
  readOnlyRoot: optional(aFlag),
  capabilities: optional(listOf(aText)),
  init: optional(aFlag),
  restart: optional(oneOf(RestartPolicy)),
  stopGrace: optional(instanceOf('Duration')),
  logRotation: optional(objectOf<LogRotation>({ maxSize: instanceOf('Size'), maxFiles: aNumber })),
};

const FIELDS: FieldsOf<ServiceProps> = {
  ...OPTIONS,
  image: instanceOf('Image'),
  name: optional(aText),
  environment: optional(recordOf(instanceOf('EnvironmentValue'))),
  mounts: optional(listOf(instanceOf('Mount'))),
  ports: optional(listOf(instanceOf('Port'))),
  networks: optional(listOf(instanceOf('Network'))),
};

/** A service of the toolbox, as others see it. */
export interface IService extends IConstruct {
  /** Name of the service. */
  readonly name: string;
  /** Ports it listens on. */
  readonly ports: Port[];
  /**
   * Returns the address of one of its ports.
   *
   * @param port number of a port that it listens on
   */
  endpoint(port: number, options?: EndpointOptions): Endpoint;
}

/**
 * A program in a container.
 *
 * @example
 * const web = new Service(toolbox, 'web', {
 *   image: Image.fromRegistry('caddy', { tag: '2.8.4' }),
 *   ports: [Port.internal(8080)],
 *   healthCheck: HealthCheck.http(8080, '/'),
 * });
 */
export class Service extends Construct implements IService {
  /** Whether a value is a service, of this or of another copy of the library. */
  public static isService(value: any): boolean {
    return isKind(value, 'Service');
  }

  /** Name of the service. */
  public readonly name: string;
  /** @internal */
  public _options: ServiceOptions;
  /** @internal */
  public readonly _image: Image;
  /** @internal */
  public readonly _environment: [string, EnvironmentValue][];
  /** @internal */
  public readonly _mounts: Mount[];
  /** @internal */
  public readonly _ports: Port[];
  /** @internal */
  public readonly _attachments: { readonly network: INetwork; readonly aliases: string[] }[];
  /** @internal */
  public readonly _dependencies: { readonly service: IService; readonly condition: DependencyCondition }[] = [];
  /** @internal */
  public readonly _composeOverrides: { readonly key: string; readonly value: unknown; readonly reason: string }[] = [];
  /** @internal */
  public readonly _kubernetesPatches: { readonly patch: JsonPatch; readonly reason: string }[] = [];

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(...placed('Service', scope, id, props, FIELDS));
    recordSource(this);
    allowAnyId(this);
    this.name = props.name ?? defaultName(this, id);
    this._options = props;
    this._image = props.image;
    this._environment = Object.entries(props.environment ?? {});
    this._mounts = [...props.mounts ?? []];
    this._ports = [...props.ports ?? []];
    this._attachments = (props.networks ?? []).map((network) => ({ network, aliases: [] }));
  }

  /** What it does; empty if that was not said. */
  public get description(): string {
    return this._options.description ?? '';
  }

  /** Where its program comes from. */
  public get image(): Image {
    return this._image;
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

  /** The variables that were set, by name. */
  public get environment(): Record<string, EnvironmentValue> {
    return Object.fromEntries(this._environment);
  }

  /** Mounts of its container, by path. */
  public get mounts(): Mount[] {
    return [...this._mounts];
  }

  /** Ports it listens on. */
  public get ports(): Port[] {
    return [...this._ports];
  }

  /** Networks it is attached to. */
  public get networks(): INetwork[] {
    return this._attachments.map(({ network }) => network);
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

  /** Capabilities that are kept, without the prefix CAP_. */
  public get capabilities(): string[] {
    return [...this._options.capabilities ?? []];
  }

  /** Whether a small init process reaps children and passes signals on. */
  public get init(): boolean {
    return this._options.init ?? true;
  }

  /** What happens when its program ends. */
  public get restart(): RestartPolicy {
    const { restart } = this._options;
    return restart ?? (this.lifecycle === Lifecycle.ONE_SHOT ? RestartPolicy.NEVER : RestartPolicy.ALWAYS);
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
    expectFields('configure', options, OPTIONS);
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    this._options = { ...this._options, ...Object.fromEntries(given) };
  }

  /** Sets an environment variable. */
  public addEnvironment(name: string, value: EnvironmentValue): void {
    expectFields('addEnvironment', { name, value }, { name: aText, value: instanceOf('EnvironmentValue') });
    this._environment.push([name, value]);
  }

  /** Lets something appear at a path in its container. */
  public addMount(mount: Mount): void {
    expectFields('addMount', { mount }, { mount: instanceOf('Mount') });
    this._mounts.push(mount);
  }

  /** Lets it listen on a port. */
  public addPort(port: Port): void {
    expectFields('addPort', { port }, { port: instanceOf('Port') });
    this._ports.push(port);
  }

  /** Attaches the service to a network, so that its members and it reach each other's ports. */
  public addNetwork(network: INetwork, options: AttachmentOptions = {}): void {
    expectFields('addNetwork', { network }, { network: instanceOf('Network') });
    expectFields<AttachmentOptions>('addNetwork', options, { aliases: optional(listOf(aText)) });
    this._attachments.push({ network, aliases: [...options.aliases ?? []] });
  }

  /**
   * Starts this service only when the other one has come far enough.
   *
   * @param condition how far
   * @default condition - DependencyCondition.HEALTHY
   */
  public addDependency(service: IService, condition?: DependencyCondition): void {
    expectFields(
      'addDependency',
      { service, condition },
      { service: instanceOf('Service'), condition: optional(oneOf(DependencyCondition)) },
    );
    this._dependencies.push({ service, condition: condition ?? DependencyCondition.HEALTHY });
  }

  /**
   * The address of one of its ports.
   *
   * @param port number of a port that it listens on
   */
  public endpoint(port: number, options: EndpointOptions = {}): Endpoint {
    return Endpoint._of(this, port, options);
  }

  /**
   * Says for Compose what the model does not know. Shown in the fidelity report.
   *
   * @param key top-level key of the service, for example `shm_size`
   */
  public overrideCompose(key: string, value: any, reason: string): void {
    expectFields('overrideCompose', { key, reason }, { key: aText, reason: aText });
    this._composeOverrides.push({ key, value, reason });
  }

  /**
   * Returns what only the complete tree can say. The plan asks once the tree is built, so that a subclass records its
   * properties and derives nothing from them in its constructor.
   *
   * @internal
   */
  public _facts(): ServiceFacts {
    return {};
  }

  /** Says for Kubernetes what the model does not know, on the workload object. Shown in the fidelity report. */
  public patchKubernetes(patch: JsonPatch, reason: string): void {
    expectFields('patchKubernetes', { patch, reason }, { patch: instanceOf('JsonPatch'), reason: aText });
    this._kubernetesPatches.push({ patch, reason });
  }
}

markKind(Service, 'Service');
