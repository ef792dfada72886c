import type { Accelerator } from './accelerator';
import type { ContainerOptions } from './container-options';
import type { Duration } from './duration';
import type { EnvironmentValue } from './environment-value';
import type { HealthCheck } from './health-check';
import type { Image } from './image';
import type { Mount } from './mount';
import type { INetwork } from './network';
import type { Port } from './port';
import type { Profile } from './profile';
import type { Resources } from './resources';
import type { Lifecycle, Place, RestartPolicy } from './restart-policy';
import type { EnvFile } from './secret';
import type { Size } from './size';
import type { User } from './user';

/** How a service's log is kept from filling the disk. */
export interface LogRotation {
  /** Size at which a new file is begun. */
  readonly maxSize: Size;
  /** Number of files kept. */
  readonly maxFiles: number;
}

/** Settings of a service that may still change after construction. */
export interface ServiceOptions extends ContainerOptions {
  /**
   * Description for the pages.
   *
   * @default ''
   */
  readonly description?: string;
  /**
   * How long it is meant to run.
   *
   * @default Lifecycle.LONG_RUNNING
   */
  readonly lifecycle?: Lifecycle;
  /**
   * The profile it belongs to.
   *
   * @default - always there
   */
  readonly profile?: Profile;
  /**
   * Where it runs.
   *
   * @default - everywhere
   */
  readonly places?: Place[];
  /**
   * Replaces the image's entry point.
   *
   * @default - the image's
   */
  readonly entrypoint?: string[];
  /**
   * Arguments to the entry point, without a shell.
   *
   * @default - the image's
   */
  readonly command?: string[];
  /**
   * The folder its program starts in, absolute.
   *
   * @default - the image's
   */
  readonly workingDirectory?: string;
  /**
   * Health check of its container.
   *
   * @default - none: a finding of the rule service-health for a service that keeps running
   */
  readonly healthCheck?: HealthCheck;
  /**
   * Its resource limits and requests.
   *
   * @default - none: a finding of the rule service-limits
   */
  readonly resources?: Resources;
  /**
   * GPUs given to it.
   *
   * @default - none
   */
  readonly accelerator?: Accelerator;
  /**
   * Further names in its hosts file, with their addresses; the address `host-gateway` is the host. A cluster has no
   * host: use a HostService for a server that runs there.
   *
   * @default - those of the host services whose addresses it is given
   */
  readonly extraHosts?: Record<string, string>;
  /**
   * Whether a person attaches to it: standard input stays open and there is a terminal.
   *
   * @default false
   */
  readonly terminal?: boolean;
  /**
   * The user its program runs as.
   *
   * @default - the image's own user
   */
  readonly user?: User;
  /**
   * Whether the image's files are read-only; what must be written goes to mounts and scratch space.
   *
   * @default true
   */
  readonly readOnlyRoot?: boolean;
  /**
   * Capabilities to add to those that are not dropped, without the prefix CAP_: `cap_add` of a compose file.
   *
   * @default - none
   */
  readonly capabilities?: string[];
  /**
   * Capabilities to drop, without the prefix CAP_. An empty list keeps those that an engine gives every container.
   *
   * @default ['ALL']
   */
  readonly capDrop?: string[];
  /**
   * Options for the security of the container: `no-new-privileges:true`, `apparmor=...`, `seccomp=...`, `label=...`.
   * With an empty list the engine's defaults hold, and programs can gain privileges.
   *
   * @default ['no-new-privileges:true']
   */
  readonly securityOpt?: string[];
  /**
   * Whether a small init process reaps children and passes signals on.
   *
   * @default true
   */
  readonly init?: boolean;
  /**
   * The reaction to the end of its program.
   *
   * @default - UNLESS_STOPPED for a service that keeps running, NEVER for a one-shot
   */
  readonly restart?: RestartPolicy;
  /**
   * Time between being asked to stop and being killed.
   *
   * @default Duration.seconds(10)
   */
  readonly stopGrace?: Duration;
  /**
   * How its log is kept from filling the disk.
   *
   * @default - 3 files of 10 MiB
   */
  readonly logRotation?: LogRotation;
}

/** Properties of a service. */
export interface ServiceProps extends ServiceOptions {
  /** Where its program comes from. */
  readonly image: Image;
  /**
   * Name of the service.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Variables by their names.
   *
   * @default - none
   */
  readonly environment?: Record<string, EnvironmentValue>;
  /**
   * Env files that it gets whole, with every key that a person writes there. Without them it gets exactly the secrets
   * that its variables and mounts name.
   *
   * @default - none
   */
  readonly envFiles?: EnvFile[];
  /**
   * Mounts of its container, by path.
   *
   * @default - none
   */
  readonly mounts?: Mount[];
  /**
   * Ports it listens on.
   *
   * @default - none
   */
  readonly ports?: Port[];
  /**
   * Networks it is attached to, under its own name.
   *
   * @default - none, the service is alone
   */
  readonly networks?: INetwork[];
}
