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
   * @default Egress.NONE
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
}

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
  /** @internal */
  public readonly _overrides = new Overrides();

  constructor(scope: Construct, id: string, props: NetworkProps = {}) {
    super(...placed('Network', scope, id, props, NETWORK_PROPS));
    recordSource(this);
    this.name = props.name ?? defaultName(this, id);
    this.egress = props.egress ?? Egress.NONE;
    this.description = props.description ?? '';
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
