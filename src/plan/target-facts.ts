/*
 * What the documents of a target state, in no target's words. Each target has one reader that gives these facts; rules
 * judge them, `diff` compares them, tests hold them against the plan. Documents come from outside: a reader takes
 * whatever it finds. What it has no fact for is kept as a setting, so that nothing is lost in silence.
 */

import type { ContainerPlan } from './container-plan';

/** The documents of one target. */
export interface TargetFacts {
  /** Containers: every service, and in a cluster what runs beside one. */
  readonly services: readonly ServiceFacts[];
  readonly networks: readonly NetworkFacts[];
  readonly volumes: readonly VolumeFacts[];
  /** Of the compose file itself. */
  readonly settings: readonly SettingFact[];
  /** Kubernetes only. */
  readonly cluster?: ClusterFacts;
}

/** One container. */
export interface ServiceFacts {
  /** The service, or `SERVICE container NAME` for a further container of its pod. */
  readonly name: string;
  /** Undefined for a service itself. */
  readonly beside?: 'sidecar' | 'init';
  /** Empty when no image is stated. */
  readonly image: string;
  readonly build?: BuildFacts;
  readonly pullPolicy?: string;
  readonly entrypoint?: Words;
  readonly command?: Words;
  readonly workingDirectory?: string;
  readonly environment: readonly VariableFact[];
  readonly secrets: readonly SecretFact[];
  readonly mounts: readonly MountFact[];
  readonly ports: readonly PortFact[];
  readonly healthCheck?: HealthFacts;
  readonly security: SecurityFacts;
  readonly limits: ResourceFacts;
  readonly requests: ResourceFacts;
  /** `nvidia 1`, `nvidia all`. */
  readonly accelerators: readonly string[];
  readonly restart?: { readonly policy: 'never' | 'on-failure' | 'always' | 'unknown'; readonly text: string };
  /** Names of the profiles; none for a service that always runs. */
  readonly profiles: readonly string[];
  readonly dependencies: readonly { readonly service: string; readonly condition: string }[];
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly init: boolean;
  readonly stopGraceSeconds?: Quantity;
  readonly logging?: LoggingFacts;
  /** Networks of an engine that it is attached to. */
  readonly attachments: readonly { readonly network: string; readonly aliases: readonly string[] }[];
  /** Entries that are added to its hosts file: `NAME:ADDRESS`. */
  readonly hostNames: readonly string[];
  /** Places that Compose fills in from the environment it is started in. */
  readonly interpolations: readonly { readonly at: string; readonly text: string }[];
  /** Kubernetes only, and for the service's own container only. */
  readonly pod?: PodFacts;
  /** Settings in the form of the plan. */
  readonly container: ContainerPlan;
  readonly settings: readonly SettingFact[];
}

/** A key that no fact stands for. */
export interface SettingFact {
  /** With the keys above it: `deploy.placement`. */
  readonly key: string;
  readonly value: unknown;
  /** Whether the key is known to open nothing. An unknown key is not. */
  readonly harmless: boolean;
}

/** Arguments, or text that a shell splits. */
export type Words = string | readonly string[];

/** A number in the base unit that the field names; the text as it stands when it cannot be read. */
export type Quantity = number | string;

export interface BuildFacts {
  readonly context: string;
  readonly dockerfile: string;
  readonly args: readonly { readonly name: string; readonly value: string }[];
}

export interface VariableFact {
  readonly name: string;
  /** The value in the file; undefined when it comes from elsewhere. */
  readonly value?: string;
  /** Where a value comes from that does not stand in the file. */
  readonly source?: string;
}

export interface SecretFact {
  /** The variable. */
  readonly name: string;
  /** The env file, Secret or Compose secret. */
  readonly store: string;
  /** What the store calls it. */
  readonly key: string;
}

export type MountFact =
  | MountPlace & {
    readonly kind: 'volume';
    /** Empty for a volume without a name. */
    readonly volume: string;
  }
  | MountPlace & {
    readonly kind: 'host';
    readonly machine: 'workstation' | 'node';
    readonly directory: string;
    /** Whether an engine makes the folder when it is missing. */
    readonly created: boolean;
  }
  | MountPlace & { readonly kind: 'file'; readonly file: string; readonly place: string; readonly content: string }
  | MountPlace & {
    readonly kind: 'scratch';
    readonly bytes?: Quantity;
    /** What its options fail to forbid; undefined where a target has no such options, so that all is allowed. */
    readonly allows?: readonly ('programs' | 'set-user-ID' | 'devices')[];
  }
  /** A secret as a file: where its value comes from. */
  | MountPlace & { readonly kind: 'secret'; readonly store: string }
  /** Files of a folder that only they are in. */
  | MountPlace & {
    readonly kind: 'directory';
    readonly files: readonly { readonly path: string; readonly content: string }[];
  }
  /** A projected token, whatever else there is. */
  | MountPlace & { readonly kind: 'other'; readonly source: string };

interface MountPlace {
  readonly path: string;
  readonly readOnly: boolean;
}

export interface PortFact {
  /** `11434/tcp` */
  readonly port: string;
  readonly exposure: Exposure;
  /** The port of the host; undefined inside, and when the engine picks one. */
  readonly hostPort?: string;
  /** From where it is reached, when not from inside: `127.0.0.1:8811`. */
  readonly address?: string;
}

/** Where a port can be reached from, from the fewest places to the most. */
export const EXPOSURES = ['inside', 'loopback', 'one address', 'every interface'] as const;

export type Exposure = (typeof EXPOSURES)[number];

export interface HealthFacts {
  readonly probe:
    | { readonly kind: 'command'; readonly command: Words }
    | { readonly kind: 'http' | 'tcp'; readonly text: string; readonly port: string; readonly path: string }
    /** The check of the image is turned off. */
    | { readonly kind: 'none' };
  readonly intervalSeconds?: Quantity;
  readonly timeoutSeconds?: Quantity;
  readonly retries?: Quantity;
  readonly startPeriodSeconds?: Quantity;
  readonly startIntervalSeconds?: Quantity;
}

export interface SecurityFacts {
  /** Undefined when the image decides. */
  readonly user?: string;
  readonly group?: string;
  readonly readOnlyRoot: boolean;
  readonly gainsPrivileges: boolean;
  /** As stated; undefined when it is not privileged. */
  readonly privileged?: string;
  /** Without `CAP_`, in capitals. */
  readonly addedCapabilities: readonly string[];
  readonly droppedCapabilities: readonly string[];
  /** Other `security_opt` entries of an engine: `seccomp:unconfined`. */
  readonly options: readonly string[];
  /** In a cluster: the seccomp profile, `Unconfined` when none is stated. */
  readonly systemCalls?: string;
  /** Namespaces that it shares with the host or another container. */
  readonly sharedNamespaces: readonly { readonly namespace: Namespace; readonly owner: string }[];
  readonly devices: readonly string[];
}

export type Namespace = 'network' | 'processes' | 'shared memory' | 'host name' | 'users' | 'control groups';

export interface ResourceFacts {
  readonly processors?: Quantity;
  readonly memoryBytes?: Quantity;
  /** Memory and swap together. */
  readonly memoryAndSwapBytes?: Quantity;
  readonly processes?: Quantity;
  readonly diskBytes?: Quantity;
}

export interface LoggingFacts {
  readonly driver: string;
  readonly maxBytes?: Quantity;
  readonly maxFiles?: string;
}

/** A network of an engine. */
export interface NetworkFacts {
  readonly name: string;
  /** False for the network that services join when they name none. */
  readonly declared: boolean;
  readonly leadsTo: readonly ('the host' | 'the internet')[];
  readonly settings: readonly SettingFact[];
}

export interface VolumeFacts {
  readonly name: string;
  /** Of a claim. */
  readonly access?: string;
  readonly size?: string;
  readonly settings: readonly SettingFact[];
}

/** What a pod has beside its main container. */
export interface PodFacts {
  /** `Deployment`, `Job` ... */
  readonly workload: string;
  /** Whether the account's token is mounted into the pod. */
  readonly mountsToken: boolean;
  /** Undefined when no policy selects the pod for that direction, so that everything passes. */
  readonly outgoing?: PodConnections;
  readonly incoming?: PodConnections;
}

/** What network policies let through in one direction. */
export interface PodConnections {
  readonly peers: readonly PeerFact[];
  readonly outside: readonly OutsideFact[];
}

/** Services of the same folder that one rule of a policy selects; it may be the pod itself. */
export interface PeerFact {
  /** Rules with the same selector share one set, so that many pods with many peers stay small. */
  readonly services: ReadonlySet<string>;
  /** {@link EVERY_PORT} is one of them. */
  readonly ports: readonly string[];
}

/** Stands for all ports. */
export const EVERY_PORT = 'every port';

/** Returns the ports that policies let through to or from a service. Without policies that is every port. */
export function portsWith(connections: PodConnections | undefined, service: string): ReadonlySet<string> {
  return new Set(connections === undefined
    ? [EVERY_PORT]
    : connections.peers.flatMap(({ services, ports }) => (services.has(service) ? ports : [])));
}

/** Returns the ports that both ends of a connection let through. */
export function portsOfBoth(out: ReadonlySet<string>, into: ReadonlySet<string>): string[] {
  return out.has(EVERY_PORT) ? [...into] : [...out].filter((port) => into.has(port) || into.has(EVERY_PORT));
}

/** Peers that are not services of the same folder. */
export interface OutsideFact {
  /** `the internet`, `addresses 10.0.0.0/8`, `every pod of every namespace` ... */
  readonly name: string;
  /** For peers known by their addresses. */
  readonly block?: string;
  readonly except: readonly string[];
  readonly ports: readonly string[];
}

/** What surrounds the services of a cluster. */
export interface ClusterFacts {
  readonly namespace?: string;
  /** Level of Pod Security by mode: enforce, audit, warn. */
  readonly podSecurity: ReadonlyMap<string, string>;
  /** Directions that a policy closes for all pods. */
  readonly denies: readonly ('ingress' | 'egress')[];
  readonly addresses: readonly AddressFacts[];
  readonly accounts: readonly AccountFacts[];
  readonly kustomization?: { readonly resources: readonly string[]; readonly settings: readonly SettingFact[] };
  /** Objects of kinds that have no facts. */
  readonly others: readonly {
    readonly kind: string;
    readonly name: string;
    readonly settings: readonly SettingFact[];
  }[];
}

/** A Service object. */
export interface AddressFacts {
  readonly service: string;
  readonly name: string;
  readonly type: string;
  readonly ports: readonly { readonly port: string; readonly protocol: string; readonly target: string }[];
  readonly settings: readonly SettingFact[];
}

/** A ServiceAccount object. */
export interface AccountFacts {
  readonly service: string;
  readonly name: string;
  readonly mountsToken: boolean;
  readonly settings: readonly SettingFact[];
}
