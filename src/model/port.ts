import { aNumber, expectFields } from './fields';
import { markKind } from './kind';
import { HOST_PORT_OPTIONS } from './structs';

/** Transport of a port. */
export enum Protocol {
  /** Connections. */
  TCP = 'tcp',
  /** Datagrams. */
  UDP = 'udp',
}

/** Which clients may connect to a port. */
export enum Exposure {
  /** Services on a shared network. */
  INTERNAL = 'internal',
  /** Also programs on the same machine. */
  LOOPBACK = 'loopback',
  /** Also other machines. */
  PUBLISHED = 'published',
}

/** Options of every port. */
export interface PortOptions {
  /**
   * Name within the service: at most 15 characters, lower-case letters, digits and dashes.
   *
   * @default - `port-` and the number, with `-udp` for datagrams
   */
  readonly name?: string;
  /**
   * Transport.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}

/** Options of a port that the host offers, too. */
export interface HostPortOptions extends PortOptions {
  /**
   * The number on the host.
   *
   * @default - the same number
   */
  readonly hostPort?: number;
  /**
   * Whether the engine chooses a free port of the host; `docker compose port` names it.
   *
   * @default false
   */
  readonly anyHostPort?: boolean;
  /**
   * Address of the host that the port is bound to.
   *
   * @default - `127.0.0.1` for a loopback port, all addresses for a published one
   */
  readonly address?: string;
}

/**
 * A port that a service listens on.
 *
 * @example
 * const port = Port.loopback(80, { hostPort: 8080 });
 */
export class Port {
  /** Reached by services on a shared network only. */
  public static internal(port: number, options: PortOptions = {}): Port {
    return new Port(port, Exposure.INTERNAL, options);
  }

  /** Reached from this machine as well, at 127.0.0.1. */
  public static loopback(port: number, options: HostPortOptions = {}): Port {
    return new Port(port, Exposure.LOOPBACK, options);
  }

  /** Reached from other machines as well: a finding of the rule port-public unless waived. */
  public static published(port: number, options: HostPortOptions = {}): Port {
    return new Port(port, Exposure.PUBLISHED, options);
  }

  /** Number inside the container. */
  public readonly containerPort: number;
  /** Who may connect. */
  public readonly exposure: Exposure;
  /** Name within the service. */
  public readonly name: string;
  /** Transport. */
  public readonly protocol: Protocol;
  /** Number on the host; undefined with exposure internal, and if the engine chooses one. */
  public readonly hostPort?: number;
  /** Address of the host that it is bound to; undefined for the default of its exposure. */
  public readonly address?: string;

  private constructor(port: number, exposure: Exposure, options: HostPortOptions) {
    expectFields(`Port.${exposure}`, { port }, { port: aNumber });
    expectFields(`Port.${exposure}`, options, HOST_PORT_OPTIONS);
    this.containerPort = port;
    this.exposure = exposure;
    this.protocol = options.protocol ?? Protocol.TCP;
    this.name = options.name ?? `port-${port}${this.protocol === Protocol.UDP ? '-udp' : ''}`;
    const hasHostPort = exposure !== Exposure.INTERNAL && !options.anyHostPort;
    this.hostPort = hasHostPort ? options.hostPort ?? port : undefined;
    this.address = options.address;
  }
}

markKind(Port, 'Port');
