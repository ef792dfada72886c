import { ContainerPlan } from '../../src/plan/container-plan';

/**
 * What a toolbox does, in no target's words. A plan gives the facts that a place should have (`planFacts`), and one
 * reader per target gives the facts that its output really states. Maps and lists are compared without regard to order,
 * apart from argument lists.
 */
export interface Facts {
  readonly services: Readonly<Record<string, ServiceFacts>>;
  /** Lines of {@link reachLine}, unique and sorted. */
  readonly reaches: readonly string[];
}

export interface ServiceFacts {
  /** `repository[:tag][@digest]`, for built images too. */
  readonly image: string;
  /** Undefined for an image that is only pulled. */
  readonly build?: {
    readonly context: string;
    readonly dockerfile: string;
    readonly args: Readonly<Record<string, string>>;
  };
  /** In a cluster only: an engine knows the restart policy alone. */
  readonly lifecycle?: 'long-running' | 'one-shot';
  readonly profile?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
  /** Literals and endpoints, by name, as the program will see them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of secrets, by variable: `<name of the env file in the plan>/<key>`. */
  readonly secrets: Readonly<Record<string, string>>;
  /** By path in the container. Scratch also lists the image's writable paths when the root is read-only. */
  readonly mounts: Readonly<Record<string, MountFact>>;
  /** Paths of scratch space from which programs may be run; sorted. */
  readonly executableScratch: readonly string[];
  /** `11434/tcp`; sorted by code unit. */
  readonly ports: readonly string[];
  /** Ports that are reached from outside: by port as above, `loopback:<host port>` or `published:<host port>`. */
  readonly portExposure: Readonly<Record<string, string>>;
  /** Further names of the service for its peers; sorted. */
  readonly aliases: readonly string[];
  /** Names with a fixed address, `NAME:ADDRESS`; sorted. */
  readonly extraHosts: readonly string[];
  readonly healthCheck?: HealthFact;
  /** Condition by service. */
  readonly dependencies: Readonly<Record<string, 'started' | 'healthy' | 'completed'>>;
  readonly cpuMillis?: number;
  readonly cpuRequestMillis?: number;
  readonly memoryMegabytes?: number;
  readonly memoryRequestMegabytes?: number;
  readonly memorySwapMegabytes?: number;
  readonly pids?: number;
  readonly ephemeralStorageMegabytes?: number;
  /** `nvidia 1`, `nvidia all`. */
  readonly accelerator?: string;
  readonly terminal: boolean;
  /** `uid:gid`; undefined if the image decides. */
  readonly user?: string;
  readonly readOnlyRoot: boolean;
  /** Added capabilities without CAP_; sorted. */
  readonly capabilities: readonly string[];
  /** Dropped capabilities without CAP_; sorted. */
  readonly capDrop: readonly string[];
  readonly gainsPrivileges: boolean;
  /** Security options beside that; sorted. */
  readonly securityOptions: readonly string[];
  /** Settings by name; each has a word of its own in the table of settings. */
  readonly container: ContainerPlan;
  readonly init: boolean;
  /** `never`, `always`, `unless-stopped`, `on-failure:5`; in a cluster without a number. */
  readonly restart: string;
  readonly stopGraceSeconds: number;
  /** `<megabytes> MB x <files>`. */
  readonly logRotation?: string;
}

export type MountFact =
  | { readonly kind: 'volume'; readonly volume: string; readonly readOnly: boolean }
  /** The content as the program will read it, in this place. */
  | { readonly kind: 'file'; readonly content: string; readonly readOnly: boolean }
  | { readonly kind: 'directory'; readonly files: Readonly<Record<string, string>>; readonly readOnly: boolean }
  | { readonly kind: 'scratch'; readonly megabytes: number };

export interface HealthFact {
  /** On a workstation always `{ kind: 'command' }`; in a cluster what the plan's probe says, without its tool. */
  readonly probe:
    | { readonly kind: 'http'; readonly port: number; readonly path: string }
    | { readonly kind: 'tcp'; readonly port: number }
    | { readonly kind: 'command'; readonly command: readonly string[] }
    /** Turned off, or that of the image, which no target states. */
    | { readonly kind: 'none' | 'image' };
  readonly intervalSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly retries?: number;
  readonly startPeriodSeconds?: number;
  readonly startIntervalSeconds?: number;
}

/**
 * The words of a fact in the fidelity report. An entry with one of these words, on the service or on something above
 * it, is the only excuse for a difference in that fact.
 */
export const FACT_WORDS: { readonly [fact in Exclude<keyof Required<ServiceFacts>, 'container'>]: string } = {
  image: 'image',
  build: 'image build',
  lifecycle: 'lifecycle',
  profile: 'profile',
  entrypoint: 'entry point',
  command: 'command',
  workingDirectory: 'working directory',
  environment: 'environment',
  secrets: 'secrets',
  mounts: 'mounts',
  executableScratch: 'scratch without programs',
  ports: 'ports',
  portExposure: 'port exposure',
  aliases: 'network aliases',
  extraHosts: 'extra hosts',
  healthCheck: 'health check',
  dependencies: 'dependencies',
  cpuMillis: 'cpu limit',
  cpuRequestMillis: 'cpu request',
  memoryMegabytes: 'memory limit',
  memoryRequestMegabytes: 'memory request',
  memorySwapMegabytes: 'memory and swap limit',
  pids: 'process limit',
  ephemeralStorageMegabytes: 'ephemeral storage',
  accelerator: 'accelerator',
  terminal: 'terminal',
  user: 'user',
  readOnlyRoot: 'read-only root',
  capabilities: 'capabilities',
  capDrop: 'dropped capabilities',
  gainsPrivileges: 'new privileges',
  securityOptions: 'security options',
  init: 'init process',
  restart: 'restart policy',
  stopGraceSeconds: 'stop grace period',
  logRotation: 'log rotation',
};

/** The word for a difference in who reaches whom; its entry stands on a service, a network or the toolbox. */
export const REACH_WORD = 'reach';

/** The word for a service that the target does not run at all. */
export const SERVICE_WORD = 'service';

export type ReachTarget =
  | { readonly kind: 'service'; readonly name: string; readonly port: number; readonly protocol: 'tcp' | 'udp' }
  /** The person's machine, by the name that containers use; an engine cannot distinguish its ports. */
  | { readonly kind: 'host'; readonly hostname: string }
  | { readonly kind: 'internet' };

/** One line of "who reaches whom", the same in every reader. */
export function reachLine(from: string, to: ReachTarget): string {
  switch (to.kind) {
    case 'service': return `${from} -> ${to.name}:${to.port}/${to.protocol}`;
    case 'host': return `${from} -> host ${to.hostname}`;
    case 'internet': return `${from} -> internet`;
  }
}
