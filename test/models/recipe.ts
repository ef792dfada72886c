import { ContainerPlan } from '../../src/plan/container-plan';

/**
 * A toolbox as plain data: what a random model is drawn as, shrunk to, and kept as when it found something. References
 * are positions in the lists; the builder takes them modulo the length, and leaves out what refers to an empty
 * list.
 */
export interface Recipe {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly source?: string;
  readonly networks: readonly {
    readonly name: string;
    readonly egress: 'none' | 'host' | 'internet';
    readonly description: string;
  }[];
  readonly volumes: readonly VolumeRecipe[];
  readonly parts: readonly DescribedRecipe[];
  readonly envFiles: readonly {
    readonly name: string;
    readonly file: string;
    readonly keys: readonly DescribedRecipe[];
  }[];
  readonly parameters?: readonly ParameterRecipe[];
  readonly hosts: readonly HostRecipe[];
  readonly services: readonly ServiceRecipe[];
  readonly policies: readonly PolicyRecipe[];
  readonly waivers: readonly WaiverRecipe[];
  readonly checks: readonly CheckRecipe[];
  readonly decisions: readonly DecisionRecipe[];
  readonly roadmap: readonly string[];
}

export interface DescribedRecipe {
  readonly name: string;
  readonly description: string;
}

export interface ParameterRecipe extends DescribedRecipe {
  readonly default?: string;
}

/** A text with a parameter in it. */
export interface ParameterUseRecipe {
  readonly parameter: number;
  readonly place: 'environment' | 'command' | 'entrypoint' | 'argument' | 'workingDirectory';
  readonly before: string;
  readonly after: string;
}

export interface HostRecipe {
  readonly name: string;
  readonly port: number;
  readonly hostname?: string;
  readonly standIn?: number;
  readonly relay?: number;
}

export interface WaiverRecipe {
  /** Below this one; below the toolbox otherwise. */
  readonly service?: number;
  readonly rule: string;
  readonly reason: string;
  readonly until?: string;
  readonly blocksApproval?: boolean;
}

export interface DecisionRecipe {
  readonly title: string;
  readonly choice: string;
  readonly alternatives: readonly string[];
  readonly reasons: readonly string[];
}

export interface VolumeRecipe {
  readonly name: string;
  /** A folder of the host; the engine keeps the data otherwise. */
  readonly directory?: string;
  readonly megabytes: number;
  readonly storageClass?: string;
  readonly multiWriter: boolean;
  readonly description: string;
}

export interface AddressRecipe {
  readonly to: 'service' | 'host';
  readonly index: number;
  /** Position among its ports, when it has one there; the number otherwise. */
  readonly port: number;
  readonly scheme?: string;
  readonly suffix?: string;
}

export type ValueRecipe =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'secret'; readonly envFile: number; readonly key: number; readonly isRenamed?: boolean }
  | { readonly kind: 'concat'; readonly parts: readonly ValueRecipe[] }
  | { readonly kind: 'endpoint'; readonly address: AddressRecipe; readonly part?: 'host' | 'port' };

export type PieceRecipe =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'provenance' }
  | { readonly kind: 'endpoint'; readonly address: AddressRecipe };

export type MountRecipe =
  | { readonly kind: 'volume'; readonly path: string; readonly volume: number; readonly readOnly: boolean }
  | { readonly kind: 'scratch'; readonly path: string; readonly megabytes: number; readonly executable: boolean }
  | { readonly kind: 'file'; readonly path: string; readonly name: string; readonly content: readonly PieceRecipe[] };

export interface ImageRecipe {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  /** Folder it is built from. */
  readonly context?: string;
  readonly args: readonly (readonly [name: string, value: string])[];
  /** Undefined if the image decides. */
  readonly uid?: number;
  readonly rootReason?: string;
  readonly writablePaths: readonly string[];
  readonly healthTools: readonly string[];
  readonly downloadsAtStart: boolean;
}

export interface HealthRecipe {
  readonly kind: 'http' | 'tcp' | 'command' | 'shell' | 'image' | 'none';
  /** Position among the ports, or a number when there is none there. */
  readonly port: number;
  readonly path: string;
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
  readonly startPeriod: number;
  readonly startInterval?: number;
}

/** Thousandths of a processor, mebibytes. */
export interface ResourcesRecipe {
  readonly cpu?: number;
  readonly cpuRequest?: number;
  readonly memory?: number;
  readonly memoryRequest?: number;
  readonly pids?: number;
  readonly storage?: number;
  readonly exact?: boolean;
}

export interface ServiceRecipe {
  readonly id: string;
  readonly name?: string;
  readonly description: string;
  readonly image: ImageRecipe;
  readonly oneShot: boolean;
  readonly part?: number;
  readonly places: readonly ('workstation' | 'cluster')[];
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
  readonly environment: readonly (readonly [name: string, value: ValueRecipe])[];
  readonly mounts: readonly MountRecipe[];
  readonly ports: readonly {
    readonly port: number;
    readonly exposure: 'internal' | 'loopback' | 'published';
    readonly name?: string;
    readonly udp: boolean;
    readonly hostPort?: number;
    /** The number on the host is a parameter. */
    readonly isParameter?: boolean;
  }[];
  readonly networks: readonly { readonly network: number; readonly aliases: readonly string[] }[];
  readonly health?: HealthRecipe;
  readonly resources?: ResourcesRecipe;
  readonly gpus?: number | 'all';
  readonly terminal: boolean;
  readonly user?: { readonly uid: number; readonly gid?: number };
  readonly readOnlyRoot: boolean;
  readonly capabilities: readonly string[];
  readonly capDrop?: readonly string[];
  readonly securityOpt?: readonly string[];
  readonly container?: ContainerPlan;
  readonly init: boolean;
  readonly restart?: 'never' | 'on-failure' | 'always' | 'unless-stopped';
  readonly stopGrace?: number;
  readonly logs?: { readonly megabytes: number; readonly files: number };
  readonly parameters?: readonly ParameterUseRecipe[];
  readonly dependencies: readonly {
    readonly service: number;
    readonly condition: 'started' | 'healthy' | 'completed';
  }[];
  readonly composeOverrides: readonly { readonly key: string; readonly value: unknown; readonly reason: string }[];
  readonly patches: readonly {
    readonly op: 'add' | 'replace' | 'remove';
    readonly pointer: string;
    readonly value?: unknown;
    readonly reason: string;
  }[];
}

export interface PolicyRecipe {
  readonly service: number;
  readonly workspace: string;
  readonly clients: readonly {
    readonly name: string;
    readonly envFile: number;
    readonly key: number;
    readonly callsPerMinute?: number;
  }[];
  readonly tools: readonly {
    readonly kind: 'file' | 'image' | 'command' | 'named';
    readonly name: string;
    readonly argv: readonly string[];
    readonly allow?: readonly string[];
    readonly deny?: readonly string[];
    readonly writes: boolean;
    readonly timeout?: number;
    readonly callsPerMinute?: number;
  }[];
  readonly capabilities: readonly string[];
}

export interface CheckRecipe {
  readonly id: string;
  readonly title: string;
  readonly shell?: string;
  readonly words?: readonly string[];
  readonly expectation: string;
  readonly expectedOutput?: string;
  readonly covers: readonly number[];
  readonly files?: readonly string[];
  readonly program?: string;
  readonly timeout?: number;
  readonly required?: boolean;
}
