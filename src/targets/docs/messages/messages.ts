import {
  ChangePlan,
  CheckStatusPlan,
  PinPlan,
  PrerequisitePlan,
  Place,
  RecordPlan,
  ToolPlan,
  WaiverPlan, ParameterPlace,
} from '../../../plan/plan';
import { StatusSummary } from '../../../plan/status-summary';
import { Markdown } from '../escape/markdown';

/**
 * The texts of the status page in one language. Texts of the model, commands, code and names are inserted unchanged.
 * Texts of type `string` are plain text, which diagrams, shell comments and summaries escape.
 */
export interface Messages {
  /** Name of the language, in itself. */
  readonly language: string;
  readonly words: WordMessages;
  readonly page: PageMessages;
  readonly summary: SummaryMessages;
  readonly stage: StageMessages;
  readonly services: ServiceMessages;
  readonly data: DataMessages;
  readonly pins: PinMessages;
  readonly checks: CheckMessages;
  readonly decisions: DecisionMessages;
  readonly policies: PolicyMessages;
  readonly reach: ReachMessages;
  readonly parameters: ParameterMessages;
  readonly secrets: SecretMessages;
  readonly exemptions: ExemptionMessages;
  readonly commands: CommandMessages;
}

type Columns2 = readonly [Markdown, Markdown];
type Columns4 = readonly [...Columns2, ...Columns2];
type Columns5 = readonly [...Columns4, Markdown];
type Columns6 = readonly [...Columns4, ...Columns2];
type Columns7 = readonly [...Columns6, Markdown];
type Columns8 = readonly [...Columns4, ...Columns4];

export interface WordMessages {
  readonly none: Markdown;
  readonly andMore: (list: Markdown, more: number) => Markdown;
  readonly amount: (value: number, unit: Markdown) => Markdown;
  readonly bytes: (value: number) => Markdown;
  /** Formats a date from digits with leading zeros. */
  readonly date: (year: Markdown, month: Markdown, day: Markdown) => Markdown;
  readonly moment: (date: Markdown, time: Markdown) => Markdown;
  readonly place: Readonly<Record<Place, Markdown>>;
  readonly everyPlace: Markdown;
  readonly noReason: string;
  /** Parts of a fingerprint that differ. */
  readonly changes: (how: ChangePlan['how'], list: Markdown) => Markdown;
  /** Translates the name of a part of a fingerprint. */
  readonly part: (name: string) => string;
}

export interface PageMessages {
  readonly title: (name: Markdown) => Markdown;
  /** Number of rows, entries or lines under a summary. */
  readonly rows: (number: number) => string;
  readonly entries: (number: number) => string;
  readonly lines: (number: number) => string;
  readonly commands: Markdown;
  readonly commandsIntro: (fidelity: Markdown) => Markdown;
  readonly factsRefused: (number: number) => Markdown;
  /** Label of the link to the fidelity report, which is English. */
  readonly fidelity: string;
  readonly roadmap: Markdown;
}

export interface SummaryMessages {
  readonly stage: (stage: StatusSummary['stage']) => Markdown;
  /** Numbers of checks per state. */
  readonly checks: (summary: StatusSummary) => Markdown;
  readonly gate: (missing: number) => Markdown;
}

export interface StageMessages {
  readonly heading: (stage: StatusSummary['stage']) => Markdown;
  readonly draft: (file: Markdown, folder: Markdown) => Markdown;
  readonly approved: (file: Markdown, folder: Markdown) => Markdown;
  readonly approval: (by: Markdown, at: Markdown, reason: Markdown) => Markdown;
  readonly fingerprint: (digest: Markdown) => Markdown;
  readonly missing: Markdown;
  readonly missingChecks: (number: number, list: Markdown, command: Markdown) => Markdown;
  readonly missingPins: (number: number, list: Markdown, inventory: Markdown | undefined) => Markdown;
  readonly missingWaivers: (number: number, list: Markdown) => Markdown;
  readonly missingApproval: (command: Markdown) => Markdown;
  readonly noApprovalFile: (how: Markdown) => Markdown;
  readonly lastApproval: (by: Markdown, at: Markdown, reason: Markdown) => Markdown;
  readonly since: (changes: Markdown) => Markdown;
  readonly filesStay: (folder: Markdown, list: Markdown) => Markdown;
}

export interface ServiceMessages {
  readonly heading: Markdown;
  /** Service, what, image, profile, where, runs as, limits, health. */
  readonly columns: Columns8;
  readonly alwaysThere: Markdown;
  readonly alwaysThereGroup: string;
  readonly partGroup: (part: string) => string;
  readonly builtFrom: (image: Markdown, context: Markdown) => Markdown;
  readonly withFile: (built: Markdown, dockerfile: Markdown) => Markdown;
  readonly onBase: (built: Markdown, components: Markdown) => Markdown;
  readonly byDigest: (image: Markdown) => Markdown;
  readonly withoutDigest: (image: Markdown) => Markdown;
  readonly imageUser: (user: Markdown) => Markdown;
  readonly unknownUser: Markdown;
  readonly readOnlyRoot: Markdown;
  readonly writableRoot: Markdown;
  readonly keeps: (capabilities: Markdown) => Markdown;
  readonly rootReason: (services: Markdown, reason: Markdown) => Markdown;
  readonly processors: (number: number) => Markdown;
  readonly memory: (size: Markdown) => Markdown;
  readonly processes: (number: number) => Markdown;
  readonly scratch: (size: Markdown) => Markdown;
  readonly accelerators: (number: number | 'all', vendor: Markdown) => Markdown;
  readonly endsByItself: Markdown;
  readonly every: (probe: Markdown, seconds: number) => Markdown;
  readonly connectionTo: (port: number) => Markdown;
  readonly checkOfImage: Markdown;
  readonly hostIntro: Markdown;
  readonly hostService: (
    name: Markdown,
    what: Markdown,
    address: Markdown,
    relay: Markdown | undefined,
    standIn: Markdown | undefined,
  ) => Markdown;
  /**
   * On which address servers of the host must listen on Linux, how they are told so if that is known, and the address
   * not to take.
   */
  readonly hostsListen: (
    bridge: Markdown,
    settings: Markdown | undefined,
    loopback: Markdown,
    everywhere: Markdown,
  ) => Markdown;
  readonly partsIntro: Markdown;
  readonly noService: Markdown;
}

export interface DataMessages {
  readonly heading: Markdown;
  /** Volume, what, kept in, size, may write, may only read. */
  readonly columns: Columns6;
  readonly volume: Markdown;
  readonly existing: Markdown;
  readonly hostFolder: (folder: Markdown) => Markdown;
}

export interface PinMessages {
  readonly heading: Markdown;
  /** Component, version, runs on, held by, decided, used by, notes. */
  readonly columns: Columns7;
  readonly withoutDigest: (number: number, images: number, list: Markdown) => Markdown;
  readonly toBeDecided: Markdown;
  readonly container: Markdown;
  readonly host: Markdown;
  readonly decided: (status: PinPlan['status']) => Markdown;
  readonly image: (name: Markdown, digest: Markdown) => Markdown;
  readonly imageWithout: (name: Markdown, reason: Markdown) => Markdown;
  readonly npm: (name: Markdown, integrity: Markdown) => Markdown;
  readonly npmWithout: (name: Markdown) => Markdown;
  readonly nothingYet: Markdown;
  readonly versionAlone: Markdown;
}

export interface CheckMessages {
  readonly heading: Markdown;
  /** Check, covers, needs, command, must be seen, state, evidence. */
  readonly columns: Columns7;
  readonly howTo: (command: Markdown, directory: Markdown) => Markdown;
  readonly noEvidenceDirectory: (how: Markdown) => Markdown;
  readonly stateGroup: Readonly<Record<CheckStatusPlan['kind'], string>>;
  readonly notRequired: (check: Markdown) => Markdown;
  readonly nothing: Markdown;
  readonly need: (kind: PrerequisitePlan['kind'], name: Markdown) => Markdown;
  readonly outputContains: (expectation: Markdown, output: Markdown) => Markdown;
  readonly toVerify: Markdown;
  readonly noRecord: Markdown;
  readonly verified: (method: RecordPlan['method']) => Markdown;
  readonly failed: (method: RecordPlan['method'], exitCode: number | undefined) => Markdown;
  readonly stale: (outcome: RecordPlan['outcome']) => Markdown;
  /** Label of the link to the record. */
  readonly record: (method: RecordPlan['method']) => string;
  readonly recorded: (record: Markdown, by: Markdown, at: Markdown) => Markdown;
  readonly withTools: (recorded: Markdown, tools: Markdown) => Markdown;
  /** Records of unknown checks. */
  readonly stray: (number: number, files: Markdown) => Markdown;
}

export interface DecisionMessages {
  readonly heading: Markdown;
  readonly chosen: (choice: Markdown) => Markdown;
  readonly notChosen: Markdown;
}

export interface PolicyMessages {
  readonly heading: Markdown;
  readonly gateway: (service: Markdown) => Markdown;
  readonly workspace: (root: Markdown, readOnly: boolean) => Markdown;
  /** Tool, what it does, access, paths, limits, clients. */
  readonly columns: Columns6;
  readonly usualPaths: Markdown;
  readonly numberedPaths: (number: number) => Markdown;
  readonly notOffered: (tool: Markdown) => Markdown;
  readonly access: (writes: boolean) => Markdown;
  /** Description of the action of a tool. */
  readonly action: (kind: Exclude<ToolPlan['kind'], 'command'>, what: Markdown) => Markdown;
  readonly allPaths: Markdown;
  readonly but: (allowed: Markdown, denied: Markdown) => Markdown;
  readonly callsPerMinute: (number: number) => Markdown;
  readonly gatewayLimits: Markdown;
}

export interface ReachMessages {
  readonly heading: Markdown;
  readonly intro: (fidelity: Markdown) => Markdown;
  readonly roundCorners: Markdown;
  readonly tooMuchToDraw: (services: number) => Markdown;
  /** From, to, port, network, where. */
  readonly columns: Columns5;
  readonly outside: (exposure: 'loopback' | 'published') => Markdown;
  readonly asAddress: (port: Markdown, address: Markdown) => Markdown;
  readonly hostNetwork: Markdown;
  readonly hostNetworkGroup: string;
  readonly networkGroup: (network: string) => string;
  /** Stands for each service of a network, as the one that reaches. */
  readonly everyMember: (services: number) => Markdown;
  readonly membersGroup: (network: string, services: number) => string;
  readonly internet: Markdown;
  readonly anyPort: Markdown;
  readonly onHost: (name: Markdown) => Markdown;
  readonly diagram: {
    readonly outside: (exposure: 'loopback' | 'published') => string;
    readonly internet: string;
    readonly onHost: (name: string) => string;
    readonly anyPort: string;
    readonly only: (port: string, place: Place) => string;
  };
}

export interface ParameterMessages {
  readonly heading: Markdown;
  readonly intro: (file: Markdown) => Markdown;
  /** Name, default, what, used by. */
  readonly columns: Columns4;
  readonly required: Markdown;
  readonly empty: Markdown;
  /** Its uses. */
  readonly places: Readonly<Record<ParameterPlace, Markdown>>;
}

export interface SecretMessages {
  readonly heading: Markdown;
  readonly intro: Markdown;
  /** File, key, what, used by. */
  readonly columns: Columns4;
  readonly howTo: (file: Markdown, example: Markdown, secret: Markdown) => Markdown;
  /** Stands for the key of a file that is a secret as a whole. */
  readonly wholeFile: Markdown;
  readonly howToFile: (file: Markdown, secret: Markdown) => Markdown;
}

/** Waivers, and suppressed findings of external linters. */
export interface ExemptionMessages {
  readonly waivers: Markdown;
  /** Rule, for, last day, blocks the approval, reason. */
  readonly waiverColumns: Columns5;
  readonly noLastDay: Markdown;
  readonly blocks: (blocks: WaiverPlan['blocksApproval']) => Markdown;
  readonly overrides: Markdown;
  readonly overridesIntro: Markdown;
  /** Override, for, target, opens, reason. */
  readonly overrideColumns: Columns5;
  readonly opensNothing: Markdown;
  readonly suppressions: Markdown;
  readonly suppressionsIntro: Markdown;
  /** Linter, check, where, reason. */
  readonly suppressionColumns: Columns4;
}

/** Comments of shell commands, without the leading "#". */
export interface CommandMessages {
  readonly folders: string;
  /** Comment of the command that makes a folder writable for container users. */
  readonly writable: (folder: string, users: string) => string;
  /** Comment of the commands that make a host server listen on the bridge. */
  readonly listen: (hostService: string) => string;
  readonly envFiles: string;
  readonly secretFiles: string;
  readonly parameters: string;
  readonly project: string;
  readonly build: string;
  readonly start: string;
  readonly part: (name: string, description: string) => string;
  /** Steps after a change, with their effect: one line each. */
  readonly again: string;
  readonly replaces: string;
  readonly work: (service: string) => string;
  readonly stop: string;
  readonly builtImages: string;
  readonly secrets: string;
  readonly changedSecrets: string;
  readonly apply: string;
  readonly attach: (service: string) => string;
  readonly forward: (service: string) => string;
  readonly prune: string;
  readonly remove: string;
}
