import type { ContainerPlan } from './container-plan';
import type { OverridesPlan } from './override-plan';
import type { DataFormat } from '../model/config-file';
import type { ClientFacts, SettingProblem } from '../model/service-facts';

/** Where a fact holds: on a workstation's engine, in a cluster, or on both. */
export type Place = 'workstation' | 'cluster';

export interface ServicePlan {
  /** Construct path. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  /** A one-shot ends by itself; the others keep running. */
  readonly lifecycle: 'long-running' | 'one-shot';
  /** Name of the profile it belongs to; undefined when it is always there. */
  readonly profile?: string;
  /** Where it runs; sorted. A service that only fixes a workstation's shortcoming is not in the cluster. */
  readonly places: readonly Place[];
  readonly image: ImagePlan;
  /** Replaces the image's entry point; undefined leaves it. */
  readonly entrypoint?: readonly string[];
  /** Arguments to the entry point; undefined leaves the image's. */
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
  /** Sorted by name. */
  readonly environment: readonly EnvironmentPlan[];
  /** Names of env files that it gets whole; sorted. Undefined if there are none. */
  readonly envFiles?: readonly string[];
  /** Sorted by path in the container. */
  readonly mounts: readonly MountPlan[];
  /** Sorted by container port, then protocol. */
  readonly ports: readonly PortPlan[];
  /** Sorted by network. */
  readonly attachments: readonly AttachmentPlan[];
  /** Names of host services it talks to; sorted. */
  readonly hostServices: readonly string[];
  /** Further names in its hosts file, sorted by name; undefined if there are none. */
  readonly extraHosts?: readonly { readonly name: string; readonly address: string }[];
  readonly healthCheck?: HealthCheckPlan;
  /** It turns off the health check that its image may have. */
  readonly disablesHealthCheck?: true;
  /** Sorted by service. */
  readonly dependencies: readonly DependencyPlan[];
  readonly resources: ResourcesPlan;
  readonly accelerator?: AcceleratorPlan;
  /** A person attaches to it: standard input stays open and there is a terminal. */
  readonly terminal: boolean;
  /** As the model says it, of the service or of its image; undefined if the image decides, which may mean root. */
  readonly user?: UserPlan;
  readonly readOnlyRoot: boolean;
  /** Capabilities added to those that are not dropped. Sorted, without the CAP_ prefix. */
  readonly capabilities: readonly string[];
  /** Capabilities dropped: mostly `ALL`. Sorted, without the CAP_ prefix. */
  readonly capDrop: readonly string[];
  /** Security options in the form of a compose file: `no-new-privileges:true`. Sorted. */
  readonly securityOpt: readonly string[];
  /** Settings that have the same meaning as keys of a compose file; undefined if there are none. */
  readonly container?: ContainerPlan;
  /** A small init process reaps children and passes signals on. */
  readonly init: boolean;
  readonly restart: 'never' | 'on-failure' | 'always' | 'unless-stopped';
  /** Most attempts after failures; undefined without a limit. */
  readonly restartAttempts?: number;
  readonly stopGraceSeconds: number;
  /** Undefined if the settings of the container have a `logging` of their own. */
  readonly logRotation?: { readonly maxMegabytes: number; readonly maxFiles: number };
  readonly overrides: OverridesPlan;
  /** Its requirements on another server; undefined if none are known. */
  readonly client?: ClientPlan;
  /** Settings that its program would refuse; undefined if there are none. */
  readonly settingProblems?: readonly SettingProblem[];
  /** Limits of the program that its users must know, in whole sentences; undefined if there are none. */
  readonly notes?: readonly string[];
  /** References to constructs of another toolbox, in words; undefined if there are none. */
  readonly foreign?: readonly string[];
}

/** The requirements of a service on another server, beyond its address. */
export interface ClientPlan extends Omit<ClientFacts, 'server'> {
  /** Name of a service or host service. */
  readonly server: string;
}

export interface ImagePlan {
  readonly origin: 'registry' | 'build';
  /** Without tag and digest: `library/postgres`, `shop/web`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 lower-case hexadecimal digits. */
  readonly digest?: string;
  /** For origin `build`. */
  readonly build?: BuildPlan;
  /** Component in the version inventory it was taken from. */
  readonly component?: string;
  readonly facts: ImageFactsPlan;
}

export interface BuildPlan {
  /** Relative to the project's folder, with forward slashes. */
  readonly context: string;
  /** Relative to the context. */
  readonly dockerfile: string;
  /** Sorted by name. */
  readonly args: readonly { readonly name: string; readonly value: string }[];
  /** Digest of what the builder is sent; undefined when that is missing or too large. */
  readonly contextDigest?: string;
  /** Components of the inventory that are its base images; sorted. Their references are among the arguments. */
  readonly baseComponents: readonly string[];
}

export interface ImageFactsPlan {
  /** The user that the image sets; undefined if that is unknown. */
  readonly user?: ImageUserPlan;
  /** Folders the program must be able to write, beside its mounts; sorted. */
  readonly writablePaths: readonly string[];
  /** Programs in the image that a health check may call; sorted. */
  readonly healthTools: readonly string[];
  /** It fetches something from the internet when it starts. */
  readonly downloadsAtStart: boolean;
  /** Why it must run as root; undefined when it need not. */
  readonly rootReason?: string;
}

/** The user of an image, as far as it is known. */
export interface ImageUserPlan extends Partial<UserPlan> {
  /** As the image has it, where that is no number. */
  readonly name?: string;
}

export interface UserPlan {
  readonly uid: number;
  readonly gid: number;
}

export interface EnvironmentPlan {
  readonly name: string;
  readonly value: ValuePlan;
}

/** A value that each target resolves in its own way. */
export type ValuePlan =
  | ValuePartPlan
  /** Several parts as one text. */
  | { readonly kind: 'concat'; readonly parts: readonly ValuePartPlan[] };

export type ValuePartPlan =
  | { readonly kind: 'literal'; readonly text: string }
  /** A key of an env file; the value is never known here. */
  | { readonly kind: 'secret'; readonly envFile: string; readonly key: string }
  | { readonly kind: 'endpoint'; readonly endpoint: EndpointPlan }
  | { readonly kind: 'host'; readonly host: HostPlan }
  /** The number of a port. */
  | { readonly kind: 'port'; readonly endpoint: EndpointPlan };

/** A name by which a service is reached. */
export interface HostPlan {
  /** A service, or a service on the host. */
  readonly to: 'service' | 'host-service';
  readonly name: string;
}

export interface EndpointPlan extends HostPlan {
  readonly port: number;
  /** `http`, or empty for plain `host:port`. */
  readonly scheme: string;
  /** Begins with a slash, or empty. */
  readonly suffix: string;
}

export type MountPlan =
  | VolumeMountPlan
  /** A configuration file; read-only unless it is said to be writable. */
  | {
    readonly kind: 'file';
    readonly path: string;
    readonly file: FilePlan;
    readonly writable?: true;
    readonly selinux?: string;
  }
  /** A folder of files of the project; read-only unless it is said to be writable. */
  | {
    readonly kind: 'directory';
    readonly path: string;
    readonly directory: DirectoryPlan;
    readonly writable?: true;
    readonly selinux?: string;
  }
  /** Something of the machine, as it is; on a workstation alone. */
  | HostPathMountPlan
  /** A new volume for every container. */
  | { readonly kind: 'anonymous'; readonly path: string }
  | SecretMountPlan
  /** Scratch space that is gone with the container. */
  | ScratchPlan;

/** A secret as a file; always read-only. */
export interface SecretMountPlan {
  readonly kind: 'secret';
  readonly path: string;
  /** Octal: `0444`. */
  readonly mode: string;
  readonly secret:
    | { readonly kind: 'file'; readonly name: string }
    | { readonly kind: 'key'; readonly envFile: string; readonly key: string };
}

export interface ScratchPlan {
  readonly kind: 'scratch';
  readonly path: string;
  /** Undefined without a limit. */
  readonly megabytes?: number;
  readonly executable: boolean;
  /** Octal: `0755`; undefined for `1777`. */
  readonly mode?: string;
  /** Undefined for the user of the service. */
  readonly owner?: UserPlan;
}

/** A folder of files of the project, as it is when the model is resolved. */
export interface DirectoryPlan {
  /** Construct path of the folder. */
  readonly constructPath: string;
  /** Name, unique within its service. */
  readonly name: string;
  /** As in the model, relative to the project's folder. */
  readonly source: string;
  /** Of all names and contents; undefined if the folder was not read. */
  readonly digest?: string;
  readonly bytes?: number;
  /** Why it cannot be mounted, as the rest of a sentence: `does not exist`. */
  readonly problem?: string;
  /** Sorted by path. */
  readonly files: readonly DirectoryFilePlan[];
}

/** A file in a folder: its text, or base64 of what is no text. */
export interface DirectoryFilePlan {
  /** Relative to the folder. */
  readonly path: string;
  readonly executable: boolean;
  readonly text?: string;
  readonly base64?: string;
}

export interface VolumeMountPlan {
  readonly kind: 'volume';
  readonly path: string;
  readonly volume: string;
  readonly readOnly: boolean;
  /** Folder in the volume; undefined for the whole of it. */
  readonly subpath?: string;
  /** An engine does not fill the volume with what the image has at the path. */
  readonly noCopy?: true;
  /** `z` or `Z`, for a folder of the host. */
  readonly selinux?: string;
}

export interface HostPathMountPlan {
  readonly kind: 'host-path';
  readonly path: string;
  /** Absolute, below `~`, or relative to the project's folder. */
  readonly source: string;
  readonly readOnly: boolean;
  readonly selinux?: string;
  readonly propagation?: string;
}

export interface FilePlan {
  /** Construct path of the file. */
  readonly constructPath: string;
  /** File name, unique within its service. */
  readonly name: string;
  /** Empty for a file of the project that is no text, or that cannot be read. */
  readonly content: readonly ContentPlan[];
  /** The file of the project that is mounted as it is; undefined for a generated file. */
  readonly source?: ProjectFilePlan;
}

/** A file of the project, as it is when the model is resolved. */
export interface ProjectFilePlan {
  /** As in the model, relative to the project's folder. */
  readonly path: string;
  readonly executable: boolean;
  /** Of the content; undefined if it was not read. */
  readonly digest?: string;
  readonly bytes?: number;
  /** Content that is no plain text. */
  readonly base64?: string;
  /** Why it cannot be mounted, as the rest of a sentence: `does not exist`. */
  readonly problem?: string;
}

/** Pieces of a file, put together in order. */
export type ContentPlan =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'endpoint'; readonly endpoint: EndpointPlan }
  /** The provenance line as plain words, without comment marks. */
  | { readonly kind: 'provenance' }
  | { readonly kind: 'data'; readonly format: DataFormat; readonly data: TablePlan };

/** Data of a file, with pieces that a target resolves to a text. */
export type DataPlan =
  | string
  | number
  | boolean
  | readonly DataPlan[]
  | TablePlan
  | Exclude<ContentPlan, { kind: 'data' }>;

/** A map that keeps its order. */
export interface TablePlan {
  readonly kind: 'table';
  readonly entries: readonly { readonly name: string; readonly value: DataPlan }[];
}

export interface PortPlan {
  /** Name unique within the service, at most 15 characters. */
  readonly name: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** internal: services on a shared network; loopback: also this machine; published: also other machines. */
  readonly exposure: 'internal' | 'loopback' | 'published';
  /** Port on the host; undefined with exposure internal, and if the engine chooses one. */
  readonly hostPort?: number;
  /** Address of the host; undefined for the default of the exposure. */
  readonly address?: string;
}

export interface AttachmentPlan {
  readonly network: string;
  /** Further names on that network; sorted. */
  readonly aliases: readonly string[];
  readonly ipv4Address?: string;
  readonly ipv6Address?: string;
}

export interface HealthCheckPlan {
  readonly probe:
    | {
      readonly kind: 'http';
      readonly port: number;
      readonly path: string;
      /** Run inside the container. */ readonly command: readonly string[];
      readonly tool: string;
    }
    | { readonly kind: 'tcp'; readonly port: number; readonly command: readonly string[]; readonly tool: string }
    | {
      readonly kind: 'command';
      readonly command: readonly string[];
      readonly tool: string;
      /** The command line, if a shell runs it. */
      readonly shell?: string;
    }
    | {
      /** The image states the check. */
      readonly kind: 'image';
      /** Undefined if it is unknown; empty if the image is known to have none. */
      readonly command?: readonly string[];
    };
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  /** Time to come up before failures count. */
  readonly startPeriodSeconds: number;
  /** Undefined if the model says none. */
  readonly startIntervalSeconds?: number;
}

export interface DependencyPlan {
  readonly service: string;
  readonly condition: 'started' | 'healthy' | 'completed';
}

/** Limits; what is asked for beforehand is the request. */
export interface ResourcesPlan {
  /** Thousandths of a processor; undefined when the model gives none. */
  readonly cpuMillis?: number;
  readonly cpuRequestMillis?: number;
  readonly memoryMegabytes?: number;
  readonly memoryRequestMegabytes?: number;
  /** Memory and swap together. */
  readonly memorySwapMegabytes?: number;
  readonly pids?: number;
  readonly ephemeralStorageMegabytes?: number;
}

export interface AcceleratorPlan {
  readonly vendor: 'nvidia' | 'amd';
  readonly count: number | 'all';
  /** Certain GPUs of the machine, as many as `count`. */
  readonly deviceIds?: readonly string[];
}

/** Returns the user that a service starts as: as the model says it, else as it is known of the image. */
export function startUser({ user, image }: Pick<ServicePlan, 'user' | 'image'>): ImageUserPlan | undefined {
  return user ?? image.facts.user;
}

/** Returns a user as text: `1000:0`, `1000`, `node`. */
export function userText({ uid, gid, name }: ImageUserPlan): string {
  return uid === undefined ? name ?? '' : gid === undefined ? String(uid) : `${uid}:${gid}`;
}

/** Components of the version inventory that a service is made from. */
export function componentsOf({ image, client }: ServicePlan): string[] {
  return [image.component, client?.component, ...image.build?.baseComponents ?? []].flatMap((one) => one ?? []);
}
