import { Construct } from 'constructs';
import { Tool } from './tool';
import { expectFields, instanceOf, placed } from '../model/fields';
import { isKind, markKind } from '../model/kind';
import { PolicySource, PolicyTable } from '../model/policy-table';
import { Secret } from '../model/secret';
import { Service } from '../model/service';
import { recordSource } from '../model/source-location';
import { auditLogsIn } from './private/audit-place';
import { ResolvedTool, resolveTools, toolFacts } from './private/resolve-tools';
import { TOOL_POLICY_PROPS } from './structs';

/** A client of a gateway. */
export interface ToolClient {
  /** Who this is in the audit: lower-case letters, digits and dashes. */
  readonly name: string;
  /** The bearer token it shows. */
  readonly token: Secret;
  /**
   * Over all tools.
   *
   * @default 600
   */
  readonly callsPerMinute?: number;
}

/**
 * How many calls a gateway runs at once, all clients together. Each client may use an equal share, at least one call;
 * more calls wait, no longer than the timeout of their tool.
 */
export interface ToolConcurrency {
  /**
   * Calls of file tools.
   *
   * @default 8
   */
  readonly fileCalls?: number;
  /**
   * Calls of commands: each starts a program.
   *
   * @default 4
   */
  readonly commandCalls?: number;
  /**
   * Calls of image tools: each starts a decoder, which may take hundreds of MiB.
   *
   * @default 2
   */
  readonly imageCalls?: number;
  /**
   * Calls that may wait, for each client and kind of tool. One more is refused as busy.
   *
   * @default 32
   */
  readonly waitingCalls?: number;
}

/** Properties of a tool policy. */
export interface ToolPolicyProps {
  /** The tools that are let through. */
  readonly tools: Tool[];
  /** Who may call them. */
  readonly clients: ToolClient[];
  /** Where the gateway sees the workspace. */
  readonly workspace: string;
  /**
   * Capabilities of the gateway: `file:read`, `image:extract`, `command:git`, or a tool's name for servers of others.
   */
  readonly capabilities: string[];
  /**
   * How many calls run at once.
   *
   * @default - what the gateway does by itself
   */
  readonly concurrency?: ToolConcurrency;
  /**
   * Where the gateway sees its audit log, which no tool may open.
   *
   * @default - it keeps none in a file
   */
  readonly auditLog?: string;
}

/** The tool policy of a gateway. */
export class ToolPolicy extends Construct implements PolicySource {
  /** Whether a value is a tool policy, of this or of another copy of the library. */
  public static isToolPolicy(value: any): boolean {
    return isKind(value, 'ToolPolicy');
  }

  /** @internal */
  public readonly _props: ToolPolicyProps;
  private readonly toolList: Tool[];

  constructor(
    /** The gateway that holds to it. */
    public readonly gateway: Service,
    id: string,
    props: ToolPolicyProps,
  ) {
    super(...placed('ToolPolicy', gateway, id, props, TOOL_POLICY_PROPS));
    expectFields('new ToolPolicy', { gateway }, { gateway: instanceOf('Service') });
    recordSource(this);
    this._props = { ...props, clients: [...props.clients], capabilities: [...props.capabilities] };
    this.toolList = [...props.tools];
  }

  /** The tools that are let through. */
  public get tools(): Tool[] {
    return [...this.toolList];
  }

  /** Adds a tool, as if it had been passed in with the others. */
  public addTool(tool: Tool): void {
    expectFields('addTool', { tool }, { tool: instanceOf('Tool') });
    this.toolList.push(tool);
  }

  /**
   * Returns the tools with their defaults, sorted by name.
   *
   * @internal
   */
  public _tools(): ResolvedTool[] {
    const { clients, capabilities } = this._props;
    return resolveTools(this.toolList, clients.map(({ name }) => name), capabilities);
  }

  /** @internal */
  public _table(): PolicyTable {
    const { workspace, auditLog } = this._props;
    const mounts = this.gateway._mounts;
    const mount = mounts.find(({ path, _spec: spec }) => spec.kind === 'volume' && path === workspace)?._spec;
    const auditLogs = auditLog === undefined ? [] : auditLogsIn(workspace, auditLog, mounts);
    return {
      workspace: { root: workspace, readOnly: mount?.kind === 'volume' ? mount.options.readOnly ?? false : true },
      ...(auditLogs.length === 0 ? {} : { auditLogs }),
      tools: this._tools().map(toolFacts),
    };
  }
}

markKind(ToolPolicy, 'ToolPolicy');
markKind(ToolPolicy, 'Policy');
