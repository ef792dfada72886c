import { Construct, IConstruct } from 'constructs';
import { defaultName } from './default-name';
import { Duration } from './duration';
import { aText, expectFields, instanceOf, listOf, placed } from './fields';
import { HostService } from './host-service';
import { isKind, markKind } from './kind';
import { recordSource } from './source-location';
import { CHECK_PROPS } from './structs';

/** @internal */
export type CheckCommandSpec =
  | { readonly kind: 'shell'; readonly line: string }
  | { readonly kind: 'compose'; readonly words: string[] };

/** The command of a check, run in the project's folder. */
export class CheckCommand {
  /**
   * A line for `sh`.
   *
   * @param line a line for `sh`; `TOOLBOX_COMPOSE_FILE` names the generated Compose file, relative to the project's
   *   folder
   */
  public static shell(line: string): CheckCommand {
    expectFields('CheckCommand.shell', { line }, { line: aText });
    return new CheckCommand({ kind: 'shell', line });
  }

  /**
   * Docker Compose on the generated file, which has another name as a draft.
   *
   * @param words what follows `docker compose -f FILE`
   */
  public static compose(...words: string[]): CheckCommand {
    expectFields('CheckCommand.compose', { words }, { words: listOf(aText) });
    return new CheckCommand({ kind: 'compose', words: [...words] });
  }

  private constructor(
    /** @internal */
    public readonly _spec: CheckCommandSpec,
  ) {}
}

/** @internal */
export type PrerequisiteSpec =
  | { readonly kind: 'engine' | 'cluster' | 'registry' }
  | { readonly kind: 'program'; readonly name: string }
  | { readonly kind: 'host-service'; readonly service: HostService };

/** A prerequisite of a machine for a check to run there. */
export class Prerequisite {
  /** A Docker engine that answers, with Compose. */
  public static engine(): Prerequisite {
    return new Prerequisite({ kind: 'engine' });
  }

  /** A Kubernetes cluster that `kubectl` reaches. */
  public static cluster(): Prerequisite {
    return new Prerequisite({ kind: 'cluster' });
  }

  /** The registries of the pinned images, which answer. */
  public static registry(): Prerequisite {
    return new Prerequisite({ kind: 'registry' });
  }

  /**
   * A program on the PATH.
   *
   * @param name its name on the command line, for example `kubectl`
   */
  public static program(name: string): Prerequisite {
    expectFields('Prerequisite.program', { name }, { name: aText });
    return new Prerequisite({ kind: 'program', name });
  }

  /**
   * A server on the host that accepts connections.
   *
   * @param service the server
   */
  public static hostService(service: HostService): Prerequisite {
    expectFields('Prerequisite.hostService', { service }, { service: instanceOf('HostService') });
    return new Prerequisite({ kind: 'host-service', service });
  }

  private constructor(
    /** @internal */
    public readonly _spec: PrerequisiteSpec,
  ) {}
}

/** Properties of a check. */
export interface CheckProps {
  /** The claim that it verifies, in a few words. */
  readonly title: string;
  /**
   * The command that `toolbox verify` runs. Exit code 0 is a pass; 75 means that the command could not do its work
   * here and now, which is not recorded; any other is a failure.
   */
  readonly command: CheckCommand;
  /** The expected result, for people. */
  readonly expectation: string;
  /**
   * Text that the output must contain, beside exit code 0.
   *
   * @default - only the exit code counts
   */
  readonly expectedOutput?: string;
  /** Services and host services whose change makes the check stale. */
  readonly covers: IConstruct[];
  /**
   * Further files and folders whose change makes the check stale, relative to the project's folder.
   *
   * @default - none
   */
  readonly files?: string[];
  /**
   * Prerequisites of the machine. Without them the check is not run, and never counts as passed.
   *
   * @default - nothing
   */
  readonly prerequisites?: Prerequisite[];
  /**
   * Whether no other check may run at the same time.
   *
   * @default false
   */
  readonly exclusive?: boolean;
  /**
   * After this time the command is stopped, and the check has failed.
   *
   * @default Duration.minutes(10)
   */
  readonly timeout?: Duration;
  /**
   * Whether the architecture is only approved with it.
   *
   * @default true
   */
  readonly required?: boolean;
}

/**
 * A step that shows that the toolbox does what the model says. Its status is earned: `toolbox verify` runs it and
 * records what it saw, and the record holds until something that the check covers changes.
 */
export class Check extends Construct {
  /** Whether a value is a check, of this or of another copy of the library. */
  public static isCheck(value: any): boolean {
    return isKind(value, 'Check');
  }

  /** Name of the check on the command line and of its record. */
  public readonly name: string;
  /** @internal */
  public readonly _props: CheckProps;

  /**
   * @param id name of the check on the command line and of its record: lower-case letters, digits and dashes
   */
  constructor(scope: Construct, id: string, props: CheckProps) {
    super(...placed('Check', scope, id, props, CHECK_PROPS));
    recordSource(this);
    this.name = defaultName(this, id);
    this._props = {
      ...props,
      covers: [...props.covers],
      files: [...(props.files ?? [])],
      prerequisites: [...(props.prerequisites ?? [])],
    };
  }

  /** The claim that it verifies. */
  public get title(): string {
    return this._props.title;
  }

  /** The expected result, for people. */
  public get expectation(): string {
    return this._props.expectation;
  }

  /** Text that the output must contain; undefined if the exit code is enough. */
  public get expectedOutput(): string | undefined {
    return this._props.expectedOutput;
  }

  /** Services and host services whose change makes the check stale. */
  public get covers(): IConstruct[] {
    return [...this._props.covers];
  }

  /** Further files and folders whose change makes the check stale. */
  public get files(): string[] {
    return [...(this._props.files ?? [])];
  }

  /** Whether no other check may run at the same time. */
  public get exclusive(): boolean {
    return this._props.exclusive ?? false;
  }

  /** Time after which the command is stopped. */
  public get timeout(): Duration {
    return this._props.timeout ?? Duration.minutes(10);
  }

  /** Whether the architecture is only approved with it. */
  public get required(): boolean {
    return this._props.required ?? true;
  }
}

markKind(Check, 'Check');
markKind(CheckCommand, 'CheckCommand');
markKind(Prerequisite, 'Prerequisite');
