import { Construct } from 'constructs';
import { defaultName } from './default-name';
import { Endpoint, EndpointOptions } from './endpoint';
import { EnvironmentValue } from './environment-value';
import { expectFields, instanceOf, placed } from './fields';
import { isKind, markKind } from './kind';
import { recordSource } from './source-location';
import { HOST_SERVICE_PROPS } from './structs';

/** The setting for the address on which a server on the host listens. */
export interface AddressSetting {
  /** Environment variable that takes an address and a port, `172.17.0.1:11434`. */
  readonly variable: string;
  /**
   * Name of its systemd unit on Linux, without `.service`.
   *
   * @default - none known
   */
  readonly systemdUnit?: string;
}

/** Properties of a service on the host. */
export interface HostServiceProps {
  /**
   * Description for the pages.
   *
   * @default ''
   */
  readonly description?: string;
  /** Port it listens on. */
  readonly port: number;
  /**
   * Name by which containers reach the host.
   *
   * @default 'host.docker.internal'
   */
  readonly hostname?: string;
  /**
   * Component of the inventory that says which version it is.
   *
   * @default - not pinned
   */
  readonly component?: string;
  /**
   * The setting for its listen address, for the page's commands and the fixes of `toolbox doctor`: on Linux,
   * containers do not reach 127.0.0.1.
   *
   * @default - not known
   */
  readonly addressSetting?: AddressSetting;
}

/** A server on the person's own machine, outside every container. */
export class HostService extends Construct {
  /** Whether a value is a host service, of this or of another copy of the library. */
  public static isHostService(value: any): boolean {
    return isKind(value, 'HostService');
  }

  /** Name of the server: the construct's id. */
  public readonly name: string;
  /** Description for the pages. */
  public readonly description: string;
  /** Port it listens on. */
  public readonly port: number;
  /** Name by which containers reach the host. */
  public readonly hostname: string;
  /** Component of the inventory that says which version it is; undefined when it is not pinned. */
  public readonly component?: string;
  /** The setting for its listen address; undefined if not known. */
  public readonly addressSetting?: AddressSetting;
  /** @internal */
  public _clusterService?: Construct;
  /** @internal */
  public _relay?: Construct;

  constructor(scope: Construct, id: string, props: HostServiceProps) {
    super(...placed('HostService', scope, id, props, HOST_SERVICE_PROPS));
    recordSource(this);
    this.name = defaultName(this, id);
    this.description = props.description ?? '';
    this.port = props.port;
    this.hostname = props.hostname ?? 'host.docker.internal';
    this.component = props.component;
    this.addressSetting = props.addressSetting;
  }

  /**
   * Names the service that answers in its place in a cluster, where the person's machine does not exist.
   *
   * @param service a `Service` that listens on the same port
   */
  public replaceInCluster(service: Construct): void {
    expectFields('replaceInCluster', { service }, { service: instanceOf('Service') });
    this._clusterService = service;
  }

  /**
   * Names the service that alone reaches it, and through which all others do: on a network without a way out it answers
   * under this one's host name, on the same port. In a cluster there is neither.
   *
   * @param service a `Service` on a network with `Egress.HOST`
   */
  public relayThrough(service: Construct): void {
    expectFields('relayThrough', { service }, { service: instanceOf('Service') });
    this._relay = service;
  }

  /** The name by which containers reach it, as the value of a variable or a part of one. */
  public get host(): EnvironmentValue {
    return EnvironmentValue._host(this);
  }

  /** Its address. */
  public endpoint(options: EndpointOptions = {}): Endpoint {
    return Endpoint._of(this, this.port, options);
  }
}

markKind(HostService, 'HostService');
