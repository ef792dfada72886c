import { Construct } from 'constructs';
import { placed } from './fields';
import { isKind, markKind } from './kind';
import { recordSource } from './source-location';
import { WAIVER_PROPS } from './structs';

/** Properties of a waiver. */
export interface WaiverProps {
  /** Id of the rule whose findings are let through. */
  readonly rule: string;
  /** Why that is right here; shown on the status page. */
  readonly reason: string;
  /**
   * Last day on which it is accepted, as `2026-12-31`; judged by `toolbox status --require` and `toolbox doctor`, never
   * by synth.
   *
   * @default - no last day
   */
  readonly until?: string;
  /**
   * Whether the architecture cannot be approved while it is there.
   *
   * @default false
   */
  readonly blocksApproval?: boolean;
}

/** Lets the findings of one rule through, for the construct it stands under and everything below. */
export class Waiver extends Construct {
  /** Whether a value is a waiver, of this or of another copy of the library. */
  public static isWaiver(value: any): boolean {
    return isKind(value, 'Waiver');
  }

  /** Id of the rule whose findings are let through. */
  public readonly rule: string;
  /** Why findings are let through. */
  public readonly reason: string;
  /** Last day, as `2026-12-31`; undefined when there is none. */
  public readonly until?: string;
  /** Whether the architecture cannot be approved while it is there. */
  public readonly blocksApproval: boolean;

  constructor(scope: Construct, id: string, props: WaiverProps) {
    super(...placed('Waiver', scope, id, props, WAIVER_PROPS));
    recordSource(this);
    this.rule = props.rule;
    this.reason = props.reason;
    this.until = props.until;
    this.blocksApproval = props.blocksApproval ?? false;
  }
}

markKind(Waiver, 'Waiver');
