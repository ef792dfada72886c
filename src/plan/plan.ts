import type { KubernetesObjectsPlan, OverridesPlan } from './override-plan';
import { Place, ServicePlan } from './service-plan';
import { CheckPlan, GatePlan, RecordsPlan } from './status-plan';
import type { RecordedImageFacts } from '../model/pin';
import type { PolicyTable, ToolFacts } from '../model/policy-table';

export * from './override-plan';
export * from './service-plan';
export * from './status-plan';

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
  readonly profiles: readonly ProfilePlan[];
  readonly volumes: readonly VolumePlan[];
  readonly networks: readonly NetworkPlan[];
  readonly envFiles: readonly EnvFilePlan[];
  /** Files that are secrets as a whole, sorted by name; undefined if there are none. */
  readonly secretFiles?: readonly SecretFilePlan[];
  /** Sorted by name. Everywhere else in the plan stands their default. */
  readonly parameters: readonly ParameterPlan[];
  /** Where parameters stand in this plan, for the target that has variables. */
  readonly templates: readonly TemplatePlan[];
  readonly reaches: readonly ReachPlan[];
  readonly pins: readonly PinPlan[];
  readonly policies: readonly ToolPolicyPlan[];
  readonly checks: readonly CheckPlan[];
  /** The conditions for productive files, and the approval. */
  readonly gate: GatePlan;
  /** Where what was proven and approved is written down. */
  readonly records: RecordsPlan;
  readonly waivers: readonly WaiverPlan[];
  /** Accepted findings of linters; sorted by linter, check and place. */
  readonly linterSuppressions: readonly LinterSuppressionPlan[];
  readonly decisions: readonly DecisionPlan[];
  /** Violations of the model's own validations and rules; sorted by rule, path and message. */
  readonly problems: readonly ProblemPlan[];
  /** Rules of the model's own, in the order that they were added. */
  readonly rules: readonly OwnRulePlan[];
  /** The next steps, in the user's words and order. */
  readonly roadmap: readonly string[];
  /** Overrides of the compose file itself and of any Kubernetes object; undefined if there are none. */
  readonly overrides?: OverridesPlan;
  /** Kubernetes objects of the model's own, sorted by name; undefined if there are none. */
  readonly objects?: readonly KubernetesObjectsPlan[];
}

/** The architecture of the toolbox, without verification records. */
export type Architecture = Omit<Plan, 'stage' | 'checks' | 'gate' | 'records'>;

/** A server that runs on the person's own machine, outside every container. */
export interface HostServicePlan {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  /** Name by which containers reach the host. */
  readonly hostname: string;
  readonly port: number;
  readonly component?: string;
  /** The setting for its listen address; undefined if not known. */
  readonly addressSetting?: { readonly variable: string; readonly systemdUnit?: string };
  /** The service that stands in for it in a cluster; undefined when nothing does. */
  readonly clusterService?: string;
  /**
   * The service that alone reaches it on a workstation, and answers under its host name to the others; undefined when
   * each reaches it itself.
   */
  readonly relay?: string;
  /** Its references to constructs of another toolbox, in words; undefined if there are none. */
  readonly foreign?: readonly string[];
}

export interface ProfilePlan {
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
    | { readonly kind: 'host-directory'; readonly directory: string; readonly isFile?: true }
    | { readonly kind: 'persistent' }
    /** It exists already: no target makes it. */
    | { readonly kind: 'external' };
  /** What an engine is told of it; undefined for its defaults. */
  readonly engine?: VolumeEnginePlan;
  readonly megabytes: number;
  readonly storageClass?: string;
  /** Several services may write to it at once. */
  readonly multiWriter: boolean;
  /** Worked out from all users. */
  readonly users: readonly { readonly service: string; readonly readOnly: boolean }[];
  /** Undefined if there are none. */
  readonly overrides?: OverridesPlan;
}

export interface VolumeEnginePlan {
  /** Name on the engine, and of the claim in a cluster. */
  readonly name?: string;
  readonly driver?: string;
  /** Sorted by name. */
  readonly driverOptions: readonly { readonly name: string; readonly value: string }[];
  /** Sorted by name. */
  readonly labels: readonly { readonly name: string; readonly value: string }[];
}

export interface NetworkPlan {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  /** The destinations that its members reach besides each other. */
  readonly egress: 'none' | 'host' | 'internet';
  readonly members: readonly string[];
  /** Settings that only an engine has; undefined if there are none. */
  readonly engine?: EngineNetworkPlan;
  /** Undefined if there are none. */
  readonly overrides?: OverridesPlan;
}

export interface SecretFilePlan {
  readonly path: string;
  /** Relative to the project's folder. */
  readonly file: string;
  /** Name of the secret in the compose file and of the Kubernetes Secret. */
  readonly name: string;
  readonly description: string;
  readonly usedBy: readonly string[];
}

export interface EngineNetworkPlan {
  /** It exists already; only with a name and without any other setting. */
  readonly external?: boolean;
  readonly name?: string;
  readonly driver?: string;
  readonly driverOpts?: Readonly<Record<string, string>>;
  readonly attachable?: boolean;
  readonly enableIpv6?: boolean;
  readonly subnets?: readonly { readonly subnet: string; readonly ipRange?: string; readonly gateway?: string }[];
}

export interface EnvFilePlan {
  readonly path: string;
  /** Relative to the project's folder: `.env.local`, `config/app.env`. */
  readonly file: string;
  /** Name of the Kubernetes Secret and like objects. */
  readonly name: string;
  readonly keys: readonly { readonly name: string; readonly description: string; readonly usedBy: readonly string[] }[];
}

/** A value that may differ from machine to machine. */
export interface ParameterPlan {
  readonly path: string;
  /** Name of the variable that sets it. */
  readonly name: string;
  readonly description: string;
  /** Undefined if it must be set. */
  readonly default?: string;
  readonly uses: readonly ParameterUsePlan[];
}

/** A parameter in a template. */
export interface TemplateParameter {
  readonly parameter: string;
  /** The default at this place, if it is another one than elsewhere. */
  readonly default?: string;
}

/** A value of the plan that is made of parameters. */
export interface TemplatePlan {
  /** Steps from the plan to the value. */
  readonly at: readonly (string | number)[];
  readonly isNumber: boolean;
  readonly parts: readonly (string | TemplateParameter)[];
}

/** The places where a parameter can be used. */
export type ParameterPlace =
  | 'image' | 'build argument' | 'command' | 'working directory' | 'environment' | 'port' | 'host port'
  | 'health check' | 'Compose override' | 'Kubernetes patch' | 'host folder';

export interface ParameterUsePlan {
  /** Construct path of the service or volume. */
  readonly path: string;
  /** The field of the plan if a parameter must not stand there. */
  readonly place: ParameterPlace | { readonly field: string };
  /** Where the value counts; a cluster reads no host port. */
  readonly places: readonly Place[];
}

/** One line of "who reaches whom". What is not listed is refused. */
export interface ReachPlan {
  /**
   * The service; undefined stands for every other member of the network, so that a plan stays linear in its services.
   */
  readonly from?: string;
  readonly to:
    | {
      readonly kind: 'service' | 'host-service';
      readonly name: string;
      readonly port: number;
      readonly protocol: 'tcp' | 'udp';
    }
    | { readonly kind: 'internet' };
  /** The network that carries it. */
  readonly network: string;
  /** Where it holds for someone; a member of a network that does not run there is left out. */
  readonly places: readonly Place[];
}

export interface PinPlan {
  readonly component: string;
  readonly title: string;
  readonly version?: string;
  /** Where it runs: `container`, `host`, both. Sorted. */
  readonly runsOn: readonly string[];
  /** The pinned artifact: image with digest, npm package with integrity, or just the version. */
  readonly artifact:
    | {
      readonly kind: 'image';
      readonly repository: string;
      readonly tag?: string;
      readonly digest?: string;
      readonly missingReason?: string;
      /** What the pin records of the image itself. */
      readonly facts?: RecordedImageFacts;
    }
    | { readonly kind: 'npm'; readonly name: string; readonly integrity?: string }
    | { readonly kind: 'none' };
  readonly status: 'decided' | 'undecided' | 'rejected';
  readonly notes: string;
  /** Services and host services that use it; sorted. */
  readonly usedBy: readonly string[];
  readonly location?: { readonly file: string; readonly line: number };
}

/** The tool policy of a service. */
export interface ToolPolicyPlan extends PolicyTable {
  readonly path: string;
  readonly service: string;
}

export type ToolPlan = ToolFacts;

export interface WaiverPlan {
  readonly path: string;
  readonly rule: string;
  /** Construct it holds for, with everything below. */
  readonly scope: string;
  readonly reason: string;
  /** Last day, `2026-12-31`; undefined when there is none. */
  readonly until?: string;
  /** The architecture cannot be approved while it is there. */
  readonly blocksApproval: boolean;
}

export interface LinterSuppressionPlan {
  readonly linter: string;
  readonly check: string;
  /** A file or an object, as the linter names it. */
  readonly where: string;
  readonly reason: string;
}

export interface ProblemPlan {
  /** Id of the rule that reports it. */
  readonly rule: string;
  readonly path: string;
  readonly message: string;
  readonly fix?: string;
}

export interface OwnRulePlan {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly title: string;
  readonly fix: string;
  readonly facets: readonly string[];
  readonly waivable: boolean;
}

export interface DecisionPlan {
  readonly path: string;
  readonly title: string;
  readonly choice: string;
  readonly alternatives: readonly string[];
  readonly reasons: readonly string[];
}
