/**
 * The model, resolved once: plain data that every target reads and none writes. Lists are sorted, references are names,
 * nothing is optional that a target would have to guess.
 */
export interface Plan {
  readonly schemaVersion: 1;
  /** Name of the whole: Compose project and Kubernetes namespace. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Until the architecture is approved, outputs are drafts. */
  readonly stage: 'draft' | 'approved';
  /** The file that describes the model, for provenance lines; relative, with forward slashes. */
  readonly source: string;
  /** The output folder, relative to the project's folder. */
  readonly outdir: string;
  readonly services: readonly ServicePlan[];
  readonly hostServices: readonly HostServicePlan[];
  readonly optionalParts: readonly OptionalPartPlan[];
  readonly volumes: readonly VolumePlan[];
  readonly networks: readonly NetworkPlan[];
  readonly envFiles: readonly EnvFilePlan[];
  readonly reaches: readonly ReachPlan[];
  readonly pins: readonly PinPlan[];
  readonly policies: readonly ToolPolicyPlan[];
  readonly checks: readonly CheckPlan[];
  readonly waivers: readonly WaiverPlan[];
  readonly decisions: readonly DecisionPlan[];
  /** What comes next, in the user's words and order. */
  readonly roadmap: readonly string[];
}

/** Where a fact holds: on a workstation's engine, in a cluster, or on both. */
export type Place = 'workstation' | 'cluster';

export interface ServicePlan {
  /** Construct path. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  /** A one-shot ends by itself; the others keep running. */
  readonly lifecycle: 'long-running' | 'one-shot';
  /** Name of the optional part it belongs to; undefined when it is always there. */
  readonly optionalPart?: string;
  /** Where it runs; sorted. A service that only mends a workstation's shortcoming is not in the cluster. */
  readonly places: readonly Place[];
  readonly image: ImagePlan;
  /** Replaces the image's entry point; undefined leaves it. */
  readonly entrypoint?: readonly string[];
  /** Arguments to the entry point; undefined leaves the image's. */
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
  /** Sorted by name. */
  readonly environment: readonly EnvironmentPlan[];
  /** Sorted by path in the container. */
  readonly mounts: readonly MountPlan[];
  /** Sorted by container port, then protocol. */
  readonly ports: readonly PortPlan[];
  /** Sorted by network. */
  readonly attachments: readonly AttachmentPlan[];
  /** Names of host services it talks to; sorted. */
  readonly hostServices: readonly string[];
  readonly healthCheck?: HealthCheckPlan;
  /** Sorted by service. */
  readonly dependencies: readonly DependencyPlan[];
  readonly resources: ResourcesPlan;
  readonly accelerator?: AcceleratorPlan;
  /** A person attaches to it: standard input stays open and there is a terminal. */
  readonly terminal: boolean;
  readonly user: UserPlan;
  readonly readOnlyRoot: boolean;
  /** Capabilities kept; all others are dropped. Sorted, without the CAP_ prefix. */
  readonly capabilities: readonly string[];
  /** A small init process reaps children and passes signals on. */
  readonly init: boolean;
  readonly restart: 'never' | 'on-failure' | 'always';
  readonly stopGraceSeconds: number;
  readonly logRotation: { readonly maxMegabytes: number; readonly maxFiles: number };
  readonly overrides: OverridesPlan;
  /** What a coding agent speaks; undefined for every other service. */
  readonly agent?: AgentPlan;
}

/** What a coding agent speaks, so that its version can be held against it. */
export interface AgentPlan {
  /** Component of the version inventory. */
  readonly component: string;
  readonly version?: string;
  readonly wireApi: 'chat' | 'responses';
  readonly mcpTransport: 'stdio' | 'http' | 'none';
  /** The service or host service that serves its model. */
  readonly modelServer: string;
}

export interface ImagePlan {
  readonly origin: 'registry' | 'build';
  /** Without tag and digest: `ollama/ollama`, `garvis/codex-cli`. */
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
  /** Components of the inventory that are its base images; sorted. Their references are among the arguments. */
  readonly baseComponents: readonly string[];
}

export interface ImageFactsPlan {
  /** The user the image itself sets. */
  readonly user: UserPlan;
  /** Folders the program must be able to write, beside its mounts; sorted. */
  readonly writablePaths: readonly string[];
  /** Programs in the image that a health check may call; sorted. */
  readonly healthTools: readonly string[];
  /** It fetches something from the internet when it starts. */
  readonly downloadsAtStart: boolean;
  /** Why it must run as root; undefined when it need not. */
  readonly rootReason?: string;
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
  | { readonly kind: 'literal'; readonly text: string }
  /** A key of an env file; the value is never known here. */
  | { readonly kind: 'secret'; readonly envFile: string; readonly key: string }
  | { readonly kind: 'endpoint'; readonly endpoint: EndpointPlan };

export interface EndpointPlan {
  /** A service, or a service on the host. */
  readonly to: 'service' | 'host-service';
  readonly name: string;
  readonly port: number;
  /** `http`, or empty for plain `host:port`. */
  readonly scheme: string;
  /** Begins with a slash, or empty. */
  readonly suffix: string;
}

export type MountPlan =
  | { readonly kind: 'volume'; readonly path: string; readonly volume: string; readonly readOnly: boolean }
  /** A generated configuration file; always read-only. */
  | { readonly kind: 'file'; readonly path: string; readonly file: FilePlan }
  /** Scratch space that is gone with the container. */
  | { readonly kind: 'scratch'; readonly path: string; readonly megabytes: number; readonly executable: boolean };

export interface FilePlan {
  /** Construct path of the file. */
  readonly constructPath: string;
  /** File name, unique within its service. */
  readonly name: string;
  readonly content: readonly ContentPlan[];
}

/** Pieces of a file, put together in order. */
export type ContentPlan =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'endpoint'; readonly endpoint: EndpointPlan }
  /** The provenance line as plain words, without comment marks. */
  | { readonly kind: 'provenance' };

export interface PortPlan {
  /** Name unique within the service, at most 15 characters. */
  readonly name: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** internal: services on a shared network; loopback: also this machine; published: also other machines. */
  readonly exposure: 'internal' | 'loopback' | 'published';
  /** Port on the host; undefined with exposure internal. */
  readonly hostPort?: number;
}

export interface AttachmentPlan {
  readonly network: string;
  /** Further names on that network; sorted. */
  readonly aliases: readonly string[];
}

export interface HealthCheckPlan {
  readonly probe:
    | { readonly kind: 'http'; readonly port: number; readonly path: string; /** Run inside the container. */ readonly command: readonly string[]; readonly tool: string }
    | { readonly kind: 'tcp'; readonly port: number; readonly command: readonly string[]; readonly tool: string }
    | { readonly kind: 'command'; readonly command: readonly string[]; readonly tool: string };
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  /** Time to come up before failures count. */
  readonly startPeriodSeconds: number;
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
  readonly pids?: number;
  readonly ephemeralStorageMegabytes?: number;
}

export interface AcceleratorPlan {
  readonly vendor: 'nvidia';
  readonly count: number | 'all';
}

export interface OverridesPlan {
  /** Merged into the Compose service, key by key. */
  readonly compose: readonly { readonly key: string; readonly value: unknown; readonly reason: string }[];
  /** JSON patches on the workload object. */
  readonly kubernetes: readonly { readonly op: 'add' | 'replace' | 'remove'; readonly pointer: string; readonly value?: unknown; readonly reason: string }[];
}

/** A server that runs on the person's own machine, outside every container. */
export interface HostServicePlan {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  /** Name by which containers reach the host. */
  readonly hostname: string;
  readonly port: number;
  readonly component?: string;
  /** The service that stands in for it in a cluster; undefined when nothing does. */
  readonly clusterService?: string;
  /** The service that alone reaches it on a workstation, and answers under its host name to the others; undefined when each reaches it itself. */
  readonly relay?: string;
}

export interface OptionalPartPlan {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly services: readonly string[];
}

export interface VolumePlan {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly source:
    /** A folder of the host; relative to the project's folder, or absolute. */
    | { readonly kind: 'host-directory'; readonly directory: string }
    | { readonly kind: 'persistent' };
  readonly megabytes: number;
  readonly storageClass?: string;
  /** Several services may write to it at once. */
  readonly multiWriter: boolean;
  /** Worked out from all users. */
  readonly users: readonly { readonly service: string; readonly readOnly: boolean }[];
}

export interface NetworkPlan {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  /** What its members reach beside each other. */
  readonly egress: 'none' | 'host' | 'internet';
  readonly members: readonly string[];
}

export interface EnvFilePlan {
  readonly path: string;
  /** File name in the project's folder: `.env.local`. */
  readonly file: string;
  /** Name of the Kubernetes Secret and like objects. */
  readonly name: string;
  readonly keys: readonly { readonly name: string; readonly description: string; readonly usedBy: readonly string[] }[];
}

/** One line of "who reaches whom". Whatever is not listed is refused. */
export interface ReachPlan {
  readonly from: string;
  readonly to: { readonly kind: 'service' | 'host-service'; readonly name: string; readonly port: number; readonly protocol: 'tcp' | 'udp' } | { readonly kind: 'internet' };
  /** The network that carries it. */
  readonly network: string;
  readonly places: readonly Place[];
}

export interface PinPlan {
  readonly component: string;
  readonly title: string;
  readonly version?: string;
  /** Where it runs: `container`, `host`, both. Sorted. */
  readonly runsOn: readonly string[];
  /** What pins it: image with digest, npm package with integrity, or just the version. */
  readonly artifact:
    | { readonly kind: 'image'; readonly repository: string; readonly tag?: string; readonly digest?: string; readonly missingReason?: string }
    | { readonly kind: 'npm'; readonly name: string; readonly integrity?: string }
    | { readonly kind: 'none' };
  readonly status: 'decided' | 'undecided';
  readonly notes: string;
  /** Services and host services that use it; sorted. */
  readonly usedBy: readonly string[];
  readonly location?: { readonly file: string; readonly line: number };
}

export interface ToolPolicyPlan {
  readonly path: string;
  readonly service: string;
  readonly workspace: { readonly root: string; readonly readOnly: boolean };
  readonly tools: readonly ToolPlan[];
}

export interface ToolPlan {
  readonly name: string;
  readonly kind: 'file' | 'image' | 'command' | 'other';
  /** What it does, for people: `read`, `extract`, `git log --max-count={count}`. */
  readonly action: string;
  readonly writes: boolean;
  readonly clients: readonly string[];
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly timeoutMillis?: number;
  readonly maxOutputBytes?: number;
  readonly callsPerMinute?: number;
  /** The gateway in use can do it. */
  readonly offered: boolean;
}

export interface CheckPlan {
  readonly path: string;
  readonly name: string;
  readonly title: string;
  readonly command: string;
  readonly expectation: string;
  /** Services and host services it covers; sorted. */
  readonly covers: readonly string[];
  readonly required: boolean;
  /** Written down by a person as having been seen, without a recorded run. */
  readonly byHand?: { readonly by: string; readonly note: string };
}

export interface WaiverPlan {
  readonly path: string;
  readonly rule: string;
  /** Construct it holds for, with everything below. */
  readonly scope: string;
  readonly reason: string;
}

export interface DecisionPlan {
  readonly path: string;
  readonly title: string;
  readonly choice: string;
  readonly alternatives: readonly string[];
  readonly reasons: readonly string[];
}
