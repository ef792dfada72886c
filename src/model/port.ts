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
}

/** A port a service listens on. */
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
  /** Number on the host; undefined with exposure internal. */
  public readonly hostPort?: number;

  private constructor(port: number, exposure: Exposure, options: HostPortOptions) {
    expectFields(`Port.${exposure}`, { port }, { port: aNumber });
    expectFields(`Port.${exposure}`, options, HOST_PORT_OPTIONS);
    this.containerPort = port;
    this.exposure = exposure;
    this.protocol = options.protocol ?? Protocol.TCP;
    this.name = options.name ?? `port-${port}${this.protocol === Protocol.UDP ? '-udp' : ''}`;
    this.hostPort = exposure === Exposure.INTERNAL ? undefined : options.hostPort ?? port;
  }
}

markKind(Port, 'Port');
