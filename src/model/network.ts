import { Construct, IConstruct } from 'constructs';
import { defaultName } from './default-name';
import { placed } from './fields';
import { isKind, markKind } from './kind';
import { Overrides } from './override';
import { recordSource } from './source-location';
import { NETWORK_PROPS } from './structs';

/** The destinations that members of a network reach besides each other. */
export enum Egress {
  /** Nothing. */
  NONE = 'none',
  /** Services on the person's own machine. An engine cannot keep it to that, so this opens the internet as well. */
  HOST = 'host',
  /** The internet. */
  INTERNET = 'internet',
}

/** Properties of a network. */
export interface NetworkProps {
  /**
   * The destinations that its members reach besides each other.
   *
   * @default - Egress.NONE; Egress.INTERNET for an external network, which nobody can close from here
   */
  readonly egress?: Egress;
  /**
   * Description for the pages.
   *
   * @default ''
   */
  readonly description?: string;
  /**
   * Name of the network.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Whether the network exists already, so that Compose joins it and does not create it. Containers outside of this
   * model may be on it: a finding of the rule network-external.
   *
   * @default false
   */
  readonly external?: boolean;
  /**
   * Name of the network in the engine: `name` in a compose file.
   *
   * @default - the project and the name; the name alone for an external network
   */
  readonly engineName?: string;
  /**
   * Driver of the network in the engine.
   *
   * @default - the engine's, which is `bridge`
   */
  readonly driver?: string;
  /**
   * Options of the driver.
   *
   * @default - none
   */
  readonly driverOpts?: Record<string, string>;
  /**
   * Whether containers outside of the project may join it.
   *
   * @default false
   */
  readonly attachable?: boolean;
  /**
   * Whether it has addresses of IPv6.
   *
   * @default false
   */
  readonly enableIpv6?: boolean;
  /**
   * Its subnets: `ipam.config` in a compose file. A static address of a service is in one of them.
   *
   * @default - the engine picks one
   */
  readonly subnets?: NetworkSubnet[];
}

/** A range of addresses of a network in the engine. */
export interface NetworkSubnet {
  /** The range: `172.28.0.0/16`. */
  readonly subnet: string;
  /**
   * Part of it from which containers get an address: `172.28.5.0/24`.
   *
   * @default - all of it
   */
  readonly ipRange?: string;
  /**
   * Address of the gateway.
   *
   * @default - the engine picks one
   */
  readonly gateway?: string;
}

/**
 * Settings of a network that only an engine has.
 *
 * @internal
 */
export type EngineNetwork =
  Pick<NetworkProps, 'engineName' | 'driver' | 'driverOpts' | 'attachable' | 'enableIpv6' | 'subnets'>;

/** A network of the toolbox, as others see it. */
export interface INetwork extends IConstruct {
  /** Name of the network. */
  readonly name: string;
  /** The destinations that its members reach besides each other. */
  readonly egress: Egress;
}

/** A network: its members reach each other's declared ports, and nothing else does. */
export class Network extends Construct implements INetwork {
  /** Whether a value is a network, of this or of another copy of the library. */
  public static isNetwork(value: any): boolean {
    return isKind(value, 'Network');
  }

  /** Name of the network. */
  public readonly name: string;
  /** The destinations that its members reach besides each other. */
  public readonly egress: Egress;
  /** Description for the pages. */
  public readonly description: string;
  /** Whether the network exists already. */
  public readonly external: boolean;
  /** @internal */
  public readonly _engine: EngineNetwork;
  /** @internal */
  public readonly _overrides = new Overrides();

  constructor(scope: Construct, id: string, props: NetworkProps = {}) {
    super(...placed('Network', scope, id, props, NETWORK_PROPS));
    recordSource(this);
    this.name = props.name ?? defaultName(this, id);
    this.external = props.external ?? false;
    this.egress = props.egress ?? (this.external ? Egress.INTERNET : Egress.NONE);
    this.description = props.description ?? '';
    const { engineName, driver, driverOpts, attachable, enableIpv6, subnets } = props;
    this._engine = { engineName, driver, driverOpts, attachable, enableIpv6, subnets };
  }

  /**
   * Sets a key of the network in the compose file, for example `ipam`. A map is merged with the generated one, key by
   * key; any other value replaces it. A cluster has no object for a network: `Toolbox.patchKubernetes` changes the
   * NetworkPolicies of its members.
   *
   * @param reason why the model does not say it
   */
  public overrideCompose(key: string, value: any, reason: string): void {
    this._overrides.addCompose(key, value, reason);
  }
}

markKind(Network, 'Network');
