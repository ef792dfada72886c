import { aNumber, expectFields, optional } from './fields';
import { markKind } from './kind';

/** The reaction to the end of a program. */
export class RestartPolicy {
  /** Nothing: what an engine does if a compose file names no policy. */
  public static readonly NEVER = new RestartPolicy('never');
  /** The program is started again, and after a restart of the engine even if a person stopped it. */
  public static readonly ALWAYS = new RestartPolicy('always');
  /** The program is started again unless a person stopped it. */
  public static readonly UNLESS_STOPPED = new RestartPolicy('unless-stopped');

  /**
   * The program is started again if it exits with another status than 0.
   *
   * @example
   * const restart = RestartPolicy.onFailure(5);
   *
   * @param attempts most attempts, 1 or more
   * @default attempts - no limit on an engine, 6 for a Job of a cluster
   */
  public static onFailure(attempts?: number): RestartPolicy {
    expectFields('RestartPolicy.onFailure', { attempts }, { attempts: optional(aNumber) });
    return new RestartPolicy('on-failure', attempts);
  }

  /** @internal */
  public readonly _policy: 'never' | 'on-failure' | 'always' | 'unless-stopped';

  private constructor(
    policy: 'never' | 'on-failure' | 'always' | 'unless-stopped',
    /** Most attempts to start the program again after a failure; undefined without a limit. */
    public readonly attempts?: number,
  ) {
    this._policy = policy;
  }
}

markKind(RestartPolicy, 'RestartPolicy');

/** How long a service is meant to run. */
export enum Lifecycle {
  /** Until it is stopped. */
  LONG_RUNNING = 'long-running',
  /** It does one thing and ends. */
  ONE_SHOT = 'one-shot',
}

/** Where a service runs. */
export enum Place {
  /** A container engine on a person's machine. */
  WORKSTATION = 'workstation',
  /** A Kubernetes cluster. */
  CLUSTER = 'cluster',
}
