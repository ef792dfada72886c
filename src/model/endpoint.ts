import { Construct } from 'constructs';
import { aNumber, expectFields } from './fields';
import { markKind } from './kind';
import { ENDPOINT_OPTIONS } from './structs';

/** How an endpoint is written. */
export interface EndpointOptions {
  /**
   * Written before `://`; an empty text gives plain `host:port`.
   *
   * @default 'http'
   */
  readonly scheme?: string;
  /**
   * Written behind the port, beginning with a slash.
   *
   * @default ''
   */
  readonly suffix?: string;
}

/** The address of a service or a host service, which each target resolves in its own way. */
export class Endpoint {
  /** @internal */
  public static _of(target: Construct, port: number, options: EndpointOptions = {}): Endpoint {
    expectFields('endpoint', { port }, { port: aNumber });
    expectFields('endpoint', options, ENDPOINT_OPTIONS);
    return new Endpoint(target, port, options.scheme ?? 'http', options.suffix ?? '');
  }

  /** @internal */
  public readonly _target: Construct;
  /** Number of the port. */
  public readonly port: number;
  /** Written before `://`; empty for plain `host:port`. */
  public readonly scheme: string;
  /** Written behind the port; empty or beginning with a slash. */
  public readonly suffix: string;

  private constructor(target: Construct, port: number, scheme: string, suffix: string) {
    this._target = target;
    this.port = port;
    this.scheme = scheme;
    this.suffix = suffix;
  }
}

markKind(Endpoint, 'Endpoint');
