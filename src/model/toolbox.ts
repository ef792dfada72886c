import { RootConstruct } from 'constructs';
import { IApprovalSource } from './approval';
import { IEvidenceSource } from './evidence';
import { aText, expectFields } from './fields';
import type { JsonPatch } from './json-patch';
import { isKind, markKind } from './kind';
import { ILinterSuppressionSource } from './linter-suppression';
import { KubernetesObjectReference, Overrides } from './override';
import { IPinSource } from './pin';
import type { IRule } from './rule';
import { recordSource } from './source-location';
import { RULE, TOOLBOX_PROPS } from './structs';
import { allowAnyId } from './taken-ids';

/** Properties of a toolbox. */
export interface ToolboxProps {
  /** Name for people, as the title of the pages. */
  readonly title: string;
  /** One or two sentences: what the toolbox is for. */
  readonly description: string;
  /**
   * The pins that images and host services name.
   *
   * @default - none
   */
  readonly pins?: IPinSource;
  /**
   * The records of checks, for example `Evidence.fromDirectory('inventories/evidence')`.
   *
   * @default - nothing can be recorded, so the checks stay to be verified
   */
  readonly evidence?: IEvidenceSource;
  /**
   * The approval of the architecture, for example `Approval.fromFile('inventories/approval.yaml')`.
   *
   * @default - it cannot be approved, so that all output is a draft
   */
  readonly approval?: IApprovalSource;
  /**
   * Accepted findings of external linters, shown on the status page; for example
   * `LinterSuppressions.fromFile('inventories/linter-suppressions.yaml')`.
   *
   * @default - nothing
   */
  readonly linterSuppressions?: ILinterSuppressionSource;
  /**
   * The file that describes the toolbox, named in every generated file.
   *
   * @default 'src/main.ts'
   */
  readonly source?: string;
  /**
   * Where the generated files go, relative to the project's folder.
   *
   * @default 'dist'
   */
  readonly outdir?: string;
  /**
   * The next steps, for the status page.
   *
   * @default - nothing
   */
  readonly roadmap?: string[];
}

/** The name of a toolbox, for `super()`, when nothing is wrong with what it is given. */
function named(name: string, props: ToolboxProps): string {
  expectFields('new Toolbox', { name }, { name: aText });
  expectFields('new Toolbox', props, TOOLBOX_PROPS);
  return name;
}

/**
 * The root of the tree: everything below it becomes one Compose project, one Kubernetes namespace and one status page.
 */
export class Toolbox extends RootConstruct {
  /**
   * Implements `synth`. Set by the public entry point, since the model knows neither rules nor targets.
   *
   * @internal
   */
  public static _synthesizer?: (toolbox: Toolbox) => void;

  /** Whether a value is a toolbox, of this or of another copy of the library. */
  public static isToolbox(value: any): boolean {
    return isKind(value, 'Toolbox');
  }

  /** Name for people. */
  public readonly title: string;
  /** The purpose of the toolbox. */
  public readonly description: string;
  /** The file that describes the toolbox. */
  public readonly source: string;
  /** Where the generated files go, relative to the project's folder. */
  public readonly outdir: string;
  /**
   * As it was given: the path of the tree has no slashes.
   *
   * @internal
   */
  public readonly _name: string;
  /** @internal */
  public readonly _pins?: IPinSource;
  /** @internal */
  public readonly _evidence?: IEvidenceSource;
  /** @internal */
  public readonly _approval?: IApprovalSource;
  /** @internal */
  public readonly _linterSuppressions?: ILinterSuppressionSource;
  /** @internal */
  public readonly _rules: IRule[] = [];
  /** @internal */
  public readonly _overrides = new Overrides();
  private readonly roadmapItems: string[];

  /**
   * @param name name of the whole: lower-case letters, digits and dashes
   */
  constructor(name: string, props: ToolboxProps) {
    super(named(name, props));
    recordSource(this);
    allowAnyId(this);
    this._name = name;
    this.title = props.title;
    this.description = props.description;
    this.source = props.source ?? 'src/main.ts';
    this.outdir = props.outdir ?? 'dist';
    this._pins = props.pins;
    this._evidence = props.evidence;
    this._approval = props.approval;
    this._linterSuppressions = props.linterSuppressions;
    this.roadmapItems = [...props.roadmap ?? []];
  }

  /** The next steps. */
  public get roadmap(): string[] {
    return [...this.roadmapItems];
  }

  /**
   * Adds a rule of the model's own. It is checked with the rules of the library, and its findings are reported, waived
   * and explained like theirs.
   */
  public addRule(rule: IRule): void {
    expectFields('addRule', rule, RULE);
    this._rules.push(rule);
  }

  /**
   * Sets a key at the top level of the compose file, for example `x-common`, `include`, `configs` or `models`. A map is
   * merged with the generated one, key by key; any other value replaces it. The result is checked like the model, and
   * listed on the status page.
   *
   * @param reason why the model does not say it
   */
  public overrideCompose(key: string, value: any, reason: string): void {
    this._overrides.addCompose(key, value, reason);
  }

  /**
   * Changes any generated Kubernetes object, for example a NetworkPolicy or the Kustomization. The result is checked
   * like the model, and listed on the status page.
   *
   * @param reason why the model does not say it
   */
  public patchKubernetes(object: KubernetesObjectReference, patch: JsonPatch, reason: string): void {
    this._overrides.addPatch(patch, reason, object);
  }

  /**
   * Resolves the tree, judges it, and hands the generated files to the command that asked for them, or writes them to
   * `outdir` when run by itself. Nothing is written when a rule finds an error; run by itself, the process then ends
   * with exit code 1.
   */
  public synth(): void {
    if (Toolbox._synthesizer === undefined) {
      throw new Error(
        'Only a part of the library is loaded, so the toolbox cannot be synthesized. Import "toolbox-constructs".',
      );
    }
    Toolbox._synthesizer(this);
  }
}

markKind(Toolbox, 'Toolbox');
