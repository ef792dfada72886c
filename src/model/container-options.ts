import type { Size } from './size';
import { CONTAINER_OPTIONS } from './structs';

/** Limits of the kernel for one resource of a process. */
export interface Ulimit {
  /** The limit that holds; -1 for none. */
  readonly soft: number;
  /**
   * The limit up to which a process can raise its own; -1 for none.
   *
   * @default - the same as `soft`
   */
  readonly hard?: number;
}

/** Where an engine writes the log of a container. */
export interface Logging {
  /**
   * Driver of the engine: `json-file`, `local`, `journald`, `none` ...
   *
   * @default - the engine's
   */
  readonly driver?: string;
  /**
   * Options of the driver.
   *
   * @default - none
   */
  readonly options?: Record<string, string>;
}

/** A command that runs in the container at a turn of its life. */
export interface LifecycleHook {
  /** Program and arguments, without a shell. */
  readonly command: string[];
  /**
   * User that runs the command, on an engine.
   *
   * @default - the user of the service
   */
  readonly user?: string;
  /**
   * Whether the command has all rights, on an engine: a finding of the rule service-privileged.
   *
   * @default false
   */
  readonly privileged?: boolean;
  /**
   * Folder that the command starts in, on an engine.
   *
   * @default - the folder of the service
   */
  readonly workingDir?: string;
}

/**
 * Settings of a container that a compose file has under the same names. What a target cannot express is in the fidelity
 * report; what gives a container rights on the host is a finding of the rules service-isolation and service-privileged.
 */
export interface ContainerOptions {
  /**
   * Labels of the container, for programs that ask the engine for them, such as a reverse proxy. A cluster has
   * `annotations` for that.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;
  /**
   * Annotations of the container, and of the pod in a cluster.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
  /**
   * Name of the container on the engine. Only one container of the machine can have it.
   *
   * @default - made by Compose from the names of the project and the service
   */
  readonly containerName?: string;
  /**
   * Containers of the service. More than one needs no `containerName` and no fixed port of the host.
   *
   * @default 1
   */
  readonly scale?: number;
  /**
   * Operating system and processor that the image is for: `linux/arm64`.
   *
   * @default - those of the machine
   */
  readonly platform?: string;
  /**
   * When the image is pulled: `always`, `never`, `missing`, `if_not_present`, `build`, `daily`, `weekly` or
   * `every_<duration>`. The last three need Docker Compose 2.30.
   *
   * @default - `never` for a built image, `missing` for others; a cluster pulls others always
   */
  readonly pullPolicy?: string;
  /**
   * Signal that asks the program to stop: `SIGINT`.
   *
   * @default - the signal of the image
   */
  readonly stopSignal?: string;
  /**
   * Size of `/dev/shm`.
   *
   * @default - 64 MiB
   */
  readonly shmSize?: Size;
  /**
   * Limits of the kernel by name: `nofile`, `nproc`, `memlock` ...
   *
   * @default - those of the engine
   */
  readonly ulimits?: Record<string, Ulimit>;
  /**
   * Parameters of the kernel in the namespaces of the container. A cluster accepts those that are safe for its nodes.
   *
   * @default - those of the engine
   */
  readonly sysctls?: Record<string, string>;
  /**
   * Devices of the host, as `HOST[:CONTAINER[:PERMISSIONS]]`. GPUs are better stated as an `accelerator`.
   *
   * @default - none
   */
  readonly devices?: string[];
  /**
   * Further groups of the program, by number or by a name of the image. A cluster accepts numbers.
   *
   * @default - none
   */
  readonly groupAdd?: string[];
  /**
   * DNS servers in place of those of the engine. A cluster keeps its own.
   *
   * @default - those of the engine
   */
  readonly dns?: string[];
  /**
   * Domains that names without a dot are looked up in.
   *
   * @default - those of the engine
   */
  readonly dnsSearch?: string[];
  /**
   * Options for the resolver of the container: `ndots:2`.
   *
   * @default - those of the engine
   */
  readonly dnsOpt?: string[];
  /**
   * Domain of the container.
   *
   * @default - none
   */
  readonly domainname?: string;
  /**
   * Hardware address of the container.
   *
   * @default - one of the engine's choice
   */
  readonly macAddress?: string;
  /**
   * Whether the container has all rights on the host: a finding of the rule service-privileged.
   *
   * @default false
   */
  readonly privileged?: boolean;
  /**
   * Namespace of processes to join: `host` or `service:NAME`.
   *
   * @default - one of its own
   */
  readonly pid?: string;
  /**
   * Namespace of shared memory: `host`, `service:NAME`, `shareable`, `private` or `none`.
   *
   * @default - the engine's choice, mostly one of its own
   */
  readonly ipc?: string;
  /**
   * Namespace of the host name to join: `host`.
   *
   * @default - one of its own
   */
  readonly uts?: string;
  /**
   * Namespace of users to join: `host`.
   *
   * @default - as the engine is set up
   */
  readonly usernsMode?: string;
  /**
   * Namespace of control groups: `host` or `private`.
   *
   * @default - as the engine is set up
   */
  readonly cgroup?: string;
  /**
   * Runtime that starts the container: `nvidia`, `runsc`. In a cluster the name of a RuntimeClass.
   *
   * @default - the engine's
   */
  readonly runtime?: string;
  /**
   * Preference of the kernel for killing the program when memory runs out, from -1000 to 1000.
   *
   * @default 0
   */
  readonly oomScoreAdj?: number;
  /**
   * Processors that the program can run on: `0-3`.
   *
   * @default - all
   */
  readonly cpuset?: string;
  /**
   * Weight of the program if processor time is short.
   *
   * @default 1024
   */
  readonly cpuShares?: number;
  /**
   * Options of the engine's storage driver: `size`.
   *
   * @default - none
   */
  readonly storageOpt?: Record<string, string>;
  /**
   * Whether standard input stays open. `terminal` opens it together with a terminal.
   *
   * @default false
   */
  readonly stdinOpen?: boolean;
  /**
   * Whether there is a terminal. `terminal` has it together with an open standard input.
   *
   * @default false
   */
  readonly tty?: boolean;
  /**
   * Whether the container gets the socket of the engine and its credentials: a finding of the rule mount-docker-socket.
   * It needs Docker Compose 2.36.
   *
   * @default false
   */
  readonly useApiSocket?: boolean;
  /**
   * Where the engine writes the log of the container. It takes the place of `logRotation`; without driver and options
   * the engine decides.
   *
   * @default - `logRotation`
   */
  readonly logging?: Logging;
  /**
   * Whether `docker compose up` shows the log of the service.
   *
   * @default true
   */
  readonly attach?: boolean;
  /**
   * Commands that run after the start of the container, one after the other. They need Docker Compose 2.30; a cluster
   * runs one.
   *
   * @default - none
   */
  readonly postStart?: LifecycleHook[];
  /**
   * Commands that run before the container is stopped, one after the other. They need Docker Compose 2.30; a cluster
   * runs one.
   *
   * @default - none
   */
  readonly preStop?: LifecycleHook[];
  /**
   * Host name inside the container. Other services do not know it: use an alias for that.
   *
   * @default - the id of the container; the name of the pod in a cluster
   */
  readonly hostname?: string;
}

/** Returns the settings of a container among all those of a service. */
export function pickContainerOptions(options: ContainerOptions): ContainerOptions {
  const given = Object.entries(options).filter(([name, value]) => (
    value !== undefined && Object.hasOwn(CONTAINER_OPTIONS, name)));
  return Object.fromEntries(given);
}
