import type { Construct } from 'constructs';
import type { Content } from './config-file';
import type { EnvironmentValue } from './environment-value';

/**
 * A generated file that a service reads, as data.
 *
 * @internal
 */
export interface FileFacts {
  /** File name, unique within the service. */
  readonly name: string;
  /** Path in the container. */
  readonly path: string;
  readonly content: readonly Content[];
}

/**
 * A setting that the program of a service would refuse, or take for something else.
 *
 * @internal
 */
export interface SettingProblem {
  /**
   * Id of the rule that reports it.
   *
   * @default 'service-setting'
   */
  readonly rule?: string;
  readonly message: string;
  /**
   * How to fix it.
   *
   * @default - the fix of the rule
   */
  readonly fix?: string;
}

/**
 * The requirements of a service on another server, beyond its address.
 *
 * @internal
 */
export interface ClientFacts {
  /** Component of the inventory whose version decides which protocols it speaks. */
  readonly component: string;
  /** A Service or HostService. */
  readonly server: Construct;
  readonly protocol: string;
  /** First version of the component that no longer supports the protocol; undefined if all later ones do. */
  readonly protocolBefore?: readonly number[];
  /** The requested feature, by the server's name for it. */
  readonly asks: string;
}

/**
 * The facts of a service that only a complete tree can say: they depend on the inventory, or on what was added after
 * construction. Each extends what the construct recorded.
 *
 * @internal
 */
export interface ServiceFacts {
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, EnvironmentValue>>;
  readonly files?: readonly FileFacts[];
  readonly problems?: readonly SettingProblem[];
  /** Limits of the program that its users must know, in whole sentences. */
  readonly notes?: readonly string[];
  readonly client?: ClientFacts;
}
