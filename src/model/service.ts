import { Construct, IConstruct } from 'constructs';
import { defaultName } from './default-name';
import { Endpoint, EndpointOptions } from './endpoint';
import { EnvironmentValue } from './environment-value';
import { aText, expectFields, instanceOf, oneOf, optional, placed } from './fields';
import { Image } from './image';
import { JsonPatch } from './json-patch';
import { isKind, markKind } from './kind';
import { Mount } from './mount';
import { INetwork } from './network';
import { Overrides } from './override';
import { Port } from './port';
import { EnvFile } from './secret';
import type { ServiceFacts } from './service-facts';
import type { ServiceProps } from './service-props';
import { ServiceSettings } from './service-settings';
import { recordSource } from './source-location';
import { ATTACHMENT_OPTIONS, SERVICE_PROPS } from './structs';
import { allowAnyId } from './taken-ids';

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
  /**
   * Static address on that network, in one of its subnets. A cluster has none.
   *
   * @default - the engine picks one
   */
  readonly ipv4Address?: string;
  /**
   * Static address of IPv6 on that network.
   *
   * @default - the engine picks one
   */
  readonly ipv6Address?: string;
}

/** A service of the toolbox, as others see it. */
export interface IService extends IConstruct {
  /** Name of the service. */
  readonly name: string;
  /** Ports it listens on. */
  readonly ports: Port[];
  /** Its host name, as the value of a variable or a part of one. */
  readonly host: EnvironmentValue;
  /**
   * Returns the number of one of its ports, as the value of a variable or a part of one.
   *
   * @param port number of a port that it listens on
   */
  port(port: number): EnvironmentValue;
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
export class Service extends ServiceSettings implements IService {
  /** Whether a value is a service, of this or of another copy of the library. */
  public static isService(value: any): boolean {
    return isKind(value, 'Service');
  }

  /** Name of the service. */
  public readonly name: string;
  /** @internal */
  public readonly _image: Image;
  /** @internal */
  public readonly _environment: [string, EnvironmentValue][];
  /** @internal */
  public readonly _envFiles: EnvFile[];
  /** @internal */
  public readonly _mounts: Mount[];
  /** @internal */
  public readonly _ports: Port[];
  /** @internal */
  public readonly _attachments: ({ readonly network: INetwork } & AttachmentOptions)[];
  /** @internal */
  public readonly _dependencies: { readonly service: IService; readonly condition: DependencyCondition }[] = [];
  /** @internal */
  public readonly _overrides = new Overrides();

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(...placed('Service', scope, id, props, SERVICE_PROPS), props);
    recordSource(this);
    allowAnyId(this);
    this.name = props.name ?? defaultName(this, id);
    this._image = props.image;
    this._environment = Object.entries(props.environment ?? {});
    this._envFiles = [...props.envFiles ?? []];
    this._mounts = [...props.mounts ?? []];
    this._ports = [...props.ports ?? []];
    this._attachments = (props.networks ?? []).map((network) => ({ network }));
  }

  /** Where its program comes from. */
  public get image(): Image {
    return this._image;
  }

  /** The variables that were set, by name. */
  public get environment(): Record<string, EnvironmentValue> {
    return Object.fromEntries(this._environment);
  }

  /** Mounts of its container, by path. */
  public get mounts(): Mount[] {
    return [...this._mounts];
  }

  /** Env files that it gets whole. */
  public get envFiles(): EnvFile[] {
    return [...this._envFiles];
  }

  /** Ports it listens on. */
  public get ports(): Port[] {
    return [...this._ports];
  }

  /** Its host name, as the value of a variable or a part of one. */
  public get host(): EnvironmentValue {
    return EnvironmentValue._host(this);
  }

  /** Networks it is attached to. */
  public get networks(): INetwork[] {
    return this._attachments.map(({ network }) => network);
  }

  /** Sets an environment variable. */
  public addEnvironment(name: string, value: EnvironmentValue): void {
    expectFields('addEnvironment', { name, value }, { name: aText, value: instanceOf('EnvironmentValue') });
    this._environment.push([name, value]);
  }

  /** Hands over an env file whole, with every key that a person writes there. */
  public addEnvFile(envFile: EnvFile): void {
    expectFields('addEnvFile', { envFile }, { envFile: instanceOf('EnvFile') });
    this._envFiles.push(envFile);
  }

  /** Adds a mount. */
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
    expectFields('addNetwork', options, ATTACHMENT_OPTIONS);
    this._attachments.push({ network, ...options });
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
   * Returns the number of one of its ports, as the value of a variable or a part of one.
   *
   * @param port number of a port that it listens on
   */
  public port(port: number): EnvironmentValue {
    return EnvironmentValue._port(Endpoint._of(this, port));
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
   * Sets a key of the Compose service. A map is merged with the generated one, key by key; any other value replaces it.
   * The result is checked like the model, and listed on the status page.
   *
   * @param key key of the service, for example `shm_size`
   * @param reason why the model does not say it
   */
  public overrideCompose(key: string, value: any, reason: string): void {
    this._overrides.addCompose(key, value, reason);
  }

  /**
   * Changes the Deployment, StatefulSet or Job of the service. `Toolbox.patchKubernetes` changes the other objects. The
   * result is checked like the model, and listed on the status page.
   *
   * @param reason why the model does not say it
   */
  public patchKubernetes(patch: JsonPatch, reason: string): void {
    this._overrides.addPatch(patch, reason);
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
}

markKind(Service, 'Service');
