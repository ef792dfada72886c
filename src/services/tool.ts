import { Argument } from './argument';
import { COMMAND_TOOL_OPTIONS, NAMED_TOOL_OPTIONS, TOOL_OPTIONS } from './structs';
import { Duration } from '../model/duration';
import { aText, expectFields, oneOf } from '../model/fields';
import { markKind } from '../model/kind';
import { Size } from '../model/size';
import { recordSource } from '../model/source-location';

/** Operations of file tools. */
export enum FileOperation {
  /** Names in a folder. */
  LIST = 'list',
  /** Names in a folder and below. */
  TREE = 'tree',
  /** Size, kind and times. */
  STAT = 'stat',
  /** Contents, whole or a range. */
  READ = 'read',
  /** Files by name. */
  FIND = 'find',
  /** Lines by content. */
  GREP = 'grep',
}

/** Operations of image tools. */
export enum ImageOperation {
  /** Lists the images in a document. */
  LIST = 'list',
  /** Gives them. */
  EXTRACT = 'extract',
}

/** Options of every tool. */
export interface ToolOptions {
  /**
   * Description for the model that may call the tool.
   *
   * @default - the gateway's own words
   */
  readonly description?: string;
  /**
   * Names of the clients that may call it.
   *
   * @default - every client of the gateway
   */
  readonly clients?: string[];
  /**
   * Globs, relative to the workspace, that a path must match.
   *
   * @default - everything
   */
  readonly allow?: string[];
  /**
   * Globs that a path may not match; they win.
   *
   * @default - none
   */
  readonly deny?: string[];
  /**
   * Time after which a call is ended, with an error.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;
  /**
   * Longer answers are cut, with a mark.
   *
   * @default Size.kibibytes(256)
   */
  readonly maxOutput?: Size;
  /**
   * Calls of one client in a minute.
   *
   * @default 60
   */
  readonly callsPerMinute?: number;
}

/** Options of a controlled command. */
export interface CommandToolOptions extends ToolOptions {
  /** The program and its arguments; no shell. */
  readonly argv: Argument[];
  /**
   * Whether it changes the workspace.
   *
   * @default false
   */
  readonly writes?: boolean;
  /**
   * Whether the program is git, reading history without the workspace's own git configuration.
   *
   * @default false
   */
  readonly gitHistory?: boolean;
}

/** Options of a tool that another gateway brings. */
export interface NamedToolOptions extends ToolOptions {
  /**
   * Whether it changes the workspace.
   *
   * @default false
   */
  readonly writes?: boolean;
}

/** @internal */
export type ToolSpec =
  | { readonly kind: 'file'; readonly operation: FileOperation }
  | { readonly kind: 'image'; readonly operation: ImageOperation }
  | { readonly kind: 'command'; readonly argv: Argument[]; readonly gitHistory: boolean }
  | { readonly kind: 'other' };

/**
 * One tool that the policy lets through. Whatever no tool names is refused.
 *
 * @example
 * const read = Tool.file('read', FileOperation.READ, { deny: ['secrets/**'] });
 */
export class Tool {
  /** A file operation on the workspace. */
  public static file(name: string, operation: FileOperation, options: ToolOptions = {}): Tool {
    expectFields('Tool.file', options, TOOL_OPTIONS);
    expectFields('Tool.file', { operation }, { operation: oneOf(FileOperation) });
    return new Tool(name, { kind: 'file', operation }, options, false);
  }

  /** Images inside the documents of the workspace. */
  public static image(name: string, operation: ImageOperation, options: ToolOptions = {}): Tool {
    expectFields('Tool.image', options, TOOL_OPTIONS);
    expectFields('Tool.image', { operation }, { operation: oneOf(ImageOperation) });
    return new Tool(name, { kind: 'image', operation }, options, false);
  }

  /** A command with typed holes. */
  public static command(name: string, options: CommandToolOptions): Tool {
    expectFields('Tool.command', options, COMMAND_TOOL_OPTIONS);
    return new Tool(
      name,
      { kind: 'command', argv: [...options.argv], gitHistory: options.gitHistory ?? false },
      options,
      options.writes ?? false,
    );
  }

  /** A tool of a server behind another gateway, known by its name alone. */
  public static named(name: string, options: NamedToolOptions = {}): Tool {
    expectFields('Tool.named', options, NAMED_TOOL_OPTIONS);
    return new Tool(name, { kind: 'other' }, options, options.writes ?? false);
  }

  /** @internal */
  public readonly _spec: ToolSpec;
  /** @internal */
  public readonly _options: ToolOptions;

  private constructor(
    /** The name clients see: lower-case letters, digits and underscores. */
    public readonly name: string,
    spec: ToolSpec,
    options: ToolOptions,
    /** Whether it changes the workspace. */
    public readonly writes: boolean,
  ) {
    expectFields('Tool', { name }, { name: aText });
    recordSource(this);
    this._spec = spec;
    this._options = options;
  }

  /** Description for the model that may call the tool; undefined for the gateway's own words. */
  public get description(): string | undefined {
    return this._options.description;
  }

  /** Names of the clients that may call it; undefined for every client of the gateway. */
  public get clients(): string[] | undefined {
    return this._options.clients && [...this._options.clients];
  }

  /** Globs that a path must match; undefined for everything. */
  public get allow(): string[] | undefined {
    return this._options.allow && [...this._options.allow];
  }

  /** Globs that a path may not match. */
  public get deny(): string[] {
    return [...this._options.deny ?? []];
  }
}

markKind(Tool, 'Tool');
