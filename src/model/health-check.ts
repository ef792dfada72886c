import { Duration } from './duration';
import { aNumber, aText, expectFields, listOf } from './fields';
import { markKind } from './kind';
import { HEALTH_CHECK_OPTIONS, HTTP_HEALTH_CHECK_OPTIONS } from './structs';

/** Times of a health check. */
export interface HealthCheckOptions {
  /**
   * Time between two checks.
   *
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;
  /**
   * Time after which a check has failed.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;
  /**
   * Failures in a row until the service counts as unhealthy.
   *
   * @default 3
   */
  readonly retries?: number;
  /**
   * Time to come up before failures count.
   *
   * @default Duration.seconds(30)
   */
  readonly startPeriod?: Duration;
  /**
   * Time between two checks during the start period. An engine knows it from version 25 on.
   *
   * @default - `interval` on an engine; up to 10 seconds in a cluster
   */
  readonly startInterval?: Duration;
}

/** Options of a check over HTTP. */
export interface HttpHealthCheckOptions extends HealthCheckOptions {
  /**
   * Command for targets that run the check inside the container; its first word must be among the image's health tools.
   *
   * @default - made for the first health tool of the image that can ask over HTTP: curl, wget, node
   */
  readonly command?: string[];
}

/** @internal */
export type HealthCheckSpec =
  | { readonly kind: 'none' }
  | { readonly kind: 'image' }
  | { readonly kind: 'shell'; readonly command: string }
  | { readonly kind: 'http'; readonly port: number; readonly path: string; readonly command?: string[] }
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'command'; readonly command: string[] };

/**
 * Determines whether a service is healthy.
 *
 * @example
 * const healthCheck = HealthCheck.http(8080, '/health', { interval: Duration.seconds(10) });
 */
export class HealthCheck {
  /** A GET request that is answered with a status below 400. */
  public static http(port: number, path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    expectFields('HealthCheck.http', { port, path }, { port: aNumber, path: aText });
    expectFields('HealthCheck.http', options, HTTP_HEALTH_CHECK_OPTIONS);
    return new HealthCheck({ kind: 'http', port, path, command: options.command && [...options.command] }, options);
  }

  /** A connection that is accepted. Inside a container it takes one of the health tools nc, bash and node. */
  public static tcp(port: number, options: HealthCheckOptions = {}): HealthCheck {
    expectFields('HealthCheck.tcp', { port }, { port: aNumber });
    expectFields('HealthCheck.tcp', options, HEALTH_CHECK_OPTIONS);
    return new HealthCheck({ kind: 'tcp', port }, options);
  }

  /**
   * A command in the container that exits with 0.
   *
   * @param command program and arguments, without a shell; the program must be among the image's health tools
   */
  public static command(command: string[], options: HealthCheckOptions = {}): HealthCheck {
    expectFields('HealthCheck.command', { command }, { command: listOf(aText) });
    expectFields('HealthCheck.command', options, HEALTH_CHECK_OPTIONS);
    return new HealthCheck({ kind: 'command', command: [...command] }, options);
  }

  /**
   * A command line for `/bin/sh` of the container that exits with 0.
   *
   * @param command with `|`, `||`, variables and so on: `redis-cli ping | grep -q PONG`
   */
  public static shell(command: string, options: HealthCheckOptions = {}): HealthCheck {
    expectFields('HealthCheck.shell', { command }, { command: aText });
    expectFields('HealthCheck.shell', options, HEALTH_CHECK_OPTIONS);
    return new HealthCheck({ kind: 'shell', command }, options);
  }

  /**
   * The HEALTHCHECK of the image, with its times. An engine runs it by itself; a cluster has it only if the facts of
   * the image know its command.
   */
  public static fromImage(): HealthCheck {
    return new HealthCheck({ kind: 'image' }, {});
  }

  /** None, not even that of the image. */
  public static none(): HealthCheck {
    return new HealthCheck({ kind: 'none' }, {});
  }

  /** @internal */
  public readonly _spec: HealthCheckSpec;
  /** Time between two checks. */
  public readonly interval: Duration;
  /** Time after which a check has failed. */
  public readonly timeout: Duration;
  /** Failures in a row until the service counts as unhealthy. */
  public readonly retries: number;
  /** Time to come up before failures count. */
  public readonly startPeriod: Duration;
  /** Time between two checks during the start period; undefined if that is not stated. */
  public readonly startInterval?: Duration;

  /** How it is checked: `http`, `tcp`, `command`, `shell`, `image` or `none`. */
  public get kind(): string {
    return this._spec.kind;
  }

  /** The port that is asked; undefined for checks that ask none. */
  public get port(): number | undefined {
    return 'port' in this._spec ? this._spec.port : undefined;
  }

  /** The path that is asked over HTTP; undefined for other checks. */
  public get path(): string | undefined {
    return this._spec.kind === 'http' ? this._spec.path : undefined;
  }

  private constructor(spec: HealthCheckSpec, options: HealthCheckOptions) {
    this._spec = spec;
    this.interval = options.interval ?? Duration.seconds(30);
    this.timeout = options.timeout ?? Duration.seconds(5);
    this.retries = options.retries ?? 3;
    this.startPeriod = options.startPeriod ?? Duration.seconds(30);
    this.startInterval = options.startInterval;
  }
}

markKind(HealthCheck, 'HealthCheck');
