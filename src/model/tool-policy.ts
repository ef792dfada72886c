import { Construct } from 'constructs';
import { aText, expectFields, FieldsOf, instanceOf, listOf, placed } from './private/fields';
import { isKind, markKind } from './private/kind';
import { recordSource } from './private/source-location';
import { toolClients } from './private/structs';
import { Secret } from './secret';
import { Service } from './service';
import { Tool } from './tool';

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

/** Properties of a tool policy. */
export interface ToolPolicyProps {
  /** The tools that are let through. */
  readonly tools: Tool[];
  /** Who may call them. */
  readonly clients: ToolClient[];
  /** Where the gateway sees the workspace. */
  readonly workspace: string;
  /**
   * What the gateway can do: `file:read`, `image:extract`, `command:git`, or a tool's name for servers of others.
   */
  readonly offers: string[];
}

const FIELDS: FieldsOf<ToolPolicyProps> = { tools: listOf(instanceOf('Tool')), clients: toolClients, workspace: aText, offers: listOf(aText) };

/** What a gateway lets through. */
export class ToolPolicy extends Construct {
  /** Whether a value is a tool policy, of this or of another copy of the library. */
  public static isToolPolicy(value: any): boolean {
    return isKind(value, 'ToolPolicy');
  }

  /** @internal */
  public readonly _props: ToolPolicyProps;

  constructor(
    /** The gateway that holds to it. */
    public readonly gateway: Service,
    id: string,
    props: ToolPolicyProps,
  ) {
    super(...placed('ToolPolicy', gateway, id, props, FIELDS));
    expectFields('new ToolPolicy', { gateway }, { gateway: instanceOf('Service') });
    recordSource(this);
    this._props = { ...props, tools: [...props.tools], clients: [...props.clients], offers: [...props.offers] };
  }
}

markKind(ToolPolicy, 'ToolPolicy');
